using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

public sealed class BoardTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_move_that_says_not_where_to_changes_nothing()
    {
        var edition = await new EditionBuilder().Item("Stays").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", board.One("input[name=__RequestVerificationToken]").GetAttribute("value")!)]);

        using var answer = await editor.Http.PostAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}/move", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull(await app.QueryAsync(db => db.EditionItems.Where(item => item.Id == edition.Items[0].Id).Select(item => item.SectorId).SingleAsync()));
    }

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
        board = await editor.FollowAsync(moved);
        Assert.Contains("“C” stands at 2 of 3 in", board.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal("-1", board.One($"#item-{c}").GetAttribute("tabindex"));
        await editor.SubmitAsync(board, null, $"#item-{c} form.moves", "button.up");
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));

        // The board that was opened before the last move: nothing is moved, and it says what was done.
        var late = await editor.SubmitAsync(board, null, $"#item-{c} form.moves", "button.down");
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("was first (“C” moved, ", late.One("#refusal").TextContent, StringComparison.Ordinal);
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));
        board = await editor.FollowAsync(await editor.SubmitAsync(late, null, $"#item-{c} form.moves", "button.down"));
        Assert.Equal(["A", "C", "B"], await CellAsync(edition, edition.Items[0]));

        await editor.SubmitAsync(board, new() { ["place"] = $"{edition.Items[1].SectorId}-{edition.Items[1].SectionId}" }, $"#item-{c} form.move-to");
        Assert.Equal(["A", "B"], await CellAsync(edition, edition.Items[0]));
        Assert.Equal(["Between", "C"], await CellAsync(edition, edition.Items[1]));
    }

    [Fact]
    public async Task The_first_of_a_cell_offers_no_way_up_the_last_none_down_and_one_alone_neither()
    {
        var edition = await new EditionBuilder().Item("Top").Item("Bottom").Item("Alone", sector: "criminal").News("First").News("Last").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");

        Assert.Equal(["Down: Top"], board.Texts($"#item-{edition.Items[0].Id} .moves button"));
        Assert.Equal(["Up: Bottom"], board.Texts($"#item-{edition.Items[1].Id} .moves button"));
        Assert.Empty(board.Texts($"#item-{edition.Items[2].Id} .moves button"));
        Assert.Equal(["Down: First", "Up: Last"], board.Texts("#news .moves button"));
    }

    [Fact]
    public async Task An_item_that_was_removed_is_put_back_where_it_stood()
    {
        var edition = await new EditionBuilder().Item("Above").Item("Gone", item => item.Authors = ["A. Author"], sector: "criminal").Item("Below", sector: "criminal").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[1].Id}");

        var board = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#remove-form"));
        Assert.Equal(["Below"], await CellAsync(edition, edition.Items[1]));
        await editor.SubmitAsync(board, null, "#undo");
        var again = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));

        Assert.Equal(["Gone", "Below"], await CellAsync(edition, edition.Items[1]));
        Assert.Contains("“Gone” is in the edition.", again.One(".flash").TextContent, StringComparison.Ordinal);
        var back = await app.QueryAsync(db => db.EditionItems.SingleAsync(i => i.EditionId == edition.Id && i.Title == "Gone"));
        Assert.Equal(("gone", "What Gone says.", edition.Items[1].Url), (back.Slug, back.Summary, back.Url));
        Assert.Equal(["A. Author"], back.Authors);
    }

    [Fact]
    public async Task News_that_was_removed_is_put_back_where_it_stood()
    {
        var edition = await new EditionBuilder().News("Gone", news => news.Deadline = new DateOnly(2030, 1, 31)).News("Stays").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/news/{edition.News[0].Id}");

        var board = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#remove-form"));
        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));

        Assert.Equal(["Gone", "Stays"], board.Texts("#news li > a"));
        Assert.Equal(new DateOnly(2030, 1, 31), await app.QueryAsync(db => db.NewsItems.Where(n => n.EditionId == edition.Id && n.Title == "Gone").Select(n => n.Deadline).SingleAsync()));
    }

    [Fact]
    public async Task What_never_was_in_the_edition_is_not_put_back()
    {
        var edition = await new EditionBuilder().Item("Gone").SaveAsync(app);
        var other = await new EditionBuilder().Item("Elsewhere").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.FollowAsync(await editor.SubmitAsync(
            await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), null, "#remove-form"));
        foreach (var address in (string[])[
            $"/editor/editions/{other.Month}/items/{edition.Items[0].Id}/put-back",
            board.One("#undo").GetAttribute("action")!.Replace(edition.Month.ToString(), other.Month.ToString(), StringComparison.Ordinal)])
        {
            board.One("#undo").SetAttribute("action", address);
            var answer = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));
            Assert.Contains("never in the edition", answer.One(".flash").TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(1, await app.QueryAsync(db => db.EditionItems.CountAsync(i => i.EditionId == other.Id)));
    }

    [Fact]
    public async Task A_published_edition_leads_publishers_to_its_mailing_and_editors_only_to_its_public_page()
    {
        var edition = await new EditionBuilder().Item("Ready").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.DoesNotContain("Send it to the subscribers", (await publisher.GetAsync(address)).Texts(".next a"));
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");

        var board = await publisher.GetAsync(address);
        Assert.Equal("Send it to the subscribers", board.Texts(".next a").First());
        Assert.Equal($"{address}/mailing", board.One("#to-mailing").GetAttribute("href"));
        Assert.Equal($"/editions/{edition.Month}", board.One("#public-page").GetAttribute("href"));
        Assert.Equal("The edition at a glance. 1 item: 1 in Adult Social Care and Health", board.One("svg.pulse").GetAttribute("aria-label"), ignoreCase: true);
        var seenByEditor = await editor.GetAsync(address);
        Assert.NotNull(seenByEditor.Document.QuerySelector("#public-page"));
        Assert.DoesNotContain("/mailing", seenByEditor.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_readers_do_not_see_is_told_before_the_old_text_is_sent()
    {
        var edition = await new EditionBuilder().Item("Seen").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var editor = await app.SignInAsync(Roles.Editor);
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        Assert.Null((await publisher.GetAsync(address)).Document.QuerySelector("#unpublished"));
        await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Unseen" }, "#item-form");

        var board = await publisher.GetAsync(address);
        Assert.Equal(["Publish what changed since revision 1", "Send it to the subscribers"], board.Texts(".next a").Take(2));
        Assert.Equal($"{address}/publish", board.One("#unpublished a").GetAttribute("href"));
        Assert.Equal("Publish again…", board.One(".board-head .btn.main").TextContent);
        var seenByEditor = await editor.GetAsync(address);
        Assert.StartsWith("The working text differs from revision 1, which readers see.", seenByEditor.One("#unpublished").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Publish what changed since revision 1", seenByEditor.Texts(".next a"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_introduction_is_told_under_its_name()
    {
        var edition = await new EditionBuilder().With(row => row.Introduction = "Read [here](https://example.org/here).").Item("Fine").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Contains((await editor.GetAsync($"/editor/editions/{edition.Month}")).Texts(".next a"), step => step.StartsWith("Introduction: ", StringComparison.Ordinal));
        Assert.Contains("Introduction", (await editor.GetAsync($"/editor/editions/{edition.Month}/checks")).Texts(".findings li > a"));
    }

    [Theory]
    [InlineData("", "Board")]
    [InlineData("/items/new", "Board")]
    [InlineData("/news/new", "Board")]
    [InlineData("/texts", "Texts")]
    [InlineData("/checks", "Checks")]
    [InlineData("/preview", "Preview")]
    [InlineData("/publish", "Publish")]
    [InlineData("/mailing", "Mailing")]
    public async Task Every_page_of_an_edition_has_its_navigation_with_the_current_page_marked(string path, string current)
    {
        var edition = await new EditionBuilder().Item("Here").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);

        var page = await publisher.GetAsync($"/editor/editions/{edition.Month}{path}");

        Assert.Equal(["Board", "Texts", "Checks", "Preview", "Publish", "Mailing"], page.Texts(".edition-nav a"));
        Assert.Equal([current], page.Texts(".edition-nav [aria-current]"));
        Assert.Equal(["Editions"], page.Texts(".desk-bar [aria-current]"));
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
        var dismissed = await editor.FollowAsync(await editor.SubmitAsync(board, null, $"#settle-{edition.SetAside[1].Id}", "button.dismiss"));

        Assert.Equal("What Host says.\n\nA stray paragraph.", await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Summary).SingleAsync()));
        Assert.Equal(0, await app.QueryAsync(db => db.SetAsideTexts.CountAsync(t => t.EditionId == edition.Id)));

        var back = await editor.FollowAsync(await editor.SubmitAsync(dismissed, null, "#undo"));
        Assert.Equal(["A cover."], back.Texts(".set-aside pre"));
        var again = await editor.FollowAsync(await editor.SubmitAsync(back, null, "#undo"));
        Assert.Empty(again.Texts(".set-aside pre"));
        var history = await editor.GetAsync($"/editor/editions/{edition.Month}/history");
        Assert.Contains(history.Texts("#history tbody th a"), line => line.StartsWith("Text that was set aside: added to “Host”", StringComparison.Ordinal));
        var line = await editor.GetAsync(history.One("#history tbody tr:first-child a").GetAttribute("href")!);
        Assert.Contains("A cover.", line.One(".versions").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(line, null, "#restore-form");
        Assert.Equal(1, await app.QueryAsync(db => db.SetAsideTexts.CountAsync(t => t.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Text_that_went_into_an_item_is_taken_out_again_and_not_over_a_later_save()
    {
        var edition = await new EditionBuilder().Item("Host").SetAside("A stray paragraph.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        await editor.SubmitAsync(await editor.GetAsync(form), null, "#item-form");
        var added = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}"), null, $"#settle-{edition.SetAside[0].Id}"));

        var back = await editor.FollowAsync(await editor.SubmitAsync(added, null, "#undo"));
        Assert.Equal(["A stray paragraph."], back.Texts(".set-aside pre"));
        Assert.Equal("What Host says.", (await editor.GetAsync(form)).One("#Form_Summary").TextContent.Trim());

        added = await editor.FollowAsync(await editor.SubmitAsync(back, null, ".set-aside form"));
        await editor.SubmitAsync(await editor.GetAsync(form), new() { ["Form.Title"] = "Host, again" }, "#item-form");
        Assert.Contains("saved again since", (await editor.FollowAsync(await editor.SubmitAsync(added, null, "#undo"))).One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.QueryAsync(db => db.SetAsideTexts.CountAsync(t => t.EditionId == edition.Id)));
    }

    [Theory]
    [InlineData("items", "#item-form")]
    [InlineData("news", "#news-form")]
    public async Task What_was_added_is_taken_out_again_and_put_back(string folder, string form)
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.FollowAsync(await editor.SubmitAsync(
            await editor.GetAsync($"/editor/editions/{edition.Month}/{folder}/new"), new() { ["Form.Title"] = "Come and gone" }, form));
        Assert.Single(board.Document.QuerySelectorAll("[data-card]"));

        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));
        Assert.Empty(board.Document.QuerySelectorAll("[data-card]"));
        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));
        Assert.Equal("Come and gone", board.One("[data-card]").GetAttribute("data-title"));
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
