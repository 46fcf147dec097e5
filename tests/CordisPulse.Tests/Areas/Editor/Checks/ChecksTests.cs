using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Checks;

public sealed class ChecksTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Whoever_leaves_a_warning_goes_on_with_the_one_behind_it()
    {
        var edition = await new EditionBuilder().Item("First").Item("Second").Item("Third").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/checks");
        var warnings = page.Document.QuerySelectorAll(".warning").Select(row => row.Id!).ToList();

        var left = await editor.SubmitAsync(page, new() { ["Reason"] = "It is our own" }, $"#{warnings[1]} form.leave");

        Assert.Equal($"/editor/editions/{edition.Month}/checks#{warnings[2]}", left.Location?.OriginalString);
        Assert.Contains("does not say who published it. Name the source.” is left as it is.", (await editor.FollowAsync(left)).One(".flash").TextContent, StringComparison.Ordinal);
        var last = await editor.SubmitAsync(page, new() { ["Reason"] = "It is our own" }, $"#{warnings[2]} form.leave");
        Assert.Equal($"/editor/editions/{edition.Month}/checks#{warnings[0]}", last.Location?.OriginalString);
    }

    [Fact]
    public async Task A_warning_is_left_with_a_reason_and_shown_again()
    {
        var edition = await new EditionBuilder().Item("Sourceless").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/checks";
        const string warning = ".warning[data-kind='source-missing']";
        var page = await editor.GetAsync(address);
        Assert.Equal($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}#Form_Source", page.One($"{warning} a").GetAttribute("href"));

        var refused = await editor.SubmitAsync(page, null, $"{warning} form.leave");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Say why", refused.One($"{warning} .error").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.QueryAsync(db => db.Acknowledgements.CountAsync(a => a.EditionId == edition.Id)));

        await editor.SubmitAsync(refused, new() { ["Reason"] = "It is our own" }, $"{warning} form.leave");
        page = await editor.GetAsync(address);
        Assert.Null(page.Document.QuerySelector(warning));
        Assert.Matches(@"Left by editor-\w+@example\.org on \d+ \w+ \d{4}, \d\d:\d\d.*, because: It is our own", page.One(".left").TextContent);
        Assert.Null(page.Document.QuerySelector(".left .mend"));

        await editor.SubmitAsync(page, null, ".left form");
        Assert.NotNull((await editor.GetAsync(address)).One(warning));

        var history = await editor.GetAsync($"/editor/editions/{edition.Month}/history");
        var lines = history.Texts("#history tbody th a").ToList();
        Assert.StartsWith("Warning shown again (“Sourceless”: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Warning left, because: It is our own (“Sourceless”: ", lines[1], StringComparison.Ordinal);
        Assert.All(history.Texts("#history tbody td[data-label=Who]"), who => Assert.StartsWith("editor-", who, StringComparison.Ordinal));
        var saved = await editor.GetAsync(history.One("#history tbody tr:last-child a").GetAttribute("href")!);
        Assert.Contains("It is our own", saved.One(".versions").TextContent, StringComparison.Ordinal);
        Assert.Empty(saved.Document.QuerySelectorAll("#restore-form"));
    }

    [Fact]
    public async Task Of_two_editions_with_the_same_link_the_later_one_is_told()
    {
        var earlier = await new EditionBuilder().Item("Larks over allotments").SaveAsync(app);
        var later = await new EditionBuilder().Item("Tunnels beneath harbours").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        foreach (var edition in (Core.Editions.Edition[])[earlier, later])
            await editor.SubmitAsync(
                await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["Form.Url"] = "https://example.org/larks" }, "#item-form");
        const string warning = ".warning[data-kind='duplicate-link']";

        Assert.Contains($"stands in {earlier.Month.Title}", (await editor.GetAsync($"/editor/editions/{later.Month}/checks")).One(warning).TextContent, StringComparison.Ordinal);
        Assert.Null((await editor.GetAsync($"/editor/editions/{earlier.Month}/checks")).Document.QuerySelector(warning));
    }

    [Fact]
    public async Task Leaving_a_warning_is_undone()
    {
        var edition = await new EditionBuilder().Item("Sourceless").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        const string warning = ".warning[data-kind='source-missing']";
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/checks");

        page = await editor.FollowAsync(await editor.SubmitAsync(page, new() { ["Reason"] = "It is our own" }, $"{warning} form.leave"));
        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#undo"));
        Assert.NotNull(page.One(warning));
        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#undo"));
        Assert.Contains("because: It is our own", page.One(".left").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_left_for_some_words_of_a_text_is_not_left_for_others()
    {
        var edition = await new EditionBuilder().Item("Counted", item => item.Summary = "Waits fell by 30.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/checks";
        const string warning = ".warning[data-kind='number-bare']";
        await editor.SubmitAsync(await editor.GetAsync(address), new() { ["Reason"] = "It is a score" }, $"{warning} form.leave");

        await SummariseAsync("In all places waits fell by 30.");
        var page = await editor.GetAsync(address);
        Assert.Null(page.Document.QuerySelector(warning));
        Assert.Contains("It is a score", page.One(".left[data-kind='number-bare']").TextContent, StringComparison.Ordinal);

        await SummariseAsync("Spending fell by 77.");
        page = await editor.GetAsync(address);
        Assert.Contains("“fell by 77”", page.One(warning).TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".left[data-kind='number-bare']"));

        async Task SummariseAsync(string summary)
            => await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["Form.Summary"] = summary }, "#item-form");
    }

    [Fact]
    public async Task The_headings_say_how_much_there_is_to_do()
    {
        var edition = await new EditionBuilder().Item("One", item => item.Url = "#").Item("Two", item => item.Summary = "Waits fell by 30.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/checks";
        var page = await editor.GetAsync(address);
        var (errors, warnings) = (page.Document.QuerySelectorAll("li.error-finding").Length, page.Document.QuerySelectorAll("li.warning").Length);
        Assert.Equal([$"Errors ({errors})", $"Warnings ({warnings})"], page.Texts("#checks h2"));

        await editor.SubmitAsync(page, new() { ["Reason"] = "It is a score" }, ".warning[data-kind='number-bare'] form.leave");

        Assert.Equal([$"Errors ({errors})", $"Warnings ({warnings - 1})", "Left as they are (1)"], (await editor.GetAsync(address)).Texts("#checks h2"));
    }
}
