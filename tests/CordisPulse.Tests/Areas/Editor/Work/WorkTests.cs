using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Work;

public sealed class WorkTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string ItemForm = "#item-form";

    [Fact]
    public async Task An_item_is_given_to_a_colleague_and_found_by_who_has_it_and_how_far_it_is()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var (mine, theirs) = (await AddAsync(editor, "Trams for me"), await AddAsync(editor, "Trams for nobody"));
        var me = (await colleague.GetAsync("/editor")).One(".desk-who span").TextContent;
        var key = await app.QueryAsync(db => db.Users.Where(user => user.Email == me).Select(user => user.Id).SingleAsync());

        var page = await editor.GetAsync($"/editor/intake/{mine}");
        var assigned = await editor.FollowAsync(await editor.SubmitAsync(page, new() { ["assignee"] = $"{key}" }, "#assign-form"));
        Assert.Contains($"The item is assigned to {me}.", assigned.Text, StringComparison.Ordinal);
        var staged = await editor.FollowAsync(await editor.SubmitAsync(assigned, new() { ["stage"] = "Summarised" }, "#stage-form"));
        Assert.Contains("The stage is “summarised” now.", staged.Text, StringComparison.Ordinal);
        Assert.Equal($"{key}", staged.One("#assignee option[selected]").GetAttribute("value"));

        var own = await colleague.SubmitAsync(await colleague.GetAsync("/editor/intake"), new() { ["who"] = "me" }, "#filter-form");
        Assert.Contains("Trams for me", own.Text, StringComparison.Ordinal);
        Assert.Contains($"for {me.Split('@')[0]} · summarised", own.One($"#item-{mine} .work-mark").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Trams for nobody", own.Text, StringComparison.Ordinal);
        // An act on the list comes back to what was looked for.
        var removed = await colleague.SubmitAsync(own, form: $"#item-{mine} form[action*=remove]");
        Assert.Equal("/editor/intake?who=me#intake", removed.Location?.OriginalString);
        await colleague.SubmitAsync(await colleague.FollowAsync(removed), null, "#put-back");

        // What comes back is a new row, and who works on it comes along.
        Assert.Contains("Trams for me", (await colleague.GetAsync("/editor/intake?who=me&stage=Summarised")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Trams for me", (await colleague.GetAsync("/editor/intake?who=me&stage=Ready")).Text, StringComparison.Ordinal);
        Assert.Contains("Trams for nobody", (await editor.GetAsync("/editor/intake?who=nobody&stage=ToRead")).Text, StringComparison.Ordinal);
        Assert.Contains("Trams for me", (await editor.GetAsync($"/editor/intake?who={key}")).Text, StringComparison.Ordinal);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{theirs}"), new() { ["assignee"] = "" }, "#assign-form");
        Assert.Contains("Trams for nobody", (await editor.GetAsync("/editor/intake?who=<b>")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_stand_beside_the_item_and_only_their_author_takes_them_back()
    {
        var edition = await new EditionBuilder().Item("Bins on wheels").SaveAsync(app);
        var (id, address) = (edition.Items[0].Id, $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);

        await first.SubmitAsync(await first.GetAsync(address), new() { ["Note.Text"] = "Is the <b>figure</b> on page 3?" }, "#note-form");
        var seen = await second.GetAsync(address);
        Assert.Contains("Is the <b>figure</b> on page 3?", seen.One(".notes").TextContent, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector(".notes form"));
        Assert.Contains("1 note", (await second.GetAsync($"/editor/editions/{edition.Month}")).One($"#item-{id} .work-mark").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(second, $"/editor/notes/{await NoteAsync(id)}/take-back"));

        var taken = await first.FollowAsync(await first.SubmitAsync(await first.GetAsync(address), null, ".notes form"));
        Assert.Contains("This note was taken back.", taken.One(".notes").TextContent, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.ItemNotes.AnyAsync(note => note.Text.Contains("figure"))));
        Assert.Null((await second.GetAsync($"/editor/editions/{edition.Month}")).Document.QuerySelector($"#item-{id} .work-mark"));
    }

    [Theory]
    [InlineData("  ", "Write the note first.")]
    [InlineData(null, "A note can have 1,000 characters.")]
    public async Task A_note_that_can_not_be_kept_comes_back_as_it_was(string? text, string message)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await AddAsync(editor, $"Noted {Guid.NewGuid():N}");
        var written = text ?? new string('n', 1001);

        var refused = await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{id}"), new() { ["Note.Text"] = written }, "#note-form");

        Assert.Equal((HttpStatusCode.BadRequest, written.Trim()), (refused.Status, refused.One("#Note_Text").TextContent.Trim()));
        Assert.Contains(message, refused.One("#Note_Text-error").TextContent, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.ItemNotes.AnyAsync(note => note.ItemId == id)));
    }

    [Fact]
    public async Task Whoever_writes_the_item_meets_no_conflict_with_who_assigns_it()
    {
        var edition = await new EditionBuilder().Item("Written and assigned").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        using var writer = await app.SignInAsync(Roles.Editor);
        using var other = await app.SignInAsync(Roles.Editor);
        var form = await writer.GetAsync(address);

        await other.SubmitAsync(await other.GetAsync(address), new() { ["stage"] = "Ready" }, "#stage-form");
        await other.SubmitAsync(await other.GetAsync(address), new() { ["Note.Text"] = "Done." }, "#note-form");
        Assert.Equal(HttpStatusCode.Redirect, (await writer.SubmitAsync(form, new() { ["Form.Summary"] = "Written meanwhile." }, ItemForm)).Status);

        var id = edition.Items[0].Id;
        Assert.Equal(ItemStage.Ready, await app.QueryAsync(db => db.ItemProgress.Where(row => row.ItemId == id).Select(row => row.Stage).SingleAsync()));
    }

    [Fact]
    public async Task What_is_odd_changes_nothing()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await AddAsync(editor, "Oddly assigned");
        var email = $"closed-{Guid.NewGuid():N}@example.org";
        await app.AddAccountAsync(email, Roles.Editor);
        var closed = await app.QueryAsync(async db =>
        {
            var account = await db.Users.SingleAsync(user => user.Email == email);
            account.LockoutEnd = Account.Never;
            await db.SaveChangesAsync();
            return account.Id;
        });

        Assert.DoesNotContain(email, (await editor.GetAsync($"/editor/intake/{id}")).One("#assignee").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(editor, $"/editor/items/{id}/assignee", "assignee", $"{closed}"));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(editor, $"/editor/items/{id}/assignee", "assignee", "2147483647"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(editor, $"/editor/items/{id}/assignee", "assignee", "me"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(editor, $"/editor/items/{id}/stage", "stage", "99"));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(editor, "/editor/items/2147483647/stage", "stage", "Ready"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(editor, "/editor/items/2147483647/notes", "Note.Text", ""));
        Assert.False(await app.QueryAsync(db => db.ItemProgress.AnyAsync(row => row.ItemId == id || row.ItemId == int.MaxValue)));
    }

    private async Task<int> AddAsync(Visitor editor, string title)
    {
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = title }, ItemForm);
        return await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == title).Select(item => item.Id).SingleAsync());
    }

    private Task<int> NoteAsync(int itemId) => app.QueryAsync(db => db.ItemNotes.Where(note => note.ItemId == itemId).Select(note => note.Id).SingleAsync());

    private static async Task<HttpStatusCode> PostAsync(Visitor editor, string path, string field = "", string value = "")
    {
        var token = (await editor.GetAsync("/editor/intake")).One("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new(field, value)]);
        using var answer = await editor.Http.PostAsync(path, content);
        return answer.StatusCode;
    }
}
