using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Areas.Editor;

/// <summary>What people paste without meaning harm, and what others write who do: it is told at its field and kept, or does nothing.</summary>
public sealed class BadInputTests(PulseApp app) : IClassFixture<PulseApp>
{
    private static readonly string[] Leading = ["href", "src", "action", "formaction"];
    private static readonly string[] Running = ["javascript:", "data:", "vbscript:"];

    /// <summary>More than any form but the desk's takes; what reading 20 megabytes back takes is left to the long run.</summary>
    private static readonly string Page = string.Concat(Enumerable.Repeat("<p>A paragraph of a page that somebody saved.</p> ", (LongRun.IsAsked ? 20 : 5) * 1024 * 1024 / 51));

    private static readonly string Odd = string.Join("\n\n",
        "\u202Ereversed\u202C and \u200Bzero\u200D width\uFEFF, \u05E9\u05DC\u05D5\u05DD, \U0001F469\u200D\U0001F469\u200D\U0001F467 and a lone \U0001F9E9",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        string.Join('\n', Enumerable.Range(0, 50).Select(depth => $"{new string(' ', depth * 2)}- level {depth}")));

    [Theory]
    [InlineData("items", "#item-form", "Form.Summary", "The summary can have 200,000 characters.")]
    [InlineData("news", "main form", "Form.Body", "The text can have 200,000 characters.")]
    [InlineData("texts", "#texts-form", "Form.Introduction", "The introduction can have 200,000 characters.")]
    [InlineData("/editor/intake", "#links-form", "Form.Links", "500,000 characters")]
    [InlineData("/editor/intake/add", "#item-form", "Form.Summary", "The summary can have 200,000 characters.")]
    [InlineData("/editor/import", "#import-form", "Form.Text", "2,000,000 can be pasted")]
    public async Task A_pasted_page_of_many_megabytes_is_told_at_its_field_and_kept(string path, string form, string field, string message)
    {
        var edition = await new EditionBuilder().News("Some news").Item("Some item").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = path switch
        {
            "items" => $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}",
            "news" => $"/editor/editions/{edition.Month}/news/{edition.News[0].Id}",
            "texts" => $"/editor/editions/{edition.Month}/texts",
            _ => path,
        };

