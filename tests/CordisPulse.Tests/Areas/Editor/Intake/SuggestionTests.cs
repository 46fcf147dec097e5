using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Intake;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Outbound;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Intake;

public sealed class SuggestionTests(WatchingApp app) : IClassFixture<WatchingApp>
{
    private const string Suggestions = "#suggestions-form";

    [Fact]
    public async Task What_a_feed_announces_waits_and_is_taken_in_one_act()
    {
        await using var site = await LoopbackSite.StartAsync();
        var feed = new LoopbackFeed().Entry("old", site.At("/old"), "Fences of last year", DateTime.UtcNow.AddDays(-40)).Entry("one", site.At("/one"), "Fences of today");
        site.On("/feed", feed.AnswerAsync).Html("/one", "<title>Fences | Site</title><meta name=\"citation_doi\" content=\"10.1234/fences\">");
        using var editor = await app.SignInAsync(Roles.Editor);
        var watched = await app.WatchAsync(editor, await app.AddSourceAsync("Fence Institute"), site.At("/feed"));
        Assert.Equal("1 new; 1 too old to be suggested.", watched.Outcome);

        var list = await editor.GetAsync("/editor/intake");
        var entry = await EntryAsync(site.At("/one"));
        Assert.Contains("About Fences of today.", list.One($"#suggestion-{entry.Id}").TextContent, StringComparison.Ordinal);
        Assert.Equal("Fence Institute", list.Texts($"{Suggestions} h3").First());
        Assert.DoesNotContain("Fences of last year", list.Text, StringComparison.Ordinal);
        var done = await editor.FollowAsync(await editor.SubmitAsync(list, null, Suggestions, $"[name=take][value='{entry.Id}']"));

        Assert.Contains("The suggestion is an item of the intake now, and its page is being read.", done.Text, StringComparison.Ordinal);
        Assert.Null(done.Document.QuerySelector($"#suggestion-{entry.Id}"));
        var item = await SettledAsync(site.At("/one"));
        Assert.Equal(("Fences of today", "Fence Institute", "10.1234/fences", "About Fences of today."), (item.Item!.Title, item.Item.Source!.Name, item.Item.Doi, item.Description));
        // The page that was opened before: a second press is told, and changes nothing.
        Assert.Contains("settled already", (await editor.FollowAsync(await editor.SubmitAsync(list, null, Suggestions, $"[name=take][value='{entry.Id}']"))).Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.QueryAsync(db => db.EditionItems.CountAsync(row => row.Title == "Fences of today")));
    }

