using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

public sealed class CopyTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Items_news_and_texts_are_copied_warned_of_and_taken_out_again_in_one_act()
    {
        var from = await new EditionBuilder()
            .With(edition => (edition.Introduction, edition.SignOffName, edition.Subject) = ("Welcome to last month.", "Lena Last", "Last month's digest"))
            .Item("Standing report", item => (item.Doi, item.Authors) = ("10.1000/standing", ["A. Author"]), sector: "criminal").Item("Left there")
            .News("Who we are").News("Come on Monday", news => news.EventOn = new DateOnly(2030, 1, 7))
            .SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            db.Add(Revisions.Of(from.Items[0], null, null, DateTime.UtcNow));
            return await db.SaveChangesAsync();
        });
        using var editor = await app.SignInAsync(Roles.Editor);
        var month = from.Month.AddMonths(900);
        await StartAsync(editor, month);
        var page = await editor.GetAsync($"/editor/editions/{month}/copy?from={from.Month}");
        Assert.Equal(["Lena Last, Editor"], page.Texts("#copy-form li:has([value=SignOff]) pre"));
        Assert.Contains("about a day", page.One("#copy-form li:has([name=news]):nth-child(2)").TextContent, StringComparison.Ordinal);

        Tick(page, "items", from.Items[0].Id, "news", from.News[0].Id);
        page.One("[name=texts][value=SignOff]").SetAttribute("checked", "");
        page.One("[name=texts][value=Introduction]").SetAttribute("checked", "");
        var board = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#copy-form"));

        Assert.Equal($"1 item, 1 of the news, 2 texts are copied from {from.Month.Title}.", board.One(".flash p").TextContent);
        Assert.Equal(["Who we are"], board.Texts("#news .card > a"));
        var item = await app.QueryAsync(db => db.EditionItems.SingleAsync(i => i.Edition!.Month == month));
        Assert.Equal(("Standing report", from.Items[0].SectorId, "10.1000/standing", from.Items[0].Url), (item.Title, item.SectorId, item.Doi, item.Url));
        Assert.Equal(["A. Author"], item.Authors);
        var edition = await app.QueryAsync(db => db.Editions.SingleAsync(e => e.Month == month));
        Assert.Equal(("Welcome to last month.", "Lena Last", null), (edition.Introduction, edition.SignOffName, edition.Subject));
        Assert.Contains($"stands in {from.Month.Title}", (await editor.GetAsync($"/editor/editions/{month}/checks")).Text, StringComparison.Ordinal);
        var again = await editor.GetAsync($"/editor/editions/{month}/copy?from={from.Month}");
        Assert.Contains($"Covered too in {month.Title}", again.One($"li:has([name=items][value='{from.Items[0].Id}'])").TextContent, StringComparison.Ordinal);
        Assert.Contains($"is the same in {month.Title}", again.One("li:has([value=SignOff])").TextContent, StringComparison.Ordinal);
        Assert.Contains($"in {month.Title} already", again.One($"li:has([name=news][value='{from.News[0].Id}'])").TextContent, StringComparison.Ordinal);

        await editor.SubmitAsync(board, null, "#undo");

        Assert.Equal((0, 0), await app.QueryAsync(async db => (await db.EditionItems.CountAsync(i => i.Edition!.Month == month), await db.NewsItems.CountAsync(n => n.Edition!.Month == month))));
        edition = await app.QueryAsync(db => db.Editions.SingleAsync(e => e.Month == month));
        Assert.Equal("", edition.Introduction);
        Assert.Equal(2, await app.QueryAsync(db => db.EditionItems.CountAsync(i => i.EditionId == from.Id)));
    }

    [Fact]
    public async Task What_a_copy_replaces_is_shown_in_its_words()
    {
        var from = await new EditionBuilder().With(edition => (edition.Introduction, edition.Subject) = ("Welcome to last month.", "Last month's digest")).SaveAsync(app);
        var into = await new EditionBuilder().With(edition => (edition.Introduction, edition.Subject) = ("Written anew.", "This month's digest")).SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{into.Month}/copy?from={from.Month}");

        Assert.Equal($"replaces the subject “This month's digest” of {into.Month.Title}", page.One("li:has([value=Subject]) .check .hint").TextContent);
        Assert.Equal($"replaces the introduction of {into.Month.Title}", page.One("li:has([value=Introduction]) .check .hint").TextContent);
        Assert.Equal(["Welcome to last month.", "Written anew."], page.Texts("li:has([value=Introduction]) pre"));
        Assert.Equal($"is the same in {into.Month.Title}", page.One("li:has([value=SignOff]) .check .hint").TextContent);
    }

    [Fact]
    public async Task A_copy_that_was_written_on_is_not_undone()
    {
        var from = await new EditionBuilder().Item("Written on").SaveAsync(app);
        var into = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = Tick(await editor.GetAsync($"/editor/editions/{into.Month}/copy?from={from.Month}"), "items", from.Items[0].Id);
        var board = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#copy-form"));
        var copy = await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == into.Id).Select(i => i.Id).SingleAsync());
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{into.Month}/items/{copy}"), new() { ["Form.Summary"] = "New words." }, "#item-form");

        var answer = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));

        Assert.Contains("“Written on” has been changed since", answer.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal("New words.", await app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == into.Id).Select(i => i.Summary).SingleAsync()));
    }

    [Fact]
    public async Task The_edition_before_is_offered_first_and_what_is_gone_copies_nothing()
    {
        var from = await new EditionBuilder().Item("Goes").Item("Stays").SaveAsync(app);
        var into = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var before = await app.QueryAsync(db => db.Editions.Where(e => e.Month < into.Month).MaxAsync(e => e.Month));
        Assert.Equal(before.ToString(), (await editor.GetAsync($"/editor/editions/{into.Month}/copy")).One("#from option[selected]").GetAttribute("value"));
        var page = await editor.GetAsync($"/editor/editions/{into.Month}/copy?from={from.Month}");
        var nothing = await editor.SubmitAsync(page, null, "#copy-form");
        Assert.Equal((HttpStatusCode.BadRequest, "Tick what to copy."), (nothing.Status, nothing.One(".error-summary li").TextContent));
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{from.Month}/items/{from.Items[0].Id}"), null, "#remove-form");

        var answer = await editor.SubmitAsync(Tick(page, "items", from.Items[0].Id, "items", from.Items[1].Id), null, "#copy-form");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Somebody has removed one of these items", answer.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.True(answer.One($"[name=items][value='{from.Items[1].Id}']").HasAttribute("checked"));
        Assert.Equal(0, await app.QueryAsync(db => db.EditionItems.CountAsync(i => i.EditionId == into.Id)));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/editions/1999-01/copy")).Status);
    }

    private static async Task StartAsync(Visitor editor, EditionMonth month)
        => await editor.SubmitAsync(await editor.GetAsync("/editor"), new() { ["Start.Month"] = month.ToString(), ["Start.SignOff"] = null }, "form[action='/editor/editions']");

    private static WebPage Tick(WebPage page, params object[] boxes)
    {
        foreach (var pair in boxes.Chunk(2))
            page.One($"[name={pair[0]}][value='{pair[1]}']").SetAttribute("checked", "");
        return page;
    }
}
