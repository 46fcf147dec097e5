using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Outbound;
using CordisPulse.Tests.Areas.Editor.Intake;
using CordisPulse.Tests.Hosting;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class SourceFeedTests(WatchingApp app) : IClassFixture<WatchingApp>
{
    [Fact]
    public async Task A_source_is_added_once_by_name_and_found_again()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var list = await editor.GetAsync("/editor/settings/sources");

        var page = await editor.FollowAsync(await editor.SubmitAsync(list, new() { ["Form.Name"] = " Quarry Council " }, "#add"));
        Assert.Equal("Quarry Council", page.One("h1").TextContent);
        var refused = await editor.SubmitAsync(list, new() { ["Form.Name"] = "QUARRY  council" }, "#add");
        Assert.Equal((HttpStatusCode.BadRequest, "QUARRY  council"), (refused.Status, refused.One("#Form_Name").GetAttribute("value")));
        Assert.Contains("There is a source of this name: Quarry Council.", refused.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await editor.SubmitAsync(list, new() { ["Form.Name"] = "  " }, "#add")).Status);
        Assert.Contains("Quarry Council", (await editor.SubmitAsync(list, new() { ["q"] = "uarry" }, "#find")).One("table").TextContent, StringComparison.Ordinal);
        Assert.Contains("No source is found.", (await editor.GetAsync("/editor/settings/sources?q=%25nobody")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/settings/sources/999999")).Status);
    }

    [Theory]
    [InlineData("", "Enter the address of a feed.")]
    [InlineData("javascript:alert(1)", "A feed's address begins with https:// or http://.")]
    [InlineData("example.org/feed", "A feed's address begins with https:// or http://.")]
    public async Task An_address_that_is_none_comes_back_with_a_message(string address, string message)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync($"Nowhere {Guid.NewGuid():N}");

        var refused = await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{source}"), new() { ["Form.Address"] = address }, "#watch");

        Assert.Equal((HttpStatusCode.BadRequest, address), (refused.Status, refused.One("#Form_Address").GetAttribute("value")));
        Assert.Contains(message, refused.One("#Form_Address-error").TextContent, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.SourceFeeds.AnyAsync(feed => feed.SourceId == source)));
    }

    [Fact]
    public async Task A_feed_that_is_damaged_says_where_on_the_page_of_its_source_until_it_is_whole()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.Headers.ETag = context.Request.Headers.IfNoneMatch.Count == 0 ? "\"1\"" : "\"asked\"";
            return context.Response.WriteAsync($"<rss version=\"2.0\"><channel><item><title>Before</title><link>{site.At("/1")}</link></item>\n<item><title>A & B</title></item></channel></rss>");
        });
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Damaged Press");

        var first = await app.WatchAsync(editor, source, site.At("/feed"));
        var second = await app.ReadNowAsync(editor, first);

        Assert.Equal(("1 new. It is damaged at line 2; what stood before was read.", null), (first.Outcome, second.ETag));
        Assert.Contains("Nothing new. It is damaged at line 2; what stood before was read.", (await editor.GetAsync($"/editor/settings/sources/{source}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_is_asked_politely_and_says_when_it_was_read_and_will_be()
    {
        await using var site = await LoopbackSite.StartAsync();
        var feed = new LoopbackFeed().Entry("1", site.At("/1"), "First");
        site.On("/feed", feed.AnswerAsync);
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Polite Press");

        var first = await app.WatchAsync(editor, source, site.At("/feed"));
        var second = await app.ReadNowAsync(editor, first);

        Assert.Equal([("", ""), ("\"1\"", "Fri, 02 Jan 1970 00:00:00 GMT")], feed.Asked);
        Assert.Equal(("1 new.", "Nothing has changed.", "News of it"), (first.Outcome, second.Outcome, second.Title));
        Assert.InRange(second.NextReadingUtc!.Value - second.LastReadUtc!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        var page = await editor.GetAsync($"/editor/settings/sources/{source}");
        Assert.Contains("Nothing has changed.", page.One($"#feed-{second.Id}").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 suggestion", page.One($"#feed-{second.Id}").TextContent, StringComparison.Ordinal);

        var again = await editor.SubmitAsync(page, new() { ["Form.Address"] = site.At("/feed/").ToString() }, "#watch");
        Assert.Contains("This feed is watched already, for Polite Press.", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_failures_the_pauses_grow_to_a_day_and_a_site_that_asks_for_longer_is_heard()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        using var editor = await app.SignInAsync(Roles.Editor);
        var feed = await app.WatchAsync(editor, await app.AddSourceAsync("Failing Faculty"), site.At("/feed"));
        var hours = new List<double> { Pause(feed) };
        for (var i = 0; i < 7; i++)
            hours.Add(Pause(feed = await app.ReadNowAsync(editor, feed)));

        Assert.Equal([1, 2, 4, 8, 16, 24, 24, 24], hours);
        Assert.Contains("The site is out of order (500). That was so 8 times in a row.", (await editor.GetAsync($"/editor/settings/sources/{feed.SourceId}")).Text, StringComparison.Ordinal);
        Assert.Contains("can’t be read", (await editor.GetAsync("/editor/settings/sources?q=Failing")).One("table").TextContent, StringComparison.Ordinal);

        site.On("/feed", context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "172800";
            return Task.CompletedTask;
        });
        Assert.Equal(48, Pause(feed = await app.ReadNowAsync(editor, feed)));
        site.On("/feed", new LoopbackFeed().Entry("1", site.At("/1"), "Back again").AnswerAsync);
        feed = await app.ReadNowAsync(editor, feed);
        Assert.Equal((1, 0, null, "1 new."), (Pause(feed), feed.Failures, feed.Problem, feed.Outcome));

        static double Pause(SourceFeed feed) => Math.Round((feed.NextReadingUtc!.Value - feed.LastReadUtc!.Value).TotalHours);
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_read_no_more_and_one_that_moved_for_good_is_followed()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/gone", context =>
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return Task.CompletedTask;
        });
        var feed = new LoopbackFeed().Entry("1", site.At("/1"), "Moved along");
        site.On("/old", context => MovedAsync(context, "/older", 301)).On("/older", context => MovedAsync(context, "/new", 308)).On("/new", context => MovedAsync(context, "/today", 302)).On("/today", feed.AnswerAsync);
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Moving Ministry");

        var gone = await app.WatchAsync(editor, source, site.At("/gone"));
        Assert.Null(gone.NextReadingUtc);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{source}"), new() { ["Form.Address"] = site.At("/old").ToString() }, "#watch");
        var id = await app.QueryAsync(db => db.SourceFeeds.Where(feed => feed.SourceId == source).MaxAsync(feed => feed.Id));
        var moved = await app.FeedAsync(id, feed => feed.LastReadUtc != null);

        Assert.Equal((site.At("/new").ToString(), site.At("/old").ToString(), "1 new."), (moved.Address, moved.MovedFrom, moved.Outcome));
        var page = await editor.GetAsync($"/editor/settings/sources/{source}");
        Assert.Contains("moved for good from", page.One($"#feed-{id}").TextContent, StringComparison.Ordinal);
        Assert.Contains("The site says that it is gone for good. It is read no more.", page.One($"#feed-{gone.Id}").TextContent, StringComparison.Ordinal);
        Assert.Contains("Not by itself", page.One($"#feed-{gone.Id}").TextContent, StringComparison.Ordinal);

        static Task MovedAsync(HttpContext context, string to, int status)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = to;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_web_page_that_names_a_feed_offers_it_and_takes_it_when_told()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/", """
            <!doctype html><html><head><title>Home</title><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="cy" href="/cy">
            <link rel="alternate" type="application/atom+xml" href="javascript:alert(1)"></head></html>
            """).On("/feed", new LoopbackFeed().Entry("1", site.At("/offered"), "Offered").AnswerAsync);
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Offering Office");

        var watched = await app.WatchAsync(editor, source, site.Address);
        Assert.Equal([site.At("/feed").ToString()], watched.Offers);
        Assert.False(await app.QueryAsync(db => db.FeedEntries.AnyAsync(entry => entry.FeedId == watched.Id)));
        var page = await editor.GetAsync($"/editor/settings/sources/{source}");
        Assert.Contains("It is a web page that names a feed, and no feed itself.", page.Text, StringComparison.Ordinal);
        await editor.SubmitAsync(page, null, ".offers", "button");

        var taken = await app.FeedAsync(watched.Id, feed => feed.Outcome != null);
        Assert.Equal((site.At("/feed").ToString(), "1 new.", null), (taken.Address, taken.Outcome, taken.Problem));
        Assert.Contains("does not name this feed", (await editor.FollowAsync(await editor.SubmitAsync(page, null, ".offers", "button"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_feed_is_left_alone_and_one_that_is_stopped_is_gone_with_its_suggestions()
    {
        await using var site = await LoopbackSite.StartAsync();
        var asked = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var feed = new LoopbackFeed().Entry("1", site.At("/paused"), "Paused");
        site.On("/feed", async context =>
        {
            asked.TrySetResult();
            await gate.Task;
            await feed.AnswerAsync(context);
        });
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Pausing Partnership");
        await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{source}"), new() { ["Form.Address"] = site.At("/feed").ToString() }, "#watch");
        await asked.Task;

        // Paused in the middle of a reading: what it brings is let go.
        var page = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{source}"), form: "form[action$=pause]"));
        Assert.Contains("Paused since", page.Text, StringComparison.Ordinal);
        gate.SetResult();
        var id = await app.QueryAsync(db => db.SourceFeeds.Where(feed => feed.SourceId == source).Select(feed => feed.Id).SingleAsync());
        await editor.SubmitAsync(page, form: "form[action$=read]");
        Assert.Equal("1 new.", (await app.FeedAsync(id, feed => feed.LastReadUtc != null)).Outcome);

        await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{source}"), form: "form[action$=remove]");
        Assert.False(await app.QueryAsync(db => db.FeedEntries.AnyAsync(entry => entry.Title == "Paused")));
        Assert.Contains("No feed is watched", (await editor.GetAsync($"/editor/settings/sources/{source}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.SubmitAsync(page, form: "form[action$=read]")).Status);
    }

    [Fact]
    public async Task What_means_harm_becomes_a_line_on_the_feed()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/bomb", context => context.Response.WriteAsync("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><title>&b;</title></channel></rss>"))
            .On("/endless", async context =>
            {
                await context.Response.WriteAsync("<rss version=\"2.0\"><channel><title>");
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.WriteAsync(new string('a', 100_000));
            })
            .On("/slow", async context =>
            {
                await context.Response.WriteAsync("<rss version=\"2.0\"><channel>");
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            })
            .On("/lie", context =>
            {
                context.Response.ContentType = "application/rss+xml";
                return context.Response.Body.WriteAsync(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0, 1 }).AsTask();
            })
            .Redirect("/round", "/round").Redirect("/file", "file:///etc/passwd");
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Harmful House");

        foreach (var (path, problem) in new Dictionary<string, string>
        {
            ["/bomb"] = "It declares entities of its own, which no feed needs, so it is not read.",
            ["/endless"] = "It goes on without an entry for longer than is read.",
            ["/slow"] = "It did not answer within 5 seconds.",
            ["/lie"] = "It is no feed but application/rss+xml.",
            ["/round"] = "It redirects again and again.",
            ["/file"] = "It leads to an address that is no web page.",
            ["/none"] = "The site has no such feed.",
        })
            Assert.Equal((problem, 1), (await app.WatchAsync(editor, source, site.At(path))) is var feed ? (feed.Problem, feed.Failures) : default);

        var page = await editor.GetAsync($"/editor/settings/sources/{source}");
        Assert.Equal(7, page.Document.QuerySelectorAll(".feed dd.finding").Length);
    }

    [Fact]
    public async Task A_feed_in_a_private_network_is_not_asked_for()
    {
        await using var careful = new PulseApp();
        await using var site = await LoopbackSite.StartAsync();
        using var editor = await careful.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync("/editor/settings/sources"), new() { ["Form.Name"] = "Inward Institute" }, "#add");
        await editor.SubmitAsync(await editor.GetAsync("/editor/settings/sources/1"), new() { ["Form.Address"] = site.At("/feed").ToString() }, "#watch");

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        SourceFeed feed;
        while ((feed = await careful.QueryAsync(db => db.SourceFeeds.AsNoTracking().SingleAsync())).LastReadUtc is null)
            await Task.Delay(50, patience.Token);
        Assert.Equal(("It leads to this machine or a private network, which is not looked at.", 0), (feed.Problem, site.Requests));
    }

    [Fact]
    public async Task Two_nodes_read_a_feed_once_and_one_site_at_a_time()
    {
        await using var site = await LoopbackSite.StartAsync();
        var (now, most, served) = (0, 0, new List<string>());
        foreach (var n in Enumerable.Range(1, 6))
            site.On($"/feed/{n}", context => CountedAsync(context, new LoopbackFeed().Entry($"{n}", site.At($"/two/{n}"), $"Two {n}").AnswerAsync)).On($"/page/{n}", context => CountedAsync(context, page =>
            {
                page.Response.ContentType = "text/html";
                return page.Response.WriteAsync("<title>A page of two</title>");
            }));
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Two Towers");
        using var second = RunningPulse.Start(app.Settings);
        await second.AddressAsync();

        await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = string.Join(' ', Enumerable.Range(1, 6).Select(n => site.At($"/page/{n}"))) }, "#links-form");
        var feeds = new List<SourceFeed>();
        foreach (var n in Enumerable.Range(1, 6))
            feeds.Add(await app.WatchAsync(editor, source, site.At($"/feed/{n}")));

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await app.QueryAsync(db => db.EditionItems.CountAsync(item => item.Title == "A page of two")) < 6)
            await Task.Delay(50, patience.Token);
        Assert.Equal(1, most);
        Assert.Equal(12, served.Distinct().Count());
        Assert.Equal(12, served.Count);
        Assert.All(feeds, feed => Assert.Equal((1, "1 new."), (feed.Readings, feed.Outcome)));

        async Task CountedAsync(HttpContext context, RequestDelegate answer)
        {
            lock (served)
            {
                most = Math.Max(most, ++now);
                served.Add(context.Request.Path);
            }

            await answer(context);
            lock (served)
                now--;
        }
    }

    [Fact]
    public async Task A_site_is_one_nodes_alone_until_the_visit_ends_and_its_pause_is_over()
    {
        await using var pausing = new PulseApp().With("Outbound:HostPause", "00:10:00");
        var (visits, host) = (pausing.Services.GetRequiredService<HostVisits>(), HostVisits.HostOf(new Uri("https://WWW.example.org/x")));
        _ = pausing.Address;

        var lease = (await visits.ClaimAsync(host, CancellationToken.None))!;
        Assert.Null(await visits.ClaimAsync(host, CancellationToken.None));
        await visits.EndAsync(lease);
        Assert.Null(await visits.ClaimAsync(host, CancellationToken.None));
        Assert.Equal(["www.example.org:443"], await visits.BusyAsync(CancellationToken.None));

        await pausing.QueryAsync(db => db.HostVisits.ExecuteUpdateAsync(row => row.SetProperty(visit => visit.FreeUtc, DateTime.UtcNow.AddSeconds(-1))));
        Assert.Equal(2, (await visits.ClaimAsync(host, CancellationToken.None))?.Visits);
        // A lease that was lost gives nothing back.
        await visits.EndAsync(lease);
        Assert.True(await pausing.QueryAsync(db => db.HostVisits.AnyAsync(visit => visit.FreeUtc > DateTime.UtcNow && visit.FreeUtc < DateTime.UtcNow.AddMinutes(5))));
    }
}