    [Fact]
    public async Task What_is_dismissed_never_comes_back_by_its_name_or_link_unless_it_is_put_back_at_once()
    {
        await using var site = await LoopbackSite.StartAsync();
        var feed = new LoopbackFeed().Entry("one", site.At("/kerbs"), "Kerbs");
        site.On("/feed", feed.AnswerAsync).On("/second", new LoopbackFeed().Entry("else", site.At("/kerbs?utm_source=feed"), "Kerbs again").AnswerAsync);
        using var editor = await app.SignInAsync(Roles.Editor);
        var source = await app.AddSourceAsync("Kerb Society");
        var watched = await app.WatchAsync(editor, source, site.At("/feed"));
        var id = (await EntryAsync(site.At("/kerbs"))).Id;

        var dismissed = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), null, Suggestions, $"[name=dismiss][value='{id}']"));
        Assert.Contains("The suggestion is dismissed, and does not come again.", dismissed.Text, StringComparison.Ordinal);
        Assert.Null(dismissed.Document.QuerySelector($"#suggestion-{id}"));
        var back = await editor.FollowAsync(await editor.SubmitAsync(dismissed, null, "#put-back"));
        Assert.NotNull(back.Document.QuerySelector($"#suggestion-{id}"));
        await editor.SubmitAsync(back, null, Suggestions, $"[name=dismiss][value='{id}']");

        feed.Entry("two", site.At("/kerbs/?utm_campaign=x"), "Kerbs under another name").Entry("three", site.At("/gutters"), "Gutters");
        Assert.Equal("1 new; 1 known already.", (await app.ReadNowAsync(editor, watched)).Outcome);
        Assert.Equal("0 new; 1 known already.", (await app.WatchAsync(editor, source, site.At("/second"))).Outcome);

        var list = await editor.GetAsync("/editor/intake");
        Assert.DoesNotContain("Kerbs", list.One(Suggestions).TextContent, StringComparison.Ordinal);
        Assert.Contains("Gutters", list.One(Suggestions).TextContent, StringComparison.Ordinal);
        Assert.Contains("Kerbs, ", Normal((await editor.GetAsync($"/editor/settings/sources/{source}")).One($"#feed-{watched.Id} details").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_settled_at_once_by_ticks()
    {
        await using var site = await LoopbackSite.StartAsync();
        var feed = new LoopbackFeed();
        foreach (var n in Enumerable.Range(1, 5))
            feed.Entry($"{n}", site.At($"/ticked/{n}"), $"Ticked {n}");
        site.On("/feed", feed.AnswerAsync);
        using var editor = await app.SignInAsync(Roles.Editor);
        await app.WatchAsync(editor, await app.AddSourceAsync("Tick Council"), site.At("/feed"));
        var ids = await app.QueryAsync(db => db.FeedEntries.Where(entry => entry.Title.StartsWith("Ticked ")).OrderBy(entry => entry.Title).Select(entry => entry.Id).ToListAsync());

        Assert.Contains("Tick at least one suggestion first.", (await editor.FollowAsync(await PressAsync(editor, "take"))).Text, StringComparison.Ordinal);
        Assert.Contains("2 suggestions are items of the intake now", (await editor.FollowAsync(await PressAsync(editor, "take", ids[0], ids[1]))).Text, StringComparison.Ordinal);
        var dismissed = await editor.FollowAsync(await PressAsync(editor, "dismiss", ids[2], ids[3], ids[0]));
        Assert.Contains("2 suggestions are dismissed, and do not come again.", dismissed.Text, StringComparison.Ordinal);

        Assert.Equal(
            [FeedEntryState.Taken, FeedEntryState.Taken, FeedEntryState.Dismissed, FeedEntryState.Dismissed, FeedEntryState.Waiting],
            await app.QueryAsync(db => db.FeedEntries.Where(entry => entry.Title.StartsWith("Ticked ")).OrderBy(entry => entry.Title).Select(entry => entry.State).ToListAsync()));
        Assert.Contains("2 suggestions are back.", (await editor.FollowAsync(await editor.SubmitAsync(dismissed, null, "#put-back"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_already_is_not_suggested_and_nearly_the_same_title_is_marked()
    {
        var edition = await new EditionBuilder().Item("Benches for older people: a count", item => item.Url = "https://example.org/benches").SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), null, "#item-form");
        site.On("/feed", new LoopbackFeed()
            .Entry("a", new Uri("http://www.example.org/benches/?utm_source=feed"), "Another name of it")
            .Entry("b", site.At("/benches-2"), "Benches for older people: a count")
            .Entry("c", site.At("/pasted"), "Pasted later").AnswerAsync);

        var watched = await app.WatchAsync(editor, await app.AddSourceAsync("Bench Trust"), site.At("/feed"));

        Assert.Equal("2 new; 1 known already.", watched.Outcome);
        var list = await editor.GetAsync("/editor/intake");
        Assert.DoesNotContain("Another name of it", list.One(Suggestions).TextContent, StringComparison.Ordinal);
        var near = list.One($"#suggestion-{(await EntryAsync(site.At("/benches-2"))).Id}");
        Assert.Contains($"Nearly the same title in {edition.Month.Title}", Normal(near.TextContent), StringComparison.Ordinal);
        // Whoever pastes a link by hand has settled its suggestion.
        await editor.SubmitAsync(list, new() { ["Form.Links"] = site.At("/pasted?utm_medium=mail").ToString() }, "#links-form");
        Assert.Equal(FeedEntryState.Taken, (await EntryAsync(site.At("/pasted"))).State);
    }

    [Fact]
    public async Task Odd_answers_to_the_form_change_nothing()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var token = (await editor.GetAsync("/editor/intake")).One("input[name=__RequestVerificationToken]").GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("", [new("take", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/put-back?id=x", []));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync("", [new("act", "burn"), new("ticked", "1")]));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync("/put-back?id=2147483647", []));
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/editor/intake?suggestions=-5")).Status);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/editor/intake?suggestions=many")).Status);

        async Task<HttpStatusCode> PostAsync(string path, List<KeyValuePair<string, string>> fields)
        {
            using var content = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]);
            using var answer = await editor.Http.PostAsync($"/editor/intake/suggestions{path}", content);
            return answer.StatusCode;
        }
    }

    private static async Task<WebPage> PressAsync(Visitor editor, string act, params int[] ticked)
    {
        var page = await editor.GetAsync("/editor/intake");
        foreach (var id in ticked)
            if (page.Document.QuerySelector($"{Suggestions} [name=ticked][value='{id}']") is AngleSharp.Html.Dom.IHtmlInputElement box)
                box.IsChecked = true;
        return await editor.SubmitAsync(page, null, Suggestions, $"[name=act][value={act}]");
    }

    private Task<FeedEntry> EntryAsync(Uri link)
    {
        var url = link.ToString();
        return app.QueryAsync(db => db.FeedEntries.AsNoTracking().SingleAsync(entry => entry.Url == url));
    }

    private async Task<IntakeEntry> SettledAsync(Uri link)
    {
        var url = link.ToString();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        IntakeEntry entry;
        while ((entry = await app.QueryAsync(db => db.IntakeEntries.AsNoTracking().Include(e => e.Item!.Source).SingleAsync(e => e.Item!.Url == url))).NextReadingUtc is not null)
            await Task.Delay(50, patience.Token);
        return entry;
    }

    private static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
