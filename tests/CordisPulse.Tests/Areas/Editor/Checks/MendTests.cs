using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Checks;

/// <summary>Findings are mended in the list of them.</summary>
public sealed class MendTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Twenty_placeholder_links_are_twenty_pastes()
    {
        var builder = new EditionBuilder();
        for (var i = 0; i < 20; i++)
            builder.Item($"Report {i}", item => (item.Url, item.Source) = ("#", new() { Name = $"Source {item.Title}", Slug = Slug.From(item.Title) }));
        var edition = await builder.SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));
        Assert.Equal(20, page.Document.QuerySelectorAll(".mend").Length);

        var row = ".mend";
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("", page.One($"{row} [name$='.Value']").GetAttribute("value") ?? "");
            page = await editor.FollowAsync(await MendAsync(editor, page, row, $" https://example.org/paste/{i} "));
            Assert.Contains($"Link, in “Report {i}”, is saved.", page.One(".flash").TextContent, StringComparison.Ordinal);
            row = page.Document.QuerySelector(".mend [autofocus]") is { } next ? $"#{next.Closest(".mend")!.Id}" : "";
        }

        Assert.Equal("", row);
        Assert.Contains("The checks found nothing.", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"https://example.org/paste/{i}"),
            await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).OrderBy(i => i.Position).Select(i => i.Url!).ToListAsync()));
        Assert.Equal(20, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.EditionId == edition.Id && r.Text == RevisedText.Item)));
    }

    [Fact]
    public async Task Each_placeholder_within_a_text_has_a_field_that_changes_that_link_alone()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Summary = "See [one](#), *[two](#)*, [two]() and [kept](https://example.org/kept).").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));
        Assert.Equal(["Link of “one”", "Link of “two”", "Link of “two”"], page.Texts("[data-kind=link-placeholder] .mend label"));

        page = await editor.FollowAsync(await MendAsync(editor, page, "[data-kind=link-placeholder] .mend:nth-of-type(2)", "https://example.org/2"));
        Assert.Equal("See [one](#), *[two](https://example.org/2)*, [two]() and [kept](https://example.org/kept).", await SummaryAsync(edition));
        var focused = page.One(".mend [autofocus]").Closest(".mend")!;
        Assert.Equal("Link of “two”", focused.QuerySelector("label")!.TextContent);
        page = await editor.FollowAsync(await MendAsync(editor, page, $"#{focused.Id}", "https://example.org/a(b)"));
        Assert.Equal("See [one](#), *[two](https://example.org/2)*, [two](<https://example.org/a(b)>) and [kept](https://example.org/kept).", await SummaryAsync(edition));
        Assert.Equal("Source", page.One(".mend [autofocus]").Closest(".mend")!.QuerySelector("label")!.TextContent);
    }

    [Fact]
    public async Task What_a_mail_program_has_put_around_a_link_is_taken_off()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Url = "#").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        await MendAsync(editor, await editor.GetAsync(Address(edition)), "[data-kind=link-placeholder] .mend", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fmended&data=colleague%40example.org");

        Assert.Equal("https://example.org/mended", await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.Url).SingleAsync()));
    }

    [Fact]
    public async Task A_text_that_a_colleague_saved_keeps_their_words_when_a_link_in_it_is_filled()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Summary = "See [one](#).").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));
        await SaveItemAsync(editor, edition, new() { ["Form.Summary"] = "A colleague was here. See [one](#)." });

        await MendAsync(editor, page, "[data-kind=link-placeholder] .mend", "https://example.org/1");
        Assert.Equal("A colleague was here. See [one](https://example.org/1).", await SummaryAsync(edition));

        var late = await MendAsync(editor, page, "[data-kind=link-placeholder] .mend", "https://example.org/2");
        Assert.Equal(HttpStatusCode.BadRequest, late.Status);
        Assert.Contains("https://example.org/2", late.One("#lost pre").TextContent, StringComparison.Ordinal);
        Assert.Equal("A colleague was here. See [one](https://example.org/1).", await SummaryAsync(edition));
    }

    [Fact]
    public async Task A_value_that_mends_nothing_is_refused_at_its_field()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Url = null).SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        const string form = "[data-kind=link-missing] .mend";
        var page = await editor.GetAsync(Address(edition));

        foreach (var wrong in new[] { "", "javascript:alert(1)", "www.example.org", $"https://example.org/{new string('a', 2000)}" })
        {
            var refused = await MendAsync(editor, page, form, wrong);
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.NotEqual("", refused.One($"{form} .error").TextContent);
            Assert.Equal(wrong, refused.One($"{form} [name$='.Value'][autofocus][aria-invalid=true]").GetAttribute("value") ?? "");
        }

        Assert.Null(await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Url).SingleAsync()));
    }

    [Fact]
    public async Task A_link_pasted_one_field_too_early_becomes_no_title_and_no_source()
    {
        var edition = await new EditionBuilder().Item("", item => item.Slug = "untitled").Item("Nobody's").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));

        foreach (var form in new[] { "[data-kind=title-missing] .mend", "[data-kind=source-missing] .mend" })
        {
            var refused = await MendAsync(editor, page, form, " https://example.org/report ");
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("This is an address", refused.One($"{form} .error").TextContent, StringComparison.Ordinal);
        }

        var item = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[1].Id}");
        var kept = await editor.SubmitAsync(item, new() { ["Form.Title"] = "https://example.org/title", ["Form.Source"] = "http://example.org/" }, "#item-form");
        Assert.Contains("This is an address", kept.One("#Form_Title-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("This is an address", kept.One("#Form_Source-error").TextContent, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.Sources.AnyAsync(source => source.Name.StartsWith("http"))));
    }

    [Fact]
    public async Task After_a_link_the_next_missing_link_is_ready_and_no_title_that_stands_between()
    {
        var edition = await new EditionBuilder().Item("First", item => item.Url = null).Item("", item => item.Slug = "between").Item("Last", item => item.Url = null).SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.FollowAsync(await MendAsync(editor, await editor.GetAsync(Address(edition)), "[data-kind=link-missing] .mend", "https://example.org/first"));

        Assert.Equal("Link", page.One(".mend:has([autofocus]) label").TextContent);
        Assert.Contains("Last", page.One("li:has([autofocus]) > a").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_mend_one_field_the_second_sees_both_and_decides()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Url = null).SaveAsync(app);
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher);
        var page = await second.GetAsync(Address(edition));
        await SaveItemAsync(first, edition, new() { ["Form.Url"] = "#" });

        var conflict = await MendAsync(second, page, "[data-kind=link-missing] .mend", "https://example.org/second");

        // The colleague's save is found under another kind, so what was typed is offered apart from the list.
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("https://example.org/second", conflict.One("#lost pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_is_shown_at_the_field_with_both_versions()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Summary = "Each ICB has a plan.").SaveAsync(app);
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher);
        const string form = "[data-kind=acronym-unexplained] .mend";
        var page = await second.GetAsync(Address(edition));
        await SaveItemAsync(first, edition, new() { ["Form.Summary"] = "Every ICB has a plan." });

        var conflict = await MendAsync(second, page, form, "Each board has a plan.");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("editor-", conflict.One("#conflict").TextContent, StringComparison.Ordinal);
        Assert.Contains("Every ICB has a plan.", string.Concat(conflict.Texts(".versions")), StringComparison.Ordinal);
        Assert.Equal("Each board has a plan.", conflict.One($"{form} textarea").TextContent);
        Assert.Equal("Every ICB has a plan.", await SummaryAsync(edition));

        await MendAsync(second, conflict, form, null);
        Assert.Equal("Each board has a plan.", await SummaryAsync(edition));
    }

    [Fact]
    public async Task Every_kind_of_field_is_mended_in_the_list()
    {
        var edition = await new EditionBuilder()
            .With(edition => (edition.Introduction, edition.Subject, edition.Preheader) = ("Welcome to [us](#).", "The digest of May 1999", "What May 1999 brought"))
            .Item("Bare", item => (item.Title, item.Summary) = ("", ""))
            .News("Seminar", news => (news.Deadline, news.EventOn, news.Url) = (new DateOnly(2001, 1, 1), new DateOnly(2001, 1, 2), "#"))
            .SaveAsync(app);
        await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).ExecuteUpdateAsync(row => row.SetProperty(i => i.SectorId, (int?)null).SetProperty(i => i.SectionId, (int?)null)));
        using var editor = await app.SignInAsync(Roles.Editor);
        var sector = await app.QueryAsync(db => db.Sectors.OrderBy(s => s.Position).Select(s => s.Id).FirstAsync());
        var section = await app.QueryAsync(db => db.Sections.OrderBy(s => s.Position).Select(s => s.Id).FirstAsync());

        foreach (var (kind, value) in new[]
        {
            ("title-missing", "A title"), ("source-missing", $"Source of {edition.Month}"), ("summary-missing", "What it says."), ("section-missing", $"{sector}"),
            ("section-missing", $"{section}"), ("deadline-past", "2099-01-31"), ("event-past", ""), ("month-mismatch", "The digest"), ("month-mismatch", "What the month brought"),
            ("link-placeholder", "https://example.org/us"), ("link-placeholder", "https://example.org/seminar"),
        })
        {
            var answer = await MendAsync(editor, await editor.GetAsync(Address(edition)), $"[data-kind={kind}] .mend", value);
            Assert.True(answer.Status == HttpStatusCode.Redirect, $"{kind}: {answer.Html}");
        }

        var item = await app.QueryAsync(db => db.EditionItems.Include(i => i.Source).SingleAsync(i => i.EditionId == edition.Id));
        Assert.Equal(("A title", "a-title", $"Source of {edition.Month}", "What it says."), (item.Title, item.Slug, item.Source!.Name, item.Summary));
        Assert.Equal((sector, section), (item.SectorId, item.SectionId));
        var news = await app.QueryAsync(db => db.NewsItems.SingleAsync(n => n.EditionId == edition.Id));
        Assert.Equal((new DateOnly(2099, 1, 31), null, "https://example.org/seminar"), (news.Deadline, news.EventOn, news.Url));
        var saved = await app.QueryAsync(db => db.Editions.SingleAsync(e => e.Id == edition.Id));
        Assert.Equal(("Welcome to [us](https://example.org/us).", "The digest", "What the month brought"), (saved.Introduction, saved.Subject, saved.Preheader));
        Assert.Equal(0, (await editor.GetAsync(Address(edition))).Document.QuerySelectorAll(".error-finding").Length);
    }

    [Fact]
    public async Task What_stands_in_the_other_fields_is_kept_when_one_is_saved()
    {
        var edition = await new EditionBuilder().Item("First", item => item.Url = "#").Item("Second", item => item.Url = "#").Item("Third", item => item.Url = "#").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));
        var (first, second, source) = (RowOf(page, "First", "Link"), RowOf(page, "Second", "Link"), RowOf(page, "First", "Source"));

        var saved = await editor.SubmitAsync(
            page,
            new() { [NameOf(page, first)] = "https://example.org/1", [NameOf(page, second)] = "half an addr", [NameOf(page, source)] = "Someone" },
            "#mends", $"{first} button");

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Contains("Link, in “First”, is saved.", saved.One("#saved").TextContent, StringComparison.Ordinal);
        Assert.Equal(("half an addr", "Someone"), (ValueOf(saved, second), ValueOf(saved, source)));

        // Nobody else has saved anything, so the item's source is no conflict with its link.
        var all = await editor.SubmitAsync(saved, null, "#mends");
        Assert.Equal(HttpStatusCode.BadRequest, all.Status);
        Assert.Contains("Source, in “First”, is saved. “Someone” is a new source.", all.One("#saved").TextContent, StringComparison.Ordinal);
        Assert.Contains("https://", all.One($"{second} .error").TextContent, StringComparison.Ordinal);
        Assert.Equal("half an addr", ValueOf(all, second));

        var done = await editor.SubmitAsync(all, new() { [NameOf(all, second)] = "https://example.org/2", [NameOf(all, RowOf(all, "Third", "Link"))] = "https://example.org/3" }, "#mends");
        Assert.Contains("2 fields are saved.", (await editor.FollowAsync(done)).One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["https://example.org/1", "https://example.org/2", "https://example.org/3"],
            await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).OrderBy(i => i.Position).Select(i => i.Url!).ToListAsync()));
    }

    [Fact]
    public async Task A_mend_is_undone_at_once_but_not_over_what_was_saved_since()
    {
        var edition = await new EditionBuilder().Item("Only").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await SaveItemAsync(editor, edition, new() { ["Form.Url"] = "#" });
        const string row = "[data-kind=link-placeholder] .mend";

        var page = await editor.FollowAsync(await MendAsync(editor, await editor.GetAsync(Address(edition)), row, "https://example.org/1"));
        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#undo"));
        Assert.Contains("It is undone.", page.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal("#", await UrlAsync(edition));

        page = await editor.FollowAsync(await MendAsync(editor, page, row, "https://example.org/2"));
        await SaveItemAsync(editor, edition, new() { ["Form.Url"] = "https://example.org/3" });
        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#undo"));
        Assert.Contains("saved again since", page.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal("https://example.org/3", await UrlAsync(edition));
    }

    [Fact]
    public async Task Several_mends_are_undone_together()
    {
        var edition = await new EditionBuilder().Item("Only").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await SaveItemAsync(editor, edition, new() { ["Form.Url"] = "#", ["Form.Summary"] = "[a](#)" });
        var page = await editor.GetAsync(Address(edition));
        var names = page.Document.QuerySelectorAll("[data-kind=link-placeholder] [name$='.Value']").Select(field => field.GetAttribute("name")!).ToList();
        Assert.Equal(2, names.Count);

        page = await editor.FollowAsync(await editor.SubmitAsync(page, names.ToDictionary(name => name, _ => (string?)"https://example.org/x"), "#mends"));
        Assert.Equal("[a](https://example.org/x)", await SummaryAsync(edition));
        await editor.SubmitAsync(page, null, "#undo");

        Assert.Equal(("#", "[a](#)"), (await UrlAsync(edition), await SummaryAsync(edition)));
    }

    [Fact]
    public async Task An_item_that_was_mended_into_a_sector_or_a_section_leaves_it_again_when_that_is_undone()
    {
        var edition = await new EditionBuilder().Item("Only").Item("Another").SaveAsync(app);
        await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).ExecuteUpdateAsync(row => row.SetProperty(i => i.SectorId, (int?)null).SetProperty(i => i.SectionId, (int?)null)));
        using var editor = await app.SignInAsync(Roles.Editor);
        var (sector, section) = (edition.Items[1].SectorId, edition.Items[1].SectionId);
        const string row = "[data-kind=section-missing] .mend";

        var page = await editor.FollowAsync(await MendAsync(editor, await editor.GetAsync(Address(edition)), row, $"{sector}"));
        Assert.Equal((sector, null), await PlaceAsync(edition));
        page = await UndoneAsync(editor, page);
        Assert.Equal((null, null), await PlaceAsync(edition));

        page = await editor.FollowAsync(await MendAsync(editor, page, row, $"{sector}"));
        page = await editor.FollowAsync(await MendAsync(editor, page, row, $"{section}"));
        Assert.Equal((sector, section), await PlaceAsync(edition));
        page = await UndoneAsync(editor, page);
        Assert.Equal((sector, null), await PlaceAsync(edition));
        await UndoneAsync(editor, page);
        Assert.Equal((sector, section), await PlaceAsync(edition));
    }

    [Fact]
    public async Task Links_with_the_same_words_are_filled_at_once()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Summary = "[a](#) [b](#) [a](#)").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));
        var names = page.Document.QuerySelectorAll("[data-kind=link-placeholder] [name$='.Value']").Select(field => field.GetAttribute("name")!).ToList();

        await editor.SubmitAsync(page, names.Select((name, i) => (name, i)).ToDictionary(one => one.name, one => (string?)$"https://example.org/{one.i}"), "#mends");

        Assert.Equal("[a](https://example.org/0) [b](https://example.org/1) [a](https://example.org/2)", await SummaryAsync(edition));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1,2")]
    [InlineData("{\"Kind\":\"x\",\"Place\":\"Nowhere\",\"Field\":\"Link\",\"Version\":1,\"Was\":\"\"}")]
    [InlineData("{\"Kind\":\"x\",\"Place\":7,\"Field\":99,\"Version\":1,\"Was\":\"\"}")]
    public async Task A_field_that_no_page_has_shown_is_refused(string stand)
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Url = "#").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(Address(edition));

        var answer = await editor.SubmitAsync(page, new() { ["Mends[0].Stand"] = stand, ["Mends[0].Value"] = "https://example.org/x" }, "#mends");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("#", await UrlAsync(edition));
    }

    /// <summary>Fills one row, or leaves it as it came, and presses its own button.</summary>
    private static Task<WebPage> MendAsync(Visitor editor, WebPage page, string row, string? value)
        => editor.SubmitAsync(page, value is null ? null : new() { [NameOf(page, row)] = value }, "#mends", $"{row} button");

    private static async Task<WebPage> UndoneAsync(Visitor editor, WebPage page)
    {
        var undone = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#undo"));
        Assert.Contains("It is undone.", undone.One(".flash").TextContent, StringComparison.Ordinal);
        return undone;
    }

    private async Task<(int? Sector, int? Section)> PlaceAsync(Edition edition)
        => await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).Select(i => new ValueTuple<int?, int?>(i.SectorId, i.SectionId)).SingleAsync());

    private static string RowOf(WebPage page, string title, string label)
        => $"#{page.Document.QuerySelectorAll(".mend").First(row => row.Closest("li")!.QuerySelector("a")!.TextContent == title && row.QuerySelector("label")!.TextContent == label).Id}";

    private static string NameOf(WebPage page, string row) => page.One($"{row} [name$='.Value']").GetAttribute("name")!;

    private static string? ValueOf(WebPage page, string row) => page.One($"{row} [name$='.Value']").GetAttribute("value");

    private Task<string?> UrlAsync(Edition edition) => app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Url).SingleAsync());

    private static string Address(Edition edition) => $"/editor/editions/{edition.Month}/checks";

    private static async Task SaveItemAsync(Visitor editor, Edition edition, Dictionary<string, string?> values)
    {
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(page, values, "#item-form")).Status);
    }

    private Task<string> SummaryAsync(Edition edition) => app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Summary).SingleAsync());
}
