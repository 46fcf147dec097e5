using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

public sealed class BoardTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task The_board_shows_items_in_their_cells_with_words_and_state()
    {
        var edition = await new EditionBuilder()
            .Item("Placed", item => item.Url = null)
            .Item("Just here", section: "tools", sector: "criminal")
            .News("We moved")
            .SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        Assert.Equal(HttpStatusCode.OK, board.Status);
        Assert.Equal("link missing", board.One($"#item-{edition.Items[0].Id} .bad").TextContent);
        Assert.Contains("3 words", board.One($"#item-{edition.Items[0].Id}").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 error", board.One(".facts a").TextContent, StringComparison.Ordinal);
        Assert.Contains("has no item", string.Concat(board.Texts("ul.next li")), StringComparison.Ordinal);
        Assert.Contains("We moved", board.One("#news").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_goes_up_down_and_to_another_cell()
    {
        var edition = await new EditionBuilder().Item("A").Item("Between", sector: "criminal").Item("B").Item("C").SaveAsync(app);
        var c = edition.Items[3].Id;
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        var moved = await editor.SubmitAsync(board, null, $"#item-{c} form.moves", "button.up");
        Assert.EndsWith($"#item-{c}", moved.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["A", "C", "B"], await CellAsync(edition, edition.Items[0]));
        await editor.SubmitAsync(board, null, $"#item-{c} form.moves", "button.up");
        await editor.SubmitAsync(board, null, $"#item-{c} form.moves", "button.up");
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));
        await editor.SubmitAsync(board, null, $"#item-{c} form.moves", "button.down");
        Assert.Equal(["A", "C", "B"], await CellAsync(edition, edition.Items[0]));

        await editor.SubmitAsync(board, new() { ["place"] = $"{edition.Items[1].SectorId}-{edition.Items[1].SectionId}" }, $"#item-{c} form.move-to");
        Assert.Equal(["A", "B"], await CellAsync(edition, edition.Items[0]));
        Assert.Equal(["Between", "C"], await CellAsync(edition, edition.Items[1]));
    }

    [Theory]
    [InlineData("999999-1")]
    [InlineData("1-999999")]
    [InlineData("nonsense")]
    public async Task A_place_that_does_not_exist_moves_nothing(string place)
    {
        var edition = await new EditionBuilder().Item("Stays").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        var answer = await editor.SubmitAsync(board, new() { ["place"] = place }, $"#item-{edition.Items[0].Id} form.move-to");

        Assert.InRange((int)answer.Status, 302, 400);
        Assert.Equal(["Stays"], await CellAsync(edition, edition.Items[0]));
    }

    [Fact]
    public async Task Text_that_was_set_aside_goes_into_an_item_or_away()
    {
        var edition = await new EditionBuilder().Item("Host").SetAside("A stray paragraph.").SetAside("A cover.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        await editor.SubmitAsync(board, null, $"#settle-{edition.SetAside[0].Id}");
        await editor.SubmitAsync(board, null, $"#settle-{edition.SetAside[1].Id}", "button.dismiss");

        Assert.Equal("What Host says.\n\nA stray paragraph.", await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Summary).SingleAsync()));
        Assert.Equal(0, await app.QueryAsync(db => db.SetAsideTexts.CountAsync(t => t.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Removing_an_item_keeps_the_text_that_was_set_aside_after_it()
    {
        var edition = await new EditionBuilder().Item("Before").Item("Goes").SetAside("Loose.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[1].Id}");

        await editor.SubmitAsync(page, null, "#remove-form");

        Assert.Equal(edition.Items[0].Id, await app.QueryAsync(db => db.SetAsideTexts.Where(t => t.EditionId == edition.Id).Select(t => t.AfterItemId).SingleAsync()));
    }

    [Fact]
    public async Task News_is_added_edited_moved_and_removed()
    {
        var edition = await new EditionBuilder().News("Old news").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = await editor.GetAsync($"/editor/editions/{edition.Month}/news/new");

        var rejected = await editor.SubmitAsync(form, new() { ["Form.Title"] = "Seminar", ["Form.Deadline"] = "soon" }, "#news-form");
        Assert.Contains("Enter a day", rejected.One(".error").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(rejected, new() { ["Form.Deadline"] = "2030-01-31" }, "#news-form");
        var added = await app.QueryAsync(db => db.NewsItems.SingleAsync(n => n.EditionId == edition.Id && n.Title == "Seminar"));
        Assert.Equal(new DateOnly(2030, 1, 31), added.Deadline);

        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");
        await editor.SubmitAsync(board, null, $"#news-{added.Id} form.moves", "button.up");
        Assert.Equal(["Seminar", "Old news"], (await editor.GetAsync($"/editor/editions/{edition.Month}")).Texts("#news li > a"));

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/news/{added.Id}");
        await editor.SubmitAsync(page, null, "#remove-form");
        Assert.Equal(["Old news"], (await editor.GetAsync($"/editor/editions/{edition.Month}")).Texts("#news li > a"));
    }

    [Fact]
    public async Task Two_editors_of_the_introduction_see_both_versions()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/texts";
        var (one, two) = (await first.GetAsync(address), await second.GetAsync(address));
        await first.SubmitAsync(one, new() { ["Form.Introduction"] = "First." }, "#texts-form");

        var conflict = await second.SubmitAsync(two, new() { ["Form.Introduction"] = "Second." }, "#texts-form");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        await second.SubmitAsync(conflict, null, "#texts-form");

        Assert.Equal("Second.", await app.QueryAsync(db => db.Editions.Where(e => e.Id == edition.Id).Select(e => e.Introduction).SingleAsync()));
        Assert.Equal(2, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.Text == RevisedText.Edition && r.TextId == edition.Id)));
    }

    [Fact]
    public async Task A_role_without_a_name_is_refused()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/texts");

        var answer = await editor.SubmitAsync(page, new() { ["Form.SignOffName"] = "", ["Form.SignOffRole"] = "Director" }, "#texts-form");

        Assert.Contains("Enter the name", answer.One(".error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ada Example", await app.QueryAsync(db => db.Editions.Where(e => e.Id == edition.Id).Select(e => e.SignOffName).SingleAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/items/new")]
    [InlineData("/items/1")]
    [InlineData("/news/new")]
    [InlineData("/texts")]
    [InlineData("/checks")]
    [InlineData("/publish")]
    [InlineData("/preview")]
    [InlineData("/preview/web-frame")]
    [InlineData("/preview/email-frame")]
    public async Task A_month_without_an_edition_is_not_found_and_a_stranger_is_asked_to_sign_in(string path)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/editor/editions/1999-01{path}")).Status);
        using var stranger = app.Visit();
        var answer = await stranger.GetAsync($"/editor/editions/1999-01{path}");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("/editor/sign-in", answer.Location!.ToString(), StringComparison.Ordinal);
    }

    private Task<List<string>> CellAsync(Edition edition, EditionItem like) => app.QueryAsync(db => db.EditionItems
        .Where(i => i.EditionId == edition.Id && i.SectorId == like.SectorId && i.SectionId == like.SectionId)
        .OrderBy(i => i.Position).Select(i => i.Title).ToListAsync());
}
