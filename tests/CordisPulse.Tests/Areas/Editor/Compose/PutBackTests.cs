using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

/// <summary>What was removed and is back is the same thing to whoever has it open, or has noted its address.</summary>
public sealed class PutBackTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData("items")]
    [InlineData("news")]
    public async Task A_colleague_goes_on_typing_into_what_was_removed_and_is_back(string folder)
    {
        var (edition, old) = await BuildAsync(folder);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var open = await colleague.GetAsync($"{Board(edition)}/{folder}/{old}");
        using var before = await KeepAsync(colleague, open, "Typed before.");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        await RemoveAndUndoAsync(editor, edition, folder, old);
        await RemoveAndUndoAsync(editor, edition, folder, await KeyAsync(edition, folder));
        var now = await KeyAsync(edition, folder);

        Assert.NotEqual(old, now);
        var led = await colleague.GetAsync($"{Board(edition)}/{folder}/{old}?typed=true");
        Assert.Equal(HttpStatusCode.Redirect, led.Status);
        Assert.Equal($"{Board(edition)}/{folder}/{now}?typed=true", led.Location!.ToString());
        Assert.Contains("Typed before.", (await colleague.FollowAsync(led)).Html, StringComparison.Ordinal);
        using var kept = await KeepAsync(colleague, open, "Typed after.");
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Equal([now], await app.QueryAsync(db => db.TextDrafts.Where(draft => draft.EditionId == edition.Id && draft.Fields != null).Select(draft => draft.TextId).ToListAsync()));

        var saved = await colleague.SubmitAsync(open, new() { [Field(folder)] = "Typed after." }, FormOf(folder));

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal([(now, "Typed after.")], await TextsAsync(edition, folder));
        Assert.Equal(0, await app.QueryAsync(db => db.TextDrafts.CountAsync(draft => draft.EditionId == edition.Id && draft.Fields != null)));
    }

    [Theory]
    [InlineData("items", true)]
    [InlineData("items", false)]
    [InlineData("news", true)]
    [InlineData("news", false)]
    public async Task What_somebody_else_has_saved_meanwhile_is_shown_beside_it(string folder, bool beforeRemoval)
    {
        var (edition, old) = await BuildAsync(folder);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var author = await app.SignInAsync(Roles.Publisher);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var open = await colleague.GetAsync($"{Board(edition)}/{folder}/{old}");
        async Task WriteAsync(int key) => await author.SubmitAsync(await author.GetAsync($"{Board(edition)}/{folder}/{key}"), new() { [Field(folder)] = "Of the author." }, FormOf(folder));
        if (beforeRemoval)
            await WriteAsync(old);
        await RemoveAndUndoAsync(editor, edition, folder, old);
        var now = await KeyAsync(edition, folder);
        if (!beforeRemoval)
            await WriteAsync(now);

        var conflict = await colleague.SubmitAsync(open, new() { [Field(folder)] = "Of the colleague." }, FormOf(folder));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("publisher-", conflict.One(".conflict, main").TextContent, StringComparison.Ordinal);
        Assert.Equal([(now, "Of the author.")], await TextsAsync(edition, folder));
        await colleague.SubmitAsync(conflict, null, FormOf(folder));
        Assert.Equal([(now, "Of the colleague.")], await TextsAsync(edition, folder));
    }

    [Theory]
    [InlineData("items")]
    [InlineData("news")]
    public async Task Its_history_goes_on_from_what_it_was_before(string folder)
    {
        var (edition, old) = await BuildAsync(folder);
        using var editor = await app.SignInAsync(Roles.Editor);
        foreach (var words in (string[])["First.", "Second."])
            await editor.SubmitAsync(await editor.GetAsync($"{Board(edition)}/{folder}/{old}"), new() { [Field(folder)] = words }, FormOf(folder));
        await RemoveAndUndoAsync(editor, edition, folder, old);

        var form = await editor.GetAsync($"{Board(edition)}/{folder}/{await KeyAsync(edition, folder)}");
        var history = await editor.GetAsync(form.One("main form a[href*='history?text']").GetAttribute("href")!);
        Assert.Equal(4, history.Document.QuerySelectorAll("#history tbody tr").Length);
        var first = await editor.GetAsync(history.One("#history tbody tr:last-child a").GetAttribute("href")!);
        await editor.SubmitAsync(first, null, "#restore-form");

        Assert.Equal(["First."], (await TextsAsync(edition, folder)).Select(text => text.Words));
    }

    [Fact]
    public async Task A_finding_that_is_open_is_mended_in_what_is_back()
    {
        var edition = await new EditionBuilder().Item("Without a link", item => item.Url = "#").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var findings = await colleague.GetAsync($"{Board(edition)}/checks");
        await RemoveAndUndoAsync(editor, edition, "items", edition.Items[0].Id);
        var field = findings.One(".mend [name$='.Value']").GetAttribute("name")!;

        var mended = await colleague.SubmitAsync(findings, new() { [field] = "https://example.org/mended" }, "#mends", ".mend button");

        Assert.Equal(HttpStatusCode.Redirect, mended.Status);
        Assert.Equal(["https://example.org/mended"], await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.Url).ToListAsync()));
    }

    private static string Board(Edition edition) => $"/editor/editions/{edition.Month}";

    private static string Field(string folder) => folder == "items" ? "Form.Summary" : "Form.Body";

    private static string FormOf(string folder) => folder == "items" ? "#item-form" : "#news-form";

    private async Task<(Edition Edition, int Key)> BuildAsync(string folder)
    {
        var edition = await (folder == "items" ? new EditionBuilder().Item("Gone and back") : new EditionBuilder().News("Gone and back")).SaveAsync(app);
        return (edition, await KeyAsync(edition, folder));
    }

    private static async Task RemoveAndUndoAsync(Visitor editor, Edition edition, string folder, int key)
    {
        var board = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{Board(edition)}/{folder}/{key}"), null, "#remove-form"));
        await editor.SubmitAsync(board, null, "#undo");
    }

    private async Task<int> KeyAsync(Edition edition, string folder) => Assert.Single(await TextsAsync(edition, folder)).Key;

    private Task<List<(int Key, string Words)>> TextsAsync(Edition edition, string folder) => app.QueryAsync(async db => folder == "items"
        ? (await db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => new { item.Id, item.Summary }).ToListAsync()).ConvertAll(item => (item.Id, item.Summary))
        : (await db.NewsItems.Where(news => news.EditionId == edition.Id).Select(news => new { news.Id, news.Body }).ToListAsync()).ConvertAll(news => (news.Id, news.Body)));

    /// <summary>As the script of the page does.</summary>
    private static async Task<HttpResponseMessage> KeepAsync(Visitor editor, WebPage page, string words)
    {
        var fields = page.Document.QuerySelectorAll("form:has([name='Form.Version']) [name^='Form.']:not([type=checkbox])").ToDictionary(
            field => field.GetAttribute("name")!,
            field => field is AngleSharp.Html.Dom.IHtmlTextAreaElement text ? text.Value : field is AngleSharp.Html.Dom.IHtmlSelectElement select ? select.Value ?? "" : field.GetAttribute("value") ?? "");
        fields[fields.ContainsKey("Form.Body") ? "Form.Body" : "Form.Summary"] = words;
        fields["state"] = "Typed";
        using var content = new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, page.One("#draft").GetAttribute("data-address")) { Content = content };
        request.Headers.Add("RequestVerificationToken", page.One("main input[name=__RequestVerificationToken]").GetAttribute("value"));
        return await editor.Http.SendAsync(request);
    }
}
