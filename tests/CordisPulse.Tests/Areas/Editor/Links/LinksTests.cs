using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Links;

/// <summary>What editions lead to is watched for years, and said to staff and readers when it is gone.</summary>
public sealed class LinksTests
{
    /// <summary>Watches sites of this machine, by a clock that tests move.</summary>
    private sealed class WatchingApp : PulseApp
    {
        public WatchingApp() => With("Outbound:LookAtLinks", "true").With("Outbound:AllowPrivateAddresses", "true").With("Outbound:HostPause", "00:00:00")
            .With("Outbound:Timeout", "00:00:05").With("Outbound:WatchedPerMinute", "600");

        public SetClock Clock { get; } = new() { Now = DateTimeOffset.UtcNow };

        public DateTime Now => Clock.Now.UtcDateTime;

        /// <summary>Waits until this is watched, and was looked at after so many days.</summary>
        public async Task<PublishedLink> SeenAsync(Uri url, double days = 0)
        {
            var address = url.ToString();
            await UntilAsync(async () => await QueryAsync(db => db.PublishedLinks.SingleOrDefaultAsync(link => link.Url == address)), $"{url} is not watched.");
            Clock.Now += TimeSpan.FromDays(days);
            var now = Now;
            return await UntilAsync(async () => await QueryAsync(db => db.PublishedLinks.SingleOrDefaultAsync(link => link.Url == address && link.LookedUtc >= now)), $"{url} was not looked at.");
        }

