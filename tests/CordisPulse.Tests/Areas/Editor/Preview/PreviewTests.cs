using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Areas.Editor.Preview;

public sealed class PreviewTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData("web", "web-frame")]
    [InlineData("email", "email-frame")]
    public async Task The_working_text_is_shown_in_a_frame_that_runs_nothing(string show, string frame)
    {
        var edition = await new EditionBuilder().Item("Unpublished so far").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show={show}&phone=true");
        var element = page.One("iframe.phone");
        Assert.Equal("", element.GetAttribute("sandbox"));
        Assert.EndsWith(frame, element.GetAttribute("src"), StringComparison.Ordinal);
        var content = await editor.GetAsync(element.GetAttribute("src")!);
        Assert.Equal(HttpStatusCode.OK, content.Status);
        Assert.Contains("Unpublished so far", content.Text, StringComparison.Ordinal);
        Assert.Contains("sandbox", content.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", content.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_part_is_shown_as_it_is()
    {
        var edition = await new EditionBuilder().Item("In plain words").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=text");

        Assert.Contains("In plain words", page.One("pre").TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_test_goes_to_the_editor_alone()
    {
        var edition = await new EditionBuilder().Item("Tested").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email");

        var sent = await editor.SubmitAsync(page, null, "#test-form");

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var mail = Assert.Single(Directory.GetFiles(app.Outbox, "*.eml"));
        Assert.Contains("To: editor-", await File.ReadAllTextAsync(mail), StringComparison.Ordinal);
    }
}