        var page = await editor.SubmitAsync(await editor.GetAsync(address), new() { [field] = Page }, form);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(page.Texts(".error"), error => error.Contains(message, StringComparison.Ordinal));
        Assert.Equal(Page.Length, ((IHtmlTextAreaElement)page.One($"[name='{field}']")).Value.Length);
    }

    [Theory]
    [InlineData("items", "#item-form")]
    [InlineData("items/new", "#item-form")]
    [InlineData("news", "#news-form")]
    [InlineData("news/new", "#news-form")]
    [InlineData("/editor/intake/add", "#item-form")]
    public async Task A_title_that_nobody_can_see_is_told_at_its_field(string path, string form)
    {
        var edition = await new EditionBuilder().News("Seen news").Item("Seen item").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = path switch
        {
            "items" => $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}",
            "news" => $"/editor/editions/{edition.Month}/news/{edition.News[0].Id}",
            ['/', ..] => path,
            _ => $"/editor/editions/{edition.Month}/{path}",
        };

        var page = await editor.SubmitAsync(await editor.GetAsync(address), new() { ["Form.Title"] = "\u200B\u200D\u2060", ["Form.Url"] = "https://example.org/kept" }, form);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Enter a title.", page.One("#Form_Title-error").TextContent);
        Assert.Equal("https://example.org/kept", page.One("[name='Form.Url']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_title_of_many_megabytes_is_told_at_its_field()
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = Page }, "#item-form");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("The title can have 500 characters.", page.Texts(".error"));
    }

    [Fact]
    public async Task Scripts_marks_that_turn_text_around_tables_and_deep_lists_are_kept_as_typed_and_do_nothing()
    {
        var edition = await new EditionBuilder().Item("Odd text").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";

        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(await editor.GetAsync(address), new() { ["Form.Summary"] = Odd }, "#item-form")).Status);

        Assert.Equal(Odd, ((IHtmlTextAreaElement)(await editor.GetAsync(address)).One("[name='Form.Summary']")).Value.ReplaceLineEndings("\n"));
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview/web-frame");
        Assert.Contains("level 49", page.One("#odd-text").TextContent, StringComparison.Ordinal);
        Assert.Equal(50, page.Document.QuerySelectorAll("#odd-text ul").Length);
        Assert.Empty(page.Document.QuerySelectorAll("#odd-text script, #odd-text img"));
    }

    [Theory]
    [InlineData("|a|b|\n|-|-|\n", "|a|b|\n", 33_000)]
    [InlineData("", "> ", 99_000)]
    [InlineData("", "- a\n", 49_000)]
    [InlineData("", "https://example.org/ ", 9_400)]
    public async Task A_text_that_would_stop_the_desk_is_shown_as_typed_and_told(string start, string repeated, int times)
    {
        var edition = await new EditionBuilder().Item("Large text").Item("Another").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var editor = await app.SignInAsync(Roles.Editor);
        var text = start + string.Concat(Enumerable.Repeat(repeated, times));

        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(
            await editor.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Summary"] = text }, "#item-form")).Status);

        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(address)).Status);
        Assert.Contains("text as it was typed", (await editor.GetAsync($"{address}/checks")).One("main").TextContent, StringComparison.Ordinal);
        var shown = (await editor.GetAsync($"{address}/preview/web-frame")).One("#large-text");
        Assert.Contains(text.Trim()[..50], shown.TextContent, StringComparison.Ordinal);
        Assert.Empty(shown.QuerySelectorAll("table, blockquote, li, a[href='https://example.org/']"));
    }

    [Theory]
    [InlineData("javascript:alert(document.domain)")]
    [InlineData("JaVaScRiPt\t:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:msgbox(1)")]
    public async Task A_link_that_would_run_is_a_link_nowhere(string link)
    {
        var text = $"[Words]({link}) and <{link}> and <a href=\"{link}\">more</a>\n\n[other]\n\n[other]: {link}";
        var edition = await new EditionBuilder()
            .With(row => row.Introduction = text)
            .News("Odd news", news => (news.Url, news.Body) = (link, text))
            .Item("Odd item", item => (item.Url, item.Summary, item.Doi, item.Authors) = (link, text, link, [link]))
            .SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            var item = new EditionItem { Title = "Odd in the intake", Slug = "odd", Url = link, Summary = text, Intake = new() { AddedUtc = DateTime.UtcNow, Description = text } };
            db.Add(item);
            return await db.SaveChangesAsync();
        });
        var address = $"/editor/editions/{edition.Month}";
        using var editor = await app.SignInAsync(Roles.Editor);

        foreach (var path in (string[])["", "/texts", "/checks", "/history", "/preview/web-frame", "/preview/email-frame", "/preview/comments", $"/items/{edition.Items[0].Id}", $"/news/{edition.News[0].Id}"])
            AssertHarmless(await editor.GetAsync(address + path));
        AssertHarmless(await editor.GetAsync("/editor/intake"));
        AssertHarmless(await editor.GetAsync($"/editor/intake/add?url={Uri.EscapeDataString(link)}&title={Uri.EscapeDataString(text)}"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_answered_by_the_desk_with_a_way_back()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/texts";

        var unreadable = await PostAsync(editor, address, "Form.Introduction=%00");
        Assert.Equal((HttpStatusCode.BadRequest, "That request did not work"), (unreadable.Status, unreadable.One("h1").TextContent));
        Assert.Equal([$"/editor/editions/{edition.Month}", "/editor"], unreadable.Document.QuerySelectorAll("#ways-back a").Select(link => link.GetAttribute("href")));
        Assert.NotNull(unreadable.Document.QuerySelector(".desk-main"));

        var large = await PostAsync(editor, "/editor/intake", "Form.Links=" + new string('a', 65 * 1024 * 1024));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "That is too large"), (large.Status, large.One("h1").TextContent));
        Assert.Equal(["/editor"], large.Document.QuerySelectorAll("#ways-back a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task An_edition_that_is_not_there_is_not_offered_as_the_way_back()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        foreach (var gone in new[] { "/editor/editions/2999-05", "/editor/editions/2999-05/checks" })
        {
            var page = await editor.GetAsync(gone);
            Assert.Equal((HttpStatusCode.NotFound, "/editor"), (page.Status, page.One("#ways-back a").GetAttribute("href")));
        }

        Assert.Equal($"/editor/editions/{edition.Month}", (await editor.GetAsync($"/editor/editions/{edition.Month}/items/999999")).One("#ways-back a").GetAttribute("href"));
    }

    private static void AssertHarmless(WebPage page)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var addresses = page.Document.QuerySelectorAll("[href], [src], [action], [formaction]")
            .SelectMany(element => Leading.Select(element.GetAttribute))
            .OfType<string>()
            .Select(address => string.Concat(address.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c))));
        Assert.DoesNotContain(addresses, address => Running.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<WebPage> PostAsync(Visitor visitor, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        // A body that is too large is refused before it is sent.
        request.Headers.ExpectContinue = true;
        using var response = await visitor.Http.SendAsync(request);
        return await WebPage.ReadAsync(response);
    }
}