        public static async Task<T> UntilAsync<T>(Func<Task<T?>> look, string otherwise)
            where T : class
        {
            for (var i = 0; i < 600; i++)
            {
                if (await look() is { } found)
                    return found;
                await Task.Delay(50);
            }

            throw new InvalidOperationException(otherwise);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(Clock));
        }
    }

    [Fact]
    public async Task A_link_that_is_gone_for_good_is_said_and_one_that_comes_back_is_not()
    {
        await using var app = new WatchingApp();
        await using var site = await LoopbackSite.StartAsync();
        var status = StatusCodes.Status200OK;
        site.On("/report", context => AnswerAsync(context, status)).On("/annex(1)", context => AnswerAsync(context, status));
        await new PublishedEditionBuilder("2022-03")
            .With(new BuiltItem("Counting gates") { Url = site.At("/report").ToString(), Summary = $"See [the annex](<{site.At("/annex(1)")}>) & more." })
            .WithIntroduction("Nothing leads anywhere.")
            .SaveAsync(app);
        using var reader = app.Visit();
        var before = await DocumentAsync(app);
        await app.SeenAsync(site.At("/report"), 31);
        await app.SeenAsync(site.At("/annex(1)"));
        var lastSeen = app.Now;

        status = StatusCodes.Status404NotFound;
        foreach (var days in (int[])[30, 1, 3])
        {
            var link = await app.SeenAsync(site.At("/report"), days);
            Assert.Equal((LinkState.Gone, false), (link.State, link.GoneUtc is not null));
            Assert.Empty((await reader.GetAsync("/editions/2022-03")).Texts(".gone"));
        }

        Assert.NotNull((await app.SeenAsync(site.At("/report"), 7)).GoneUtc);
        Assert.NotNull((await app.SeenAsync(site.At("/annex(1)"))).GoneUtc);
        app.Clock.Now += TimeSpan.FromMinutes(11);

        var day = lastSeen.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        string[] lines =
        [
            $"This link no longer answers, last seen on {day}. Look for it in the Internet Archive: Counting gates",
            $"The link “the annex” no longer answers, last seen on {day}. Look for it in the Internet Archive: the annex, in Counting gates",
        ];
        foreach (var path in (string[])["/editions/2022-03", "/editions/2022-03/counting-gates"])
        {
            var page = await WatchingApp.UntilAsync(async () => await reader.GetAsync(path) is var got && got.Texts(".gone").Count() == 2 ? got : null, $"{path} does not say it.");
            Assert.Equal(lines, page.Texts(".gone"));
            Assert.Equal($"https://web.archive.org/web/20220307/{site.At("/report")}", page.One(".gone a").GetAttribute("href"));
        }

        Assert.Contains("\"linkGoneSince\":", (await reader.GetAsync("/editions/2022-03/counting-gates.json")).Html, StringComparison.Ordinal);
        Assert.Equal(before, await DocumentAsync(app));
        Assert.DoesNotContain("no longer answers", (await reader.GetAsync("/editions/2022-03.md")).Html, StringComparison.Ordinal);

        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.Equal("2 published links no longer answer", (await editor.GetAsync("/editor")).One("#links-gone").TextContent);
        var desk = await editor.GetAsync("/editor/links");
        Assert.Equal(2, desk.Document.QuerySelectorAll(".watched").Length);
        Assert.Contains("The site has no such page (404).", desk.One(".watched").TextContent, StringComparison.Ordinal);
        Assert.Contains(day, desk.One(".watched").TextContent, StringComparison.Ordinal);

        status = StatusCodes.Status200OK;
        var again = $"#look-again-{await KeyAsync(app, site.At("/report"))}";
        var asked = app.SeenAsync(site.At("/report"), 0.01);
        Assert.Contains("looked at again", (await editor.FollowAsync(await editor.SubmitAsync(desk, null, again))).One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Null((await asked).GoneUtc);
        var mended = await WatchingApp.UntilAsync(async () => await reader.GetAsync("/editions/2022-03") is var got && got.Texts(".gone").Count() == 1 ? got : null, "It is still marked.");
        Assert.Equal([lines[1]], mended.Texts(".gone"));
        Assert.Single((await editor.GetAsync("/editor/links")).Document.QuerySelectorAll(".watched"));
    }

    [Fact]
    public async Task What_cannot_be_told_is_never_gone_and_what_a_site_asks_is_done()
    {
        await using var app = new WatchingApp();
        await using var site = await LoopbackSite.StartAsync();
        var (closed, heads, gets) = (0, 0, 0);
        site.On("/robots.txt", context => context.Response.WriteAsync("User-agent: CordisPulse\nDisallow: /closed"))
            .On("/closed", context => AnswerAsync(context, StatusCodes.Status404NotFound, () => closed++))
            .On("/to-closed", context => { context.Response.Redirect("/closed"); return Task.CompletedTask; })
            .On("/locked", context => AnswerAsync(context, StatusCodes.Status403Forbidden))
            .On("/broken", context => AnswerAsync(context, StatusCodes.Status500InternalServerError))
            .On("/head", context => AnswerAsync(context, HttpMethods.IsHead(context.Request.Method) ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status200OK, () => heads++));
        await using var weary = await LoopbackSite.StartAsync();
        weary.On("/busy", context =>
            {
                context.Response.Headers.RetryAfter = "1728000";
                return AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, () => _ = HttpMethods.IsHead(context.Request.Method) ? 0 : gets++);
            });
        string[] untold = ["/closed", "/to-closed", "/locked", "/broken"];
        await new PublishedEditionBuilder("2022-03")
            .With([.. untold.Append("/head").Select(path => new BuiltItem($"A report {path.Trim('/')}") { Url = site.At(path).ToString() }), new BuiltItem("Busy") { Url = weary.At("/busy").ToString() }])
            .SaveAsync(app);

        for (var i = 0; i < 8; i++)
            foreach (var path in untold)
                Assert.Equal((LinkState.Unknown, 0, null), await app.SeenAsync(site.At(path), path == untold[0] ? 31 : 0) is var link ? (link.State, link.Failures, link.GoneUtc) : default);

        Assert.Equal(0, closed);
        var head = await app.SeenAsync(site.At("/head"));
        Assert.Equal(LinkState.Answers, head.State);
        Assert.True(heads >= 2);
        // Asked to wait, it does not ask for the page either.
        var busy = await app.SeenAsync(weary.At("/busy"));
        Assert.Equal((LinkState.Unknown, 0, null), (busy.State, busy.Failures, busy.GoneUtc));
        Assert.Equal(0, gets);
        // Nor does it come for another page of a site that asks to be left alone, for a day.
        var (host, soon) = (HostVisits.HostOf(weary.At("/busy")), app.Now.AddHours(23));
        var rests = await WatchingApp.UntilAsync(async () => await app.QueryAsync(db => db.HostVisits.SingleOrDefaultAsync(visit => visit.Host == host && visit.FreeUtc > soon)), "The site is not left alone.");
        Assert.Equal(app.Now.AddDays(1), rests.FreeUtc, TimeSpan.FromSeconds(1));
        Assert.Equal(app.Now.AddDays(20), busy.NextLookUtc, TimeSpan.FromSeconds(1));
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.Empty((await editor.GetAsync("/editor/links")).Texts(".watched"));
    }

    [Fact]
    public async Task A_site_that_is_silent_is_gone_only_while_others_answer()
    {
        await using var app = new WatchingApp();
        await using var other = await LoopbackSite.StartAsync();
        // Held without being listened on, so that nobody else of these tests comes to answer there.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var nowhere = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}/report");
        await new PublishedEditionBuilder("2022-03").With(new BuiltItem("Nowhere") { Url = nowhere.ToString() }).SaveAsync(app);
        for (var i = 0; i < 6; i++)
            Assert.Equal((LinkState.Unknown, 0), await app.SeenAsync(nowhere, 31) is var link ? (link.State, link.Failures) : default);

        other.Html("/there", "There");
        await new PublishedEditionBuilder("2022-04").With(new BuiltItem("There") { Url = other.At("/there").ToString() }).SaveAsync(app);
        await app.SeenAsync(other.At("/there"), 31);
        await app.SeenAsync(nowhere, 3);
        foreach (var days in (int[])[1, 3, 7, 7])
            await app.SeenAsync(nowhere, days);

        Assert.NotNull((await app.SeenAsync(nowhere)).GoneUtc);
    }

    [Fact]
    public async Task A_new_address_is_suggested_and_goes_into_the_working_text_alone()
    {
        await using var app = new WatchingApp();
        await using var site = await LoopbackSite.StartAsync();
        site.On("/moved", context => { context.Response.Redirect("/new/report", permanent: true); return Task.CompletedTask; })
            .Html("/new/report", "<title>Moved benches</title>");
        var edition = await new EditionBuilder()
            .Item("Moved benches", item => item.Url = site.At("/moved").ToString())
            .Item("Counting gates", item => (item.Url, item.Summary) = (site.At("/gone").ToString(), $"See [the annex]({site.At("/annex")}) of it."))
            .SaveAsync(app);
        await app.PublishAsync(edition.Month);
        var publishedOn = app.Now;
        await app.SeenAsync(site.At("/moved"), 31);
        foreach (var days in (int[])[0, 1, 3, 7])
            await Task.WhenAll(app.SeenAsync(site.At("/gone"), days), app.SeenAsync(site.At("/annex")));
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync("/editor/links?show=moved");
        Assert.Equal([site.At("/moved").ToString()], page.Texts(".watched h2"));
        var place = await PlaceAsync(app, site.At("/moved"));
        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, $"#use-moved-{place}"));
        Assert.Contains($"leads to {site.At("/new/report")} now, in “Moved benches”", page.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(site.At("/new/report").ToString(), await UrlAsync(app, edition.Items[0].Id));
        // Once more: the working text leads elsewhere already.
        var twice = await editor.SubmitAsync(page, null, $"#use-moved-{place}");
        Assert.Equal(HttpStatusCode.BadRequest, twice.Status);
        Assert.Contains("leads elsewhere already", twice.One(".error-summary").TextContent, StringComparison.Ordinal);

        page = await editor.GetAsync("/editor/links");
        Assert.Equal(2, page.Texts(".watched").Count());
        var stamp = publishedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        await editor.SubmitAsync(page, null, $"#use-archived-{await PlaceAsync(app, site.At("/gone"))}");
        await editor.SubmitAsync(page, null, $"#use-archived-{await PlaceAsync(app, site.At("/annex"))}");
        Assert.Equal($"https://web.archive.org/web/{stamp}/{site.At("/gone")}", await UrlAsync(app, edition.Items[1].Id));
        Assert.Equal(
            $"See [the annex](https://web.archive.org/web/{stamp}/{site.At("/annex")}) of it.",
            await app.QueryAsync(db => db.EditionItems.Where(item => item.Id == edition.Items[1].Id).Select(item => item.Summary).SingleAsync()));
        Assert.Equal(2, await app.QueryAsync(db => db.Revisions.CountAsync(revision => revision.TextId == edition.Items[1].Id && revision.Text == RevisedText.Item)));
        using var reader = app.Visit();
        Assert.Equal(site.At("/gone").ToString(), (await reader.GetAsync($"/editions/{edition.Month}/counting-gates")).One("h1 a").GetAttribute("href"));

        // Published again, it leads there no more, and nobody looks at it.
        await app.PublishAsync(edition.Month);
        await WatchingApp.UntilAsync(async () => await app.QueryAsync(db => db.PublishedLinks.Select(link => link.Url).ToListAsync()) is var urls && !urls.Contains(site.At("/gone").ToString()) ? urls : null, "It is still watched.");
        Assert.Empty((await reader.GetAsync($"/editions/{edition.Month}")).Texts(".gone"));
    }

    [Fact]
    public async Task What_is_left_as_it_is_comes_back_only_when_something_changes()
    {
        await using var app = new WatchingApp();
        await using var site = await LoopbackSite.StartAsync();
        var status = StatusCodes.Status404NotFound;
        site.On("/gone", context => AnswerAsync(context, status));
        await new PublishedEditionBuilder("2022-03").With(new BuiltItem("Counting gates") { Url = site.At("/gone").ToString() }).SaveAsync(app);
        foreach (var days in (int[])[31, 1, 3, 7])
            await app.SeenAsync(site.At("/gone"), days);
        using (var editor = await app.SignInAsync(Roles.Editor, "ada@example.org"))
        {
            var page = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync("/editor/links"), null, $"#leave-{await KeyAsync(app, site.At("/gone"))}"));
            Assert.Empty(page.Texts(".watched"));
            Assert.Null((await editor.GetAsync("/editor")).Document.QuerySelector("#links-gone"));
            Assert.Contains("by ada@example.org", (await editor.GetAsync("/editor/links?show=left")).One(".watched").TextContent, StringComparison.Ordinal);
        }

        Assert.NotNull((await app.SeenAsync(site.At("/gone"), 31)).LeftUtc);
        status = StatusCodes.Status200OK;
        Assert.Null((await app.SeenAsync(site.At("/gone"), 31)).LeftUtc);
    }

    [Fact]
    public async Task Neither_private_addresses_nor_what_is_not_published_are_asked_for()
    {
        await using var app = new PulseApp().With("Outbound:LookAtLinks", "true");
        await using var site = await LoopbackSite.StartAsync();
        await new PublishedEditionBuilder("2022-03").With(new BuiltItem("Inside") { Url = site.At("/inside").ToString() }).SaveAsync(app);
        await new PublishedEditionBuilder("2022-04").With(new BuiltItem("Taken back") { Url = site.At("/back").ToString() }).TakenBack().SaveAsync(app);
        await WatchingApp.UntilAsync(async () => await app.QueryAsync(db => db.PublishedLinks.SingleOrDefaultAsync()), "Nothing is watched.");

        await app.QueryAsync(db => db.PublishedLinks.ExecuteUpdateAsync(row => row.SetProperty(link => link.NextLookUtc, new DateTime(2022, 3, 7, 0, 0, 0, DateTimeKind.Utc))));
        var link = await WatchingApp.UntilAsync(async () => await app.QueryAsync(db => db.PublishedLinks.SingleOrDefaultAsync(row => row.LookedUtc != null)), "It was not looked at.");

        Assert.Equal((LinkState.Unknown, site.At("/inside").ToString()), (link.State, link.Url));
        Assert.Equal(0, site.Requests);
    }

    [Fact]
    public async Task Rows_follow_what_is_published_whoever_follows_and_a_look_is_begun_by_one_node_alone()
    {
        await using var still = new PulseApp();
        await new PublishedEditionBuilder("2022-03")
            .With(new BuiltItem("One") { Url = "https://www.example.org/one" }, new BuiltItem("One again") { Url = "https://www.example.org/one", Summary = "And <https://www.example.org/two>." })
            .WithNews(new DocumentNews { Title = "News", Url = "https://www.example.org/three" })
            .SaveAsync(still);
        await new EditionBuilder().Item("A draft").SaveAsync(still);
        await still.InScopeAsync(async services =>
        {
            var links = services.GetRequiredService<PublishedLinks>();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<PublishedLinks>(services).FollowAsync(default)));
            Assert.Equal((3, 4), (await still.QueryAsync(db => db.PublishedLinks.CountAsync()), await still.QueryAsync(db => db.PublishedLinkPlaces.CountAsync())));

            await still.QueryAsync(db => db.PublishedLinks.Where(link => link.Url == "https://www.example.org/two").ExecuteUpdateAsync(row => row.SetProperty(link => link.NextLookUtc, DateTime.UtcNow.AddDays(-1))));
            await still.QueryAsync(db => db.PublishedLinks.Where(link => link.Url != "https://www.example.org/two").ExecuteUpdateAsync(row => row.SetProperty(link => link.NextLookUtc, DateTime.UtcNow.AddDays(9))));
            var due = Assert.Single(await links.DueAsync(default));
            var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => links.ClaimAsync(due, default)));
            Assert.Single(claims.OfType<DuePublishedLink>());
            Assert.Empty(await links.DueAsync(default));

            await services.GetRequiredService<EditionPublisher>().WithdrawAsync(new WithdrawEdition { Month = EditionMonth.Parse("2022-03", null), ById = null, Reason = "A mistake." });
            await links.FollowAsync(default);
            return true;
        });
        Assert.Equal((0, 0), (await still.QueryAsync(db => db.PublishedLinks.CountAsync()), await still.QueryAsync(db => db.PublishedLinkPlaces.CountAsync())));
    }

    [Theory]
    [InlineData("/editor/links?show=nonsense&before=x")]
    [InlineData("/editor/links?before=9223372036854775807.1")]
    [InlineData("/editor/links?before=1.99999999999999999999")]
    [InlineData("/editor/links?show=moved&before=-1.-1")]
    [InlineData("/editor/links?show=left&before=0.0")]
    public async Task Odd_addresses_show_the_list(string path)
    {
        await using var still = new PulseApp();
        using var editor = await still.SignInAsync(Roles.Editor);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_long_list_comes_in_parts_the_last_gone_first()
    {
        await using var still = new PulseApp();
        await new PublishedEditionBuilder("2022-03")
            .With([.. Enumerable.Range(1, 45).Select(number => new BuiltItem($"Report {number}") { Url = $"https://www.example.org/{number}" })])
            .SaveAsync(still);
        await still.InScopeAsync(async services =>
        {
            await services.GetRequiredService<PublishedLinks>().FollowAsync(default);
            var db = services.GetRequiredService<Core.Data.PulseDbContext>();
            foreach (var link in await db.PublishedLinks.ToListAsync())
                // Some at the same moment.
                link.GoneUtc = new DateTime(2022, 3, 7, 0, 0, 0, DateTimeKind.Utc).AddDays(link.Id / 7);
            return await db.SaveChangesAsync();
        });
        using var editor = await still.SignInAsync(Roles.Editor);
        var (seen, next) = (new List<string>(), "/editor/links");
        while (next is not null)
        {
            var page = await editor.GetAsync(next);
            seen.AddRange(page.Texts(".watched h2"));
            next = page.Document.QuerySelector(".pager a")?.GetAttribute("href");
        }

        Assert.Equal((45, 45), (seen.Count, seen.Distinct().Count()));
    }

    private static Task<(string, string)> DocumentAsync(PulseApp app) => app.QueryAsync(async db =>
    {
        var row = await db.PublishedEditions.Select(published => new { published.Document, published.Sha256 }).SingleAsync();
        return (row.Document, row.Sha256);
    });

    private static Task<long> KeyAsync(PulseApp app, Uri url)
    {
        var address = url.ToString();
        return app.QueryAsync(db => db.PublishedLinks.Where(link => link.Url == address).Select(link => link.Id).SingleAsync());
    }

    private static Task<long> PlaceAsync(PulseApp app, Uri url)
    {
        var address = url.ToString();
        return app.QueryAsync(db => db.PublishedLinkPlaces.Where(place => place.Link!.Url == address).Select(place => place.Id).SingleAsync());
    }

    private static Task<string?> UrlAsync(PulseApp app, int item) => app.QueryAsync(db => db.EditionItems.Where(row => row.Id == item).Select(row => row.Url).SingleAsync());

    private static Task AnswerAsync(HttpContext context, int status, Action? count = null)
    {
        count?.Invoke();
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
