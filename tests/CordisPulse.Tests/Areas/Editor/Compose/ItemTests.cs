using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

public sealed class ItemTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Form = "#item-form";

    [Fact]
    public async Task An_item_added_from_a_cell_stands_at_its_end_with_its_source_and_a_revision()
    {
        var edition = await new EditionBuilder().Item("First").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        var page = await editor.GetAsync(board.One("table.board tbody td a.add").GetAttribute("href")!);
        var saved = await editor.SubmitAsync(page, new()
        {
            ["Form.Title"] = "Second",
            ["Form.Source"] = "A Brand New Institute",
            ["Form.Url"] = "https://example.org/second",
            ["Form.Summary"] = "Two\r\nlines",
            ["Form.Authors"] = "A. Author\r\n\r\nB. Author",
            ["Form.PublishedOn"] = "2022-03",
            ["Form.Doi"] = "https://doi.org/10.1000/182",
        }, Form);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Contains("“A Brand New Institute” is a new source", (await editor.FollowAsync(saved)).Text, StringComparison.Ordinal);
        var items = await app.QueryAsync(db => db.EditionItems.Include(i => i.Source).Where(i => i.EditionId == edition.Id).OrderBy(i => i.Position).ToListAsync());
        Assert.Equal(["First", "Second"], items.Select(item => item.Title));
        var second = items[1];
        Assert.Equal(("second", "Two\nlines", "10.1000/182", "2022-03"), (second.Slug, second.Summary, second.Doi, second.PublishedOn.ToString()));
        Assert.Equal(["A. Author", "B. Author"], second.Authors);
        Assert.Equal((items[0].SectorId, items[0].SectionId), (second.SectorId, second.SectionId));
        Assert.Equal("A Brand New Institute", second.Source!.Name);
        var revision = await app.QueryAsync(db => db.Revisions.SingleAsync(r => r.Text == RevisedText.Item && r.TextId == second.Id));
        Assert.Equal(second.Version, revision.Version);
    }

    [Fact]
    public async Task A_source_is_known_again_by_another_name_in_any_case()
    {
        var edition = await new EditionBuilder().Item("Only").SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            db.Add(new CordisPulse.Core.Catalogue.Source { Name = "Ministry of Examples", Slug = "ministry-of-examples", OtherNames = ["MoE"] });
            return await db.SaveChangesAsync();
        });
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        await editor.SubmitAsync(page, new() { ["Form.Source"] = "moe" }, Form);

        Assert.Equal("Ministry of Examples", await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).Select(i => i.Source!.Name).SingleAsync()));
        Assert.Equal(0, await app.QueryAsync(db => db.Sources.CountAsync(s => s.Name == "moe")));
    }

    [Fact]
    public async Task The_later_of_two_editors_sees_both_versions_and_decides()
    {
        var edition = await new EditionBuilder().Item("Shared").SaveAsync(app);
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var (pageOfFirst, pageOfSecond) = (await first.GetAsync(address), await second.GetAsync(address));
        await first.SubmitAsync(pageOfFirst, new() { ["Form.Summary"] = "What the first wrote." }, Form);

        var conflict = await second.SubmitAsync(pageOfSecond, new() { ["Form.Summary"] = "What the second wrote." }, Form);

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        var versions = conflict.One(".versions").TextContent;
        Assert.Contains("What the first wrote.", versions, StringComparison.Ordinal);
        Assert.Contains("What the second wrote.", versions, StringComparison.Ordinal);
        Assert.Single(conflict.Document.QuerySelectorAll(".versions"));
        Assert.Equal(["first", "second"], conflict.Texts(".versions mark"));
        Assert.Contains("editor-", conflict.One("#conflict").TextContent, StringComparison.Ordinal);
        Assert.Equal("What the first wrote.", await SummaryAsync(edition));

        await second.SubmitAsync(conflict, new() { ["Form.Summary"] = "Both." }, Form);

        Assert.Equal("Both.", await SummaryAsync(edition));
        Assert.Equal(2, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.Text == RevisedText.Item && r.TextId == edition.Items[0].Id)));
    }

    [Fact]
    public async Task What_two_editors_wrote_in_different_fields_is_both_kept()
    {
        var (edition, address) = await SavedItemAsync("Apart");
        using var first = await app.SignInAsync(Roles.Editor, "first-apart@example.org");
        using var second = await app.SignInAsync(Roles.Editor);
        var page = await second.GetAsync(address);
        await first.SubmitAsync(await first.GetAsync(address), new() { ["Form.Summary"] = "What the first wrote." }, Form);

        var saved = await second.SubmitAsync(page, new() { ["Form.Authors"] = "Ada Example" }, Form);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var board = await second.FollowAsync(saved);
        Assert.Matches(@"is saved\..* first-apart@example\.org \(.+\) had saved Summary in between; that stays too\.", board.One(".flash p").TextContent);
        Assert.Equal("What the first wrote.", await SummaryAsync(edition));
        Assert.Equal(["Ada Example"], await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.Authors).SingleAsync()));

        await second.SubmitAsync(board, null, "#undo");
        Assert.Equal("What the first wrote.", await SummaryAsync(edition));
        Assert.Empty(await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.Authors).SingleAsync()));
    }

    [Fact]
    public async Task In_a_conflict_only_what_both_have_changed_is_asked_for()
    {
        var (edition, address) = await SavedItemAsync("Together");
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);
        var page = await second.GetAsync(address);
        await first.SubmitAsync(await first.GetAsync(address), new() { ["Form.Title"] = "The first's title", ["Form.Summary"] = "What the first wrote." }, Form);

        var conflict = await second.SubmitAsync(page, new() { ["Form.Title"] = "The second's title" }, Form);

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["Title: what stands now", "Title: what you typed"], conflict.Texts(".versions h3"));
        Assert.Equal("What the first wrote.", conflict.One("#Form_Summary").TextContent.Trim());
        await second.SubmitAsync(conflict, null, Form);
        Assert.Equal("What the first wrote.", await SummaryAsync(edition));
        Assert.Equal("The second's title", await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.Title).SingleAsync()));
    }

    [Fact]
    public async Task Moving_an_item_meanwhile_is_no_conflict_with_its_words()
    {
        var edition = await new EditionBuilder().Item("One").Item("Two").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");
        await editor.SubmitAsync(board, null, $"#item-{edition.Items[0].Id} form.moves", "button.down");

        var saved = await editor.SubmitAsync(page, new() { ["Form.Summary"] = "New words." }, Form);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("New words.", await SummaryAsync(edition));
    }

    [Fact]
    public async Task What_was_typed_into_an_item_that_is_removed_meanwhile_can_still_be_saved()
    {
        var edition = await new EditionBuilder().Item("Fleeting").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await editor.SubmitAsync(page, null, "#remove-form");
        Assert.Equal(0, await app.QueryAsync(db => db.EditionItems.CountAsync(i => i.EditionId == edition.Id)));
        Assert.Contains("What Fleeting says.", await app.QueryAsync(db => db.Revisions.Where(r => r.EditionId == edition.Id && r.Text == RevisedText.Item).Select(r => r.Content).SingleAsync()), StringComparison.Ordinal);

        var gone = await editor.SubmitAsync(page, new() { ["Form.Summary"] = "Typed late." }, Form);
        Assert.Equal(HttpStatusCode.BadRequest, gone.Status);
        var saved = await editor.SubmitAsync(gone, null, Form);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("Typed late.", await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Summary).SingleAsync()));
    }

    [Theory]
    [InlineData("Form.Title", "", "Enter a title.")]
    [InlineData("Form.PublishedOn", "2022-13", "Enter a year, a month or a day")]
    [InlineData("Form.PublishedOn", "March", "Enter a year, a month or a day")]
    public async Task A_field_that_is_wrong_says_so_and_keeps_what_was_typed(string field, string value, string message)
    {
        var edition = await new EditionBuilder().Item("Kept").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        var answer = await editor.SubmitAsync(page, new() { [field] = value, ["Form.Summary"] = "Typed and kept." }, Form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One(".field.wrong .error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Typed and kept.", answer.One("textarea[name='Form.Summary']").TextContent.Trim());
        Assert.Equal("What Kept says.", await SummaryAsync(edition));
    }

    [Fact]
    public async Task Too_long_a_title_is_refused()
    {
        var edition = await new EditionBuilder().Item("Short").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        var answer = await editor.SubmitAsync(page, new() { ["Form.Title"] = new string('x', 501) }, Form);

        Assert.Contains("500 characters", answer.One(".error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_no_web_address_is_kept_as_typed_and_found_by_the_checks()
    {
        var edition = await new EditionBuilder().Item("Odd").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        var saved = await editor.FollowAsync(await editor.SubmitAsync(page, new() { ["Form.Url"] = "javascript:alert(1)" }, Form));

        Assert.Contains("Its link leads nowhere yet", saved.One(".flash").TextContent, StringComparison.Ordinal);
        var checks = await editor.GetAsync($"/editor/editions/{edition.Month}/checks");
        Assert.EndsWith($"/items/{edition.Items[0].Id}#Form_Url", checks.One(".error-finding[data-kind='link-invalid'] a").GetAttribute("href"), StringComparison.Ordinal);
        var frame = await editor.GetAsync($"/editor/editions/{edition.Month}/preview/web-frame");
        Assert.DoesNotContain("javascript:", frame.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#", "placeholder")]
    [InlineData("https://", "placeholder")]
    [InlineData("not a url", "begins with https://")]
    [InlineData("javascript:alert(1)", "begins with https://")]
    [InlineData("", "no link")]
    public async Task What_the_checks_say_stands_at_its_field(string url, string message)
    {
        var edition = await new EditionBuilder().Item("Odd", item => item.Url = url).SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        Assert.Contains(message, page.One("#Form_Url-finding").TextContent, StringComparison.Ordinal);
        Assert.Contains("Form_Url-finding", page.One("#Form_Url").GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Contains("#Form_Url", page.Document.QuerySelectorAll(".found-here a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Saving_and_mending_the_next_goes_round_everything_with_an_error_and_ends_at_the_board()
    {
        var edition = await new EditionBuilder()
            .News("Broken news", news => news.Url = "#")
            .Item("Fine").Item("One", item => item.Url = null).Item("Two", item => item.Summary = "")
            .SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"{address}/items/{edition.Items[1].Id}");
        var next = await editor.SubmitAsync(page, new() { ["Form.Url"] = "https://example.org/one" }, Form, ".and-next");
        Assert.Equal($"{address}/items/{edition.Items[2].Id}#Form_Summary", next.Location!.ToString());
        next = await editor.SubmitAsync(await editor.FollowAsync(next), new() { ["Form.Summary"] = "Words." }, Form, ".and-next");
        Assert.Equal($"{address}/news/{edition.News[0].Id}#Form_Url", next.Location!.ToString());
        var last = await editor.FollowAsync(next);
        Assert.Null(last.Document.QuerySelector(".and-next"));

        var saved = await editor.SubmitAsync(last, new() { ["Form.Url"] = "" }, "#news-form");
        Assert.StartsWith($"{address}#", saved.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_items_are_listed_beside_the_form_with_the_open_one_marked()
    {
        var edition = await new EditionBuilder().Item("This").Item("That", sector: "criminal").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        Assert.Equal(["This", "That"], page.Texts(".contents a"));
        Assert.Equal(["This"], page.Texts(".contents [aria-current]"));
    }

    [Fact]
    public async Task The_address_follows_the_title()
    {
        var edition = await new EditionBuilder().Item("Old title").Item("New title").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        await editor.SubmitAsync(page, new() { ["Form.Title"] = "New title" }, Form);

        Assert.Equal("new-title-2", await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).Select(i => i.Slug).SingleAsync()));
    }

    [Fact]
    public async Task An_item_of_another_edition_is_not_found_here()
    {
        var here = await new EditionBuilder().SaveAsync(app);
        var there = await new EditionBuilder().Item("Elsewhere").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/editor/editions/{here.Month}/items/{there.Items[0].Id}")).Status);
    }

    /// <summary>An item of which a save is known.</summary>
    private async Task<(Edition Edition, string Address)> SavedItemAsync(string title)
    {
        var edition = await new EditionBuilder().Item(title).SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync(address), new() { ["Form.Summary"] = "What stood at first." }, Form);
        return (edition, address);
    }

    private Task<string> SummaryAsync(Edition edition)
        => app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).Select(i => i.Summary).SingleAsync());

    [Fact]
    public async Task An_embargo_is_shown_and_refuses_publishing_until_it_ends()
    {
        var edition = await new EditionBuilder().Item("Held back").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var page = await publisher.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, (await publisher.SubmitAsync(page, new() { ["Form.NotBefore"] = "tomorrow" }, Form)).Status);

        await publisher.SubmitAsync(page, new() { ["Form.NotBefore"] = "2099-07-01T09:30" }, Form);

        Assert.Equal(new DateTime(2099, 7, 1, 8, 30, 0), await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).Select(i => i.NotBeforeUtc).SingleAsync()));
        page = await publisher.GetAsync(address);
        Assert.Equal("2099-07-01T09:30", page.One("#Form_NotBefore").GetAttribute("value"));
        Assert.Contains("It is under an embargo until 1 July 2099, 09:30.", page.One("#Form_NotBefore-finding").TextContent, StringComparison.Ordinal);
        Assert.Equal("Embargo until 1 July 2099, 09:30", (await publisher.GetAsync($"/editor/editions/{edition.Month}")).One($"#item-{edition.Items[0].Id} .bad").TextContent);
        Assert.Contains("embargo", (await publisher.GetAsync($"/editor/editions/{edition.Month}/publish")).Text, StringComparison.Ordinal);
        Assert.Null(await app.QueryAsync(db => db.Editions.Where(e => e.Id == edition.Id).Select(e => e.PublishedRevision).SingleAsync()));

        // Whatever else is found, the embargo stays in sight.
        await publisher.SubmitAsync(page, new() { ["Form.Url"] = "#" }, Form);
        var card = (await publisher.GetAsync($"/editor/editions/{edition.Month}")).One($"#item-{edition.Items[0].Id}");
        Assert.Equal(["Embargo until 1 July 2099, 09:30", "link placeholder"], card.QuerySelectorAll(".bad").Select(bad => bad.TextContent));

        await publisher.SubmitAsync(await publisher.GetAsync(address), new() { ["Form.NotBefore"] = "2020-01-01T09:30" }, Form);
        Assert.DoesNotContain("Embargo", (await publisher.GetAsync($"/editor/editions/{edition.Month}")).One($"#item-{edition.Items[0].Id}").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("embargo until", (await publisher.GetAsync($"/editor/editions/{edition.Month}/checks")).Text, StringComparison.Ordinal);
    }
}
