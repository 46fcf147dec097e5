using System.Net;
using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests;

public sealed class VisibleTextTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Unseen = "\u200B\u202E \u2060\u3164";

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" \n\t", false)]
    [InlineData(Unseen, false)]
    [InlineData("\u0301", false)]
    [InlineData("a", true)]
    [InlineData("\u202Eשלום", true)]
    [InlineData("👩‍🔬", true)]
    public void Text_is_what_can_be_seen(string? text, bool isVisible) => Assert.Equal(isVisible, VisibleText.IsIn(text));

    [Fact]
    public async Task What_nobody_can_see_is_refused_as_nothing_is()
    {
        var edition = await new EditionBuilder().Item("Seen").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var source = await editor.SubmitAsync(await editor.GetAsync("/editor/settings/sources"), new() { ["Form.Name"] = Unseen }, "form[method=post][action$='/sources']");
        var note = await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["Note.Text"] = Unseen }, "#note-form");
        var comment = await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/preview/comments"), new() { ["Text"] = Unseen }, $"#comments-item-{edition.Items[0].Id} form");

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [source.Status, note.Status, comment.Status]);
        Assert.Contains("Enter a name.", source.Text, StringComparison.Ordinal);
        Assert.Contains("Write the note first.", note.Text, StringComparison.Ordinal);
        Assert.Contains("Write your comment first.", comment.Text, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.ItemNotes.AnyAsync()));
    }
}
