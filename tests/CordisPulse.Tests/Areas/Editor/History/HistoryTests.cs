using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.History;

public sealed class HistoryTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Every_save_is_listed_compared_and_restored_as_a_save_of_its_own()
    {
        var edition = await new EditionBuilder().Item("Told").Item("Other").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        foreach (var summary in (string[])["The first words.", "The second words."])
            await editor.SubmitAsync(await editor.GetAsync(form), new() { ["Form.Summary"] = summary }, "#item-form");
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/texts"), new() { ["Form.Introduction"] = "Hello." }, "#texts-form");

        var all = await editor.GetAsync($"/editor/editions/{edition.Month}/history");
        Assert.Equal(["Texts of the edition", "Told", "Told"], all.Texts("#history tbody th a").Select(text => text.Split(',')[0]));
        Assert.All(all.Texts("#history tbody td[data-label=Who]"), who => Assert.StartsWith("editor-", who, StringComparison.Ordinal));
        var ofItem = await editor.GetAsync((await editor.GetAsync(form)).One("#item-form a[href*=history]").GetAttribute("href")!);
        Assert.Equal(2, ofItem.Document.QuerySelectorAll("#history tbody tr").Length);

        var second = await editor.GetAsync(ofItem.One("#history tbody tr:first-child a").GetAttribute("href")!);
        Assert.Equal(["first", "second"], second.Texts(".versions mark"));
        var first = await editor.GetAsync(ofItem.One("#history tbody tr:last-child a").GetAttribute("href")!);
        Assert.Equal(["second", "first"], first.Texts(".versions mark"));
        var swapped = await editor.GetAsync($"{second.Path}?with=0");
        Assert.Empty(swapped.Document.QuerySelectorAll(".versions"));

        var restored = await editor.FollowAsync(await editor.SubmitAsync(first, null, "#restore-form"));

        Assert.Contains("It is again as it was then.", restored.Text, StringComparison.Ordinal);
        var item = await app.QueryAsync(db => db.EditionItems.SingleAsync(i => i.Id == edition.Items[0].Id));
        Assert.Equal(("The first words.", edition.Items[0].SectorId, edition.Items[0].Position), (item.Summary, item.SectorId, item.Position));
        Assert.Equal(3, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.Text == RevisedText.Item && r.TextId == item.Id)));
    }

    [Fact]
    public async Task Each_line_says_what_the_save_changed_and_when_to_the_second_where_it_must()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}";
        await editor.SubmitAsync(await editor.GetAsync($"{address}/items/new?sector=1&section=1"), new() { ["Form.Title"] = "Told", ["Form.Url"] = "#", ["Form.Summary"] = "Words." }, "#item-form");
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.Id).SingleAsync());
        foreach (var values in (Dictionary<string, string?>[])
        [
            new() { ["Form.Url"] = "https://example.org/told" },
            new() { ["Form.Title"] = "Told anew", ["Form.Summary"] = "Other words.", ["Form.Doi"] = "10.1000/182" },
            new() { ["Form.SectionId"] = "2" },
        ])
            await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{id}"), values, "#item-form");
        await editor.SubmitAsync(await editor.GetAsync($"{address}/texts"), new() { ["Form.Introduction"] = "Hello." }, "#texts-form");
        var gone = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{id}"), null, "#remove-form"));
        await editor.SubmitAsync(gone, null, "#undo");
        var first = new DateTime(2024, 1, 15, 9, 0, 10, DateTimeKind.Utc);
        foreach (var (at, key) in (await app.QueryAsync(db => db.Revisions.Where(r => r.EditionId == edition.Id).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync())).Index())
            await app.QueryAsync(db => db.Revisions.Where(r => r.Id == key)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.SavedUtc, at < 2 ? first.AddSeconds(at) : first.AddMinutes(at))));

        var history = await editor.GetAsync($"{address}/history");

        Assert.Equal(
            ["Put back", "Removed", "The edition was begun", "Place", "Title, summary and DOI", "Link", "Added"],
            history.Texts("#history td[data-label='What changed']").Where(words => words.Length > 0));
        Assert.Equal(["15 January 2024, 09:02", "15 January 2024, 09:00:11", "15 January 2024, 09:00:10"], history.Texts("#history td[data-label=When]").TakeLast(3));
    }

    [Fact]
    public async Task What_an_import_brought_in_is_told_as_that()
    {
        await app.InScopeAsync(async services =>
        {
            var importer = services.GetRequiredService<EditionImporter>();
            using var file = new MemoryStream(Encoding.UTF8.GetBytes("# May 2031\n\nWelcome.\n\n# Criminal Justice\n\n## Reports\n\n### [Brought in](https://example.org/in)\n\nWords.\n"));
            return await importer.SaveAsync(new SaveImport { Edition = await importer.RecogniseAsync("may.md", file, new EditionMonth(2031, 5)), ById = null });
        });
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Contains("Brought in by the import", (await editor.GetAsync("/editor/editions/2031-05/history")).Texts("#history td[data-label='What changed']"));
    }

    [Fact]
    public async Task News_and_the_texts_of_the_edition_are_restored_too_and_a_draft_outlives_it()
    {
        var edition = await new EditionBuilder().News("Event").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var (news, texts) = ($"/editor/editions/{edition.Month}/news/{edition.News[0].Id}", $"/editor/editions/{edition.Month}/texts");
        foreach (var words in (string[])["Then", "Now"])
        {
            await editor.SubmitAsync(await editor.GetAsync(news), new() { ["Form.Body"] = words, ["Form.EventOn"] = "2022-03-07" }, "#news-form");
            await editor.SubmitAsync(await editor.GetAsync(texts), new() { ["Form.Introduction"] = words }, "#texts-form");
        }

        var byId = await app.QueryAsync(db => db.Users.OrderBy(user => user.Id).Select(user => user.Id).LastAsync());
        await app.QueryAsync(async db =>
        {
            db.Add(new TextDraft { AccountId = byId, EditionId = edition.Id, Text = RevisedText.News, TextId = edition.News[0].Id, Fields = "{}" });
            return await db.SaveChangesAsync();
        });
        var saves = await app.QueryAsync(db => db.Revisions.Where(r => r.EditionId == edition.Id).OrderBy(r => r.Id).Select(r => r.Id).Take(2).ToListAsync());
        foreach (var save in saves)
            await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/history/{save}"), null, "#restore-form");

        Assert.Equal("Then", await app.QueryAsync(db => db.NewsItems.Where(n => n.Id == edition.News[0].Id).Select(n => n.Body).SingleAsync()));
        Assert.Equal("Then", await app.QueryAsync(db => db.Editions.Where(e => e.Id == edition.Id).Select(e => e.Introduction).SingleAsync()));
        Assert.Equal(1, await app.QueryAsync(db => db.TextDrafts.CountAsync(draft => draft.EditionId == edition.Id)));
    }

    [Fact]
    public async Task What_was_removed_is_put_back_from_the_history()
    {
        var edition = await new EditionBuilder().Item("Removed").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), null, "#remove-form");
        var history = await editor.GetAsync($"/editor/editions/{edition.Month}/history");

        Assert.StartsWith("Order: “Removed” removed", history.One("#history tbody a").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Removed: removed", history.One("#history tbody tr:last-child a").TextContent, StringComparison.Ordinal);
        var saved = await editor.GetAsync(history.One("#history tbody tr:last-child a").GetAttribute("href")!);
        Assert.Empty(saved.Document.QuerySelectorAll("#restore-form"));
        var back = await editor.FollowAsync(await editor.SubmitAsync(saved, null, "#put-it-back"));

        Assert.Equal(["Removed"], await TitlesAsync(edition));
        var gone = await editor.FollowAsync(await editor.SubmitAsync(back, null, "#undo"));
        Assert.Contains("It is undone.", gone.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Empty(await TitlesAsync(edition));
        await editor.SubmitAsync(gone, null, "#undo");
        Assert.Equal(["Removed"], await TitlesAsync(edition));
    }

    [Fact]
    public async Task The_line_of_a_removal_puts_all_of_it_back_where_it_stood()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").Item("C").Item("D").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}";
        var board = await editor.GetAsync(address);
        foreach (var item in edition.Items.Where(item => item.Title is "A" or "C" or "D"))
            board.One($"#item-{item.Id} .pick input").SetAttribute("checked", "");
        await editor.SubmitAsync(board, null, "#several", "button.remove");
        await editor.SubmitAsync(await editor.GetAsync($"{address}/items/new"), new() { ["Form.Title"] = "Of a colleague" }, "#item-form");

        var history = await editor.GetAsync($"{address}/history");
        var removal = history.Document.QuerySelectorAll("#history tbody a").Single(line => line.TextContent.StartsWith("Order: 3 items removed", StringComparison.Ordinal));
        var saved = await editor.GetAsync(removal.GetAttribute("href")!);
        Assert.Empty(saved.Document.QuerySelectorAll("#restore-form"));
        Assert.Equal("Put the 3 items back", saved.One("#put-removed-back button").TextContent);
        var back = await editor.FollowAsync(await editor.SubmitAsync(saved, null, "#put-removed-back"));

        Assert.Equal("What was removed then is back where it stood.", back.One(".flash p").TextContent);
        Assert.Equal(["A", "B", "C", "D", "Of a colleague"], await InOrderAsync(edition));
        var again = await editor.FollowAsync(await editor.SubmitAsync(saved, null, "#put-removed-back"));
        Assert.Equal("It stands so already.", again.One(".flash p").TextContent);
        Assert.Empty(again.Document.QuerySelectorAll("#undo"));
        await editor.SubmitAsync(back, null, "#undo");
        Assert.Equal(["B", "Of a colleague"], await InOrderAsync(edition));
    }

    [Fact]
    public async Task Restoring_what_stands_already_says_so_and_saves_nothing()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}";
        await editor.SubmitAsync(await editor.GetAsync(address), null, $"#item-{edition.Items[1].Id} .moves", "button.up");
        await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Summary"] = "As it stands." }, "#item-form");
        await editor.SubmitAsync(await editor.GetAsync($"{address}/texts"), new() { ["Form.Introduction"] = "Hello." }, "#texts-form");
        var saves = await app.QueryAsync(db => db.Revisions.Where(r => r.EditionId == edition.Id).Select(r => r.Id).ToListAsync());
        Assert.Equal(3, saves.Count);

        foreach (var save in saves)
        {
            var page = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{address}/history/{save}"), null, "#restore-form"));
            Assert.Equal("It stands so already.", page.One(".flash p").TextContent);
            Assert.Empty(page.Document.QuerySelectorAll("#undo"));
        }

        Assert.Equal(3, await app.QueryAsync(db => db.Revisions.CountAsync(r => r.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Only_the_line_of_an_order_puts_back_what_it_removed()
    {
        var edition = await new EditionBuilder().Item("A").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}";
        await editor.SubmitAsync(await editor.GetAsync($"{address}/texts"), new() { ["Form.Introduction"] = "Hello." }, "#texts-form");
        var page = await editor.GetAsync((await editor.GetAsync($"{address}/history")).One("#history tbody a").GetAttribute("href")!);
        page.One("#restore-form").SetAttribute("action", $"{page.Path}/put-back");

        Assert.Contains("Nothing was removed then.", (await editor.FollowAsync(await editor.SubmitAsync(page, null, "#restore-form"))).One(".flash").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_of_another_edition_is_not_found_here()
    {
        var (here, there) = (await new EditionBuilder().SaveAsync(app), await new EditionBuilder().SaveAsync(app));
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{there.Month}/texts"), new() { ["Form.Introduction"] = "There." }, "#texts-form");
        var save = await app.QueryAsync(db => db.Revisions.Where(r => r.EditionId == there.Id).Select(r => r.Id).SingleAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/editor/editions/{here.Month}/history/{save}")).Status);
        Assert.Contains("Nothing has been saved here", (await editor.GetAsync($"/editor/editions/{here.Month}/history")).Text, StringComparison.Ordinal);
    }

    private Task<List<string>> InOrderAsync(Edition edition)
        => app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).OrderBy(i => i.Position).Select(i => i.Title).ToListAsync());

    private Task<List<string>> TitlesAsync(Edition edition)
        => app.QueryAsync(db => db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => i.Title).ToListAsync());
}
