using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Import;

namespace CordisPulse.Tests.Areas.Editor.Import;

/// <summary>Files that would keep the program busy for minutes: each has an answer within seconds.</summary>
public sealed class HostileFileTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string TooMany = "is no edition: it has more than 2,000,000 characters or 50,000 lines.";

    [Theory]
    [InlineData("<div></x>", 200_000, "is no edition: its elements stand more than 1,000 deep within each other.")]
    [InlineData("<div><table></div></table>", 200_000, "is no edition: it takes too long to read.")]
    [InlineData("<h2>A</h2><p>b</p>", 30_000, TooMany)]
    [InlineData("<p>a long line of text that says nothing</p>", 60_000, TooMany)]
    [InlineData("one<br>", 60_000, TooMany)]
    public async Task A_page_is_refused_in_one_line(string piece, int times, string refusal)
        => await RefusedAsync("edition.html", Encoding.ASCII.GetBytes("<body>" + Repeated(piece, times)), refusal);

    [Fact]
    public async Task A_message_is_refused_in_one_line()
        => await RefusedAsync("edition.eml", Encoding.ASCII.GetBytes("From: a@example.org\nContent-Type: text/html\n\n" + Repeated("<p>one</p>\n", 60_000)), TooMany);

    [Fact]
    public async Task A_document_is_refused_in_one_line()
    {
        using var word = new WordEdition();
        for (var i = 0; i < 60_000; i++)
            word.Text(WordEdition.Words("one"));

        await RefusedAsync("edition.docx", word.ToBytes(), TooMany);
    }

    [Fact]
    public async Task A_page_with_formatting_that_is_closed_in_the_wrong_order_is_read()
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var review = await UploadAsync(editor, "edition.html", Encoding.ASCII.GetBytes($"<h1>Digest: May 2019</h1><h2>Criminal Justice</h2><h3>Reports</h3><h4>A report</h4><p>{Repeated("<b><i>word </b></i>", 20_000)}</p>"));

        Assert.Equal(HttpStatusCode.OK, review.Status);
        Assert.Equal("1", review.One("#item-count").TextContent);
    }

    private async Task RefusedAsync(string name, byte[] content, string refusal)
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await UploadAsync(editor, name, content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains($"{name} {refusal}", answer.One(".error").TextContent, StringComparison.Ordinal);
    }

    private async Task<WebPage> UploadAsync(Visitor editor, string name, byte[] content)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(app.Directory, Guid.NewGuid().ToString("N"))).FullName, name);
        await File.WriteAllBytesAsync(file, content);
        return await editor.SubmitAsync(await editor.GetAsync("/editor/import"), new() { ["Form.Files"] = file }, "#import-form");
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
