using System.Net;
using System.Net.Http.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

/// <summary>The order of the board: one card put to its place, several at once, and the way back from each.</summary>
public sealed class OrderTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_card_is_put_before_another_in_any_box_and_the_move_is_undone_and_done_again()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").Item("X", sector: "criminal").Item("Y", sector: "criminal").SaveAsync(app);
        var (adult, criminal) = (edition.Items[0], edition.Items[3]);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await BoardAsync(editor, edition);

        var answer = await PutAsync(editor, board, "item", edition.Items[2].Id, PlaceOf(criminal), edition.Items[4].Id);

        Assert.Equal(["A", "B"], await CellAsync(edition, adult));
        Assert.Equal(["X", "C", "Y"], await CellAsync(edition, criminal));
        board = await editor.FollowAsync(answer);
        Assert.Contains("“C” stands at 2 of 3 in Criminal Justice", board.One(".flash").TextContent, StringComparison.Ordinal);
        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));
        Assert.Equal(["A", "B", "C"], await CellAsync(edition, adult));
        Assert.Equal(["X", "Y"], await CellAsync(edition, criminal));
        Assert.Contains("It is undone.", board.One(".flash").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(board, null, "#undo");
        Assert.Equal(["X", "C", "Y"], await CellAsync(edition, criminal));

        board = await BoardAsync(editor, edition);
        await PutAsync(editor, board, "item", edition.Items[0].Id, PlaceOf(criminal), null);
        Assert.Equal(["X", "C", "Y", "A"], await CellAsync(edition, criminal));
        await PutAsync(editor, await BoardAsync(editor, edition), "item", edition.Items[1].Id, "", null);
        Assert.Empty(await CellAsync(edition, adult));
    }

    [Fact]
    public async Task News_is_put_before_other_news()
    {
        var edition = await new EditionBuilder().News("One").News("Two").News("Three").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await PutAsync(editor, await BoardAsync(editor, edition), "news", edition.News[2].Id, "", edition.News[0].Id);

        var board = await editor.FollowAsync(answer);
        Assert.Equal(["Three", "One", "Two"], board.Texts("#news li > a"));
        await editor.SubmitAsync(board, null, "#undo");
        Assert.Equal(["One", "Two", "Three"], (await BoardAsync(editor, edition)).Texts("#news li > a"));
    }

    [Fact]
    public async Task Of_two_who_order_at_once_the_second_sees_what_the_first_did_and_moves_nothing()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").SaveAsync(app);
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);
        var (one, two) = (await BoardAsync(first, edition), await BoardAsync(second, edition));
        await PutAsync(first, one, "item", edition.Items[2].Id, PlaceOf(edition.Items[0]), edition.Items[0].Id);

        var answer = await PutAsync(second, two, "item", edition.Items[0].Id, PlaceOf(edition.Items[0]), null);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Matches("^editor-.* was first \\(“C” moved, ", answer.One("#refusal").TextContent.Trim());
        Assert.Equal(["C", "A", "B"], answer.Texts("#board .card > a"));
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));
        var change = await second.GetAsync(answer.One("#refusal a").GetAttribute("href")!);
        Assert.Contains("Order: “C” moved", change.One("h1").TextContent, StringComparison.Ordinal);
        await PutAsync(second, answer, "item", edition.Items[0].Id, PlaceOf(edition.Items[0]), null);
        Assert.Equal(["C", "B", "A"], await CellAsync(edition, edition.Items[0]));
    }

    [Fact]
    public async Task A_card_whose_neighbour_is_elsewhere_is_not_put_anywhere()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("X", sector: "criminal").News("N").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await BoardAsync(editor, edition);

        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(editor, board, "item", edition.Items[0].Id, PlaceOf(edition.Items[0]), edition.Items[2].Id)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(editor, board, "item", edition.Items[0].Id, "999999-1", null)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(editor, board, "item", 999_999, PlaceOf(edition.Items[0]), null)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(editor, board, "news", edition.News[0].Id, "", edition.Items[2].Id)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(editor, board, "item", edition.Items[0].Id, "nonsense", null)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(editor, board, "nothing", edition.Items[0].Id, "", null)).Status);

        Assert.Equal(["A", "B"], await CellAsync(edition, edition.Items[0]));
        Assert.Equal(0, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Undoing_is_refused_when_the_order_has_changed_since_and_leads_to_the_history()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.FollowAsync(await editor.SubmitAsync(await BoardAsync(editor, edition), null, $"#item-{edition.Items[2].Id} .moves", "button.up"));
        await editor.SubmitAsync(board, null, $"#item-{edition.Items[2].Id} .moves", "button.up");

        var history = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));

        Assert.Contains("The order has changed since", history.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, history.Texts("#history tbody th a").Count(text => text.StartsWith("Order: ", StringComparison.Ordinal)));
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));
    }

    [Fact]
    public async Task A_removal_is_undone_although_a_colleague_has_added_moved_and_removed_others_since()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").Item("X", sector: "criminal").Item("Y", sector: "criminal").News("One").News("Two").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var (adult, criminal) = (edition.Items[0], edition.Items[3]);
        var removed = await editor.FollowAsync(await editor.SubmitAsync(Tick(await BoardAsync(editor, edition), edition.Items[1], edition.Items[3]), null, "#several", "button.remove"));
        var address = $"/editor/editions/{edition.Month}";
        await colleague.SubmitAsync(await colleague.GetAsync($"{address}/items/new?sector={adult.SectorId}&section={adult.SectionId}"), new() { ["Form.Title"] = "Z" }, "#item-form");
        await PutAsync(colleague, await BoardAsync(colleague, edition), "item", edition.Items[2].Id, PlaceOf(adult), adult.Id);
        await colleague.SubmitAsync(await colleague.GetAsync($"{address}/news/{edition.News[0].Id}"), null, "#remove-form");
        Assert.Equal(["C", "A", "Z"], await CellAsync(edition, adult));

        var board = await editor.FollowAsync(await editor.SubmitAsync(removed, null, "#undo"));

        Assert.Contains("It is undone.", board.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(["C", "A", "B", "Z"], await CellAsync(edition, adult));
        Assert.Equal(["X", "Y"], await CellAsync(edition, criminal));
        Assert.Equal(["Two"], board.Texts("#news li > a"));
    }

    [Fact]
    public async Task A_move_is_undone_whatever_happens_elsewhere_but_not_once_its_own_boxes_are_in_another_order()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").Item("X", sector: "criminal").Item("P", sector: "children").Item("Q", sector: "children").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var (adult, criminal, children) = (edition.Items[0], edition.Items[3], edition.Items[4]);
        var moved = await editor.FollowAsync(await PutAsync(editor, await BoardAsync(editor, edition), "item", edition.Items[1].Id, PlaceOf(criminal), null));
        await PutAsync(colleague, await BoardAsync(colleague, edition), "item", edition.Items[5].Id, PlaceOf(children), children.Id);
        await colleague.SubmitAsync(
            await colleague.GetAsync($"/editor/editions/{edition.Month}/items/new?sector={adult.SectorId}&section={adult.SectionId}"), new() { ["Form.Title"] = "Z" }, "#item-form");

        var board = await editor.FollowAsync(await editor.SubmitAsync(moved, null, "#undo"));
        Assert.Contains("It is undone.", board.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(["A", "B", "C", "Z"], await CellAsync(edition, adult));
        Assert.Equal(["X"], await CellAsync(edition, criminal));
        Assert.Equal(["Q", "P"], await CellAsync(edition, children));

        moved = await editor.FollowAsync(await PutAsync(editor, board, "item", edition.Items[1].Id, PlaceOf(criminal), null));
        await PutAsync(colleague, await BoardAsync(colleague, edition), "item", edition.Items[1].Id, PlaceOf(criminal), criminal.Id);
        var refused = await editor.FollowAsync(await editor.SubmitAsync(moved, null, "#undo"));
        Assert.Contains("The order has changed since", refused.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(["B", "X"], await CellAsync(edition, criminal));
    }

    [Fact]
    public async Task A_save_from_the_form_is_undone_with_its_words_and_its_place()
    {
        var edition = await new EditionBuilder().Item("A").Item("X", sector: "criminal").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        await editor.SubmitAsync(await editor.GetAsync(form), new() { ["Form.Summary"] = "First." }, "#item-form");
        var same = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync(form), null, "#item-form"));
        Assert.Empty(same.Document.QuerySelectorAll("#undo"));

        var saved = await editor.FollowAsync(await editor.SubmitAsync(
            await editor.GetAsync(form), new() { ["Form.Summary"] = "Second.", ["Form.SectorId"] = $"{edition.Items[1].SectorId}" }, "#item-form"));
        Assert.Equal(["X", "A"], await CellAsync(edition, edition.Items[1]));
        var undone = await editor.FollowAsync(await editor.SubmitAsync(saved, null, "#undo"));

        Assert.Contains("It is undone.", undone.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(["A"], await CellAsync(edition, edition.Items[0]));
        Assert.Equal("First.", await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[0].Id).Select(i => i.Summary).SingleAsync()));
    }

    [Fact]
    public async Task A_save_of_news_is_undone()
    {
        var edition = await new EditionBuilder().News("Told").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = $"/editor/editions/{edition.Month}/news/{edition.News[0].Id}";
        await editor.SubmitAsync(await editor.GetAsync(form), new() { ["Form.Body"] = "First." }, "#news-form");
        Assert.Empty((await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync(form), null, "#news-form"))).Document.QuerySelectorAll("#undo"));

        var saved = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync(form), new() { ["Form.Body"] = "Second." }, "#news-form"));
        await editor.SubmitAsync(saved, null, "#undo");

        Assert.Equal("First.", await app.QueryAsync(db => db.NewsItems.Where(n => n.Id == edition.News[0].Id).Select(n => n.Body).SingleAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?save=nonsense")]
    [InlineData("?save=1&from=Nowhere")]
    public async Task What_no_act_can_have_made_is_not_undone(string saves)
    {
        var edition = await new EditionBuilder().Item("A").Item("B").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await editor.FollowAsync(await editor.SubmitAsync(await BoardAsync(editor, edition), null, $"#item-{edition.Items[1].Id} .moves", "button.up"));
        board.One("#undo").SetAttribute("action", $"/editor/editions/{edition.Month}/history/undo{saves}");

        Assert.Equal(HttpStatusCode.BadRequest, (await editor.SubmitAsync(board, null, "#undo")).Status);
        Assert.Equal(["B", "A"], await CellAsync(edition, edition.Items[0]));
    }

    [Fact]
    public async Task A_card_that_is_put_where_it_stands_leaves_no_trace()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var board = await editor.FollowAsync(await PutAsync(editor, await BoardAsync(editor, edition), "item", edition.Items[0].Id, PlaceOf(edition.Items[0]), edition.Items[1].Id));

        Assert.Empty(board.Document.QuerySelectorAll("#undo"));
        Assert.Equal(0, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.EditionId == edition.Id)));
    }

    [Fact]
    public async Task The_history_shows_an_order_before_and_after_and_restores_it()
    {
        var edition = await new EditionBuilder().Item("Alpha").Item("Beta").Item("Gamma").News("Told").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await BoardAsync(editor, edition), null, $"#item-{edition.Items[2].Id} .moves", "button.up");
        await editor.SubmitAsync(await BoardAsync(editor, edition), null, $"#item-{edition.Items[0].Id} .moves", "button.down");
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[1].Id}"), null, "#remove-form");

        var history = await editor.GetAsync($"/editor/editions/{edition.Month}/history?text=Order&id={edition.Id}");
        Assert.Equal(3, history.Document.QuerySelectorAll("#history tbody tr").Length);
        Assert.StartsWith("Order: “Beta” removed", history.One("#history tbody tr:first-child a").TextContent, StringComparison.Ordinal);
        var first = await editor.GetAsync(history.One("#history tbody tr:last-child a").GetAttribute("href")!);
        Assert.Equal(["Order: before", $"Order: this save, {first.One("#restore-form button").TextContent.Split("saved ")[1]}"], first.Texts(".versions h2"));
        var orders = first.Texts(".versions pre").ToList();
        Assert.Matches("Alpha\\s+Beta\\s+Gamma", orders[0]);
        Assert.Matches("Alpha\\s+Gamma\\s+Beta", orders[1]);
        Assert.Matches("Gamma\\s+Alpha", (await editor.GetAsync($"{first.Path}?with=0")).Texts(".versions pre").First());

        var restored = await editor.FollowAsync(await editor.SubmitAsync(first, null, "#restore-form"));
        Assert.Equal(["Alpha", "Gamma"], await CellAsync(edition, edition.Items[0]));
        await editor.SubmitAsync(restored, null, "#undo");
        Assert.Equal(["Gamma", "Alpha"], await CellAsync(edition, edition.Items[0]));
    }

    [Fact]
    public async Task Replacing_a_text_by_an_earlier_one_is_undone_unless_it_was_saved_since()
    {
        var edition = await new EditionBuilder().Item("Told").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        foreach (var summary in (string[])["First.", "Second."])
            await editor.SubmitAsync(await editor.GetAsync(form), new() { ["Form.Summary"] = summary }, "#item-form");
        var save = await app.QueryAsync(db => db.Revisions.Where(r => r.EditionId == edition.Id).MinAsync(r => r.Id));
        var restored = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/history/{save}"), null, "#restore-form"));
        Assert.Equal("First.", await SummaryAsync(edition));

        await editor.SubmitAsync(restored, null, "#undo");
        Assert.Equal("Second.", await SummaryAsync(edition));
        var again = await editor.FollowAsync(await editor.SubmitAsync(restored, null, "#undo"));

        Assert.Contains("saved again since", again.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal("Second.", await SummaryAsync(edition));
    }

    [Theory]
    [InlineData("button.to-top", new[] { "B", "D", "X" })]
    [InlineData("button.to-end", new[] { "X", "B", "D" })]
    public async Task Several_go_to_a_box_together_and_back_again(string button, string[] expected)
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").Item("D").Item("X", sector: "criminal").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = Tick(await BoardAsync(editor, edition), edition.Items[1], edition.Items[3]);

        board = await editor.FollowAsync(await editor.SubmitAsync(board, new() { ["place"] = PlaceOf(edition.Items[4]) }, "#several", button));

        Assert.Equal(expected, await CellAsync(edition, edition.Items[4]));
        Assert.Matches("^2 items stand at the (top|end) of Criminal Justice, ", board.One(".flash p").TextContent);
        await editor.SubmitAsync(board, null, "#undo");
        Assert.Equal(["A", "B", "C", "D"], await CellAsync(edition, edition.Items[0]));
        Assert.Equal(["X"], await CellAsync(edition, edition.Items[4]));
    }

    [Fact]
    public async Task Several_go_to_the_top_of_the_boxes_where_they_stand()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("X", sector: "criminal").Item("Y", sector: "criminal").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        await editor.SubmitAsync(Tick(await BoardAsync(editor, edition), edition.Items[1], edition.Items[3]), null, "#several", "button.to-top");

        Assert.Equal(["B", "A"], await CellAsync(edition, edition.Items[0]));
        Assert.Equal(["Y", "X"], await CellAsync(edition, edition.Items[2]));
    }

    [Fact]
    public async Task Several_are_removed_in_one_act_and_come_back_in_one()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var board = await editor.FollowAsync(await editor.SubmitAsync(Tick(await BoardAsync(editor, edition), edition.Items[0], edition.Items[1]), null, "#several", "button.remove"));

        Assert.Equal("2 items are removed.", board.One(".flash p").TextContent);
        Assert.Equal(["C"], await CellAsync(edition, edition.Items[0]));
        await editor.SubmitAsync(board, null, "#undo");
        Assert.Equal(["A", "B", "C"], await CellAsync(edition, edition.Items[0]));
    }

    [Fact]
    public async Task Several_of_which_one_is_gone_and_none_at_all_change_nothing()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = await BoardAsync(editor, edition);
        var nothing = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#several", "button.remove"));
        Assert.Contains("Select one item or more first", nothing.One(".flash").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), null, "#remove-form");

        var answer = await editor.FollowAsync(await editor.SubmitAsync(Tick(board, edition.Items[0], edition.Items[1]), null, "#several", "button.remove"));

        Assert.Contains("Somebody has removed one of these items", answer.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(["B", "C"], await CellAsync(edition, edition.Items[1]));
    }

    [Fact]
    public async Task A_card_says_who_else_has_its_text_open()
    {
        var edition = await new EditionBuilder().Item("Busy").Item("Quiet").News("Told").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var email = $"colleague-{Guid.NewGuid():N}@example.org";
        await app.AddAccountAsync(email, Roles.Editor);
        await app.QueryAsync(async db =>
        {
            var colleague = await db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync();
            db.AddRange(
                new TextDraft { AccountId = colleague, EditionId = edition.Id, Text = RevisedText.Item, TextId = edition.Items[0].Id, SeenUtc = DateTime.UtcNow },
                new TextDraft { AccountId = colleague, EditionId = edition.Id, Text = RevisedText.Item, TextId = edition.Items[1].Id, SeenUtc = DateTime.UtcNow.AddHours(-1) },
                new TextDraft { AccountId = colleague, EditionId = edition.Id, Text = RevisedText.News, TextId = edition.News[0].Id, SeenUtc = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });

        var board = await BoardAsync(editor, edition);

        Assert.Equal($"{email} is editing this", board.One($"#item-{edition.Items[0].Id} .editing:not([hidden])").TextContent);
        Assert.Equal($"{email} is editing this", board.One($"#news-{edition.News[0].Id} .editing:not([hidden])").TextContent);
        Assert.True(board.One($"#item-{edition.Items[1].Id} .editing").HasAttribute("hidden"));
        var presence = await editor.Http.GetFromJsonAsync<BoardPresence>($"/editor/editions/{edition.Month}/presence");
        Assert.Equal([$"item-{edition.Items[0].Id}", $"news-{edition.News[0].Id}"], presence!.EditedBy.Keys.Order());
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/editions/1999-01/presence")).Status);
    }

    private static Task<WebPage> BoardAsync(Visitor editor, Edition edition) => editor.GetAsync($"/editor/editions/{edition.Month}");

    /// <summary>As the board's script sends it, with the version and the token of the board that was looked at.</summary>
    private static async Task<WebPage> PutAsync(Visitor editor, WebPage board, string card, int id, string place, int? before)
    {
        var script = board.One("#board-script");
        using var content = new FormUrlEncodedContent(
        [
            new("card", card), new("id", $"{id}"), new("place", place), new("before", $"{before}"), new("version", script.GetAttribute("data-version")!),
            new("__RequestVerificationToken", board.One("main input[name=__RequestVerificationToken]").GetAttribute("value")!),
        ]);
        using var answer = await editor.Http.PostAsync(script.GetAttribute("data-order"), content);
        return await WebPage.ReadAsync(answer);
    }

    [Fact]
    public async Task Several_news_items_are_moved_and_removed_at_once_and_that_is_undone()
    {
        var edition = await new EditionBuilder().News("One").News("Two").News("Three").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var board = TickNews(await BoardAsync(editor, edition), edition.News[1], edition.News[2]);

        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#several-news", "button.to-top"));
        Assert.Equal(["Two", "Three", "One"], board.Texts("#news li > a"));
        Assert.Contains("2 news items stand first now.", board.One(".flash").TextContent, StringComparison.Ordinal);
        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));
        Assert.Equal(["One", "Two", "Three"], board.Texts("#news li > a"));

        board = await editor.FollowAsync(await editor.SubmitAsync(TickNews(board, edition.News[0]), null, "#several-news", "button.to-end"));
        Assert.Equal(["Two", "Three", "One"], board.Texts("#news li > a"));
        board = await editor.FollowAsync(await editor.SubmitAsync(TickNews(board, edition.News[0], edition.News[1]), null, "#several-news", "button.remove"));
        Assert.Equal(["Three"], board.Texts("#news li > a"));
        board = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));
        Assert.Equal(["Two", "Three", "One"], board.Texts("#news li > a"));
        Assert.Contains("Select one news item", (await editor.FollowAsync(await editor.SubmitAsync(board, null, "#several-news", "button.remove"))).Text, StringComparison.Ordinal);
    }

    private static WebPage TickNews(WebPage board, params NewsItem[] news)
    {
        foreach (var one in news)
            board.One($"#news-{one.Id} .pick input").SetAttribute("checked", "");
        return board;
    }

    private static WebPage Tick(WebPage board, params EditionItem[] items)
    {
        foreach (var item in items)
            board.One($"#item-{item.Id} .pick input").SetAttribute("checked", "");
        return board;
    }

    private static string PlaceOf(EditionItem item) => $"{item.SectorId}-{item.SectionId}";

    private Task<string> SummaryAsync(Edition edition) => app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Summary).SingleAsync());

    private Task<List<string>> CellAsync(Edition edition, EditionItem like) => app.QueryAsync(db => db.EditionItems
        .Where(i => i.EditionId == edition.Id && i.SectorId == like.SectorId && i.SectionId == like.SectionId)
        .OrderBy(i => i.Position).Select(i => i.Title).ToListAsync());
}
