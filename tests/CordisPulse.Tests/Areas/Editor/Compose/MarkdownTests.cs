using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Areas.Editor.Compose;

/// <summary>The preview beside a field is what the public page makes of the same words.</summary>
public sealed class MarkdownTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_text_is_shown_as_its_readers_will_see_it_and_counted()
    {
        var edition = await new EditionBuilder().Item("Other item").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var shown = await ShowAsync(editor, edition.Month.ToString(), "One **bold** word, [another](#other-item), [none](#nothing).\n\n<script>alert(1)</script> [bad](javascript:alert(1))");

        Assert.Equal("bold", shown.One("#rendered strong").TextContent);
        Assert.Equal([$"/editions/{edition.Month}/other-item"], shown.Document.QuerySelectorAll("a").Select(link => new Uri(link.GetAttribute("href")!).AbsolutePath));
        Assert.Empty(shown.Document.QuerySelectorAll("#rendered script"));
        Assert.Equal("3", (await ShowAsync(editor, edition.Month.ToString(), "One **bold** [word](https://example.org).")).One("#rendered").GetAttribute("data-words"));
    }

    [Fact]
    public async Task A_text_too_long_to_be_saved_is_not_shown_and_an_edition_that_is_not_there_shows_none()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ShowAsync(editor, edition.Month.ToString(), new string('x', Limits.Text + 1))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ShowAsync(editor, "2032-01", "Words")).Status);
    }

    [Fact]
    public async Task The_form_of_an_item_knows_how_long_the_other_summaries_are()
    {
        var edition = await new EditionBuilder()
            .Item("Mine", item => item.Summary = string.Join(' ', Enumerable.Repeat("word", 500)))
            .Item("Short", item => item.Summary = "one two").Item("Middle", item => item.Summary = "one two three").Item("Empty", item => item.Summary = "")
            .Item("Long", item => item.Summary = string.Join(' ', Enumerable.Repeat("word", 90)))
            .SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        Assert.Equal("3", page.One("[name='Form.Summary']").GetAttribute("data-habit"));
    }

    private static async Task<WebPage> ShowAsync(Visitor editor, string month, string text)
    {
        using var content = new FormUrlEncodedContent([new("text", text)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/editor/editions/{month}/markdown") { Content = content };
        request.Headers.Add("RequestVerificationToken", (await editor.GetAsync("/editor")).One("input[name=__RequestVerificationToken]").GetAttribute("value"));
        using var response = await editor.Http.SendAsync(request);
        return await WebPage.ReadAsync(response);
    }
}
