using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Checks;

/// <summary>The checks of words run on what is typed and not saved.</summary>
public sealed class TypedTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task What_is_typed_is_checked_among_the_saved_texts_and_nothing_is_saved()
    {
        var edition = await new EditionBuilder()
            .Item("First", item => item.Summary = "This report looks at support for unpaid carers. It is long.")
            .Item("Second", item => item.Source = new() { Name = $"Source {Guid.NewGuid():N}", Slug = $"{Guid.NewGuid():N}" })
            .SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var before = await CountRowsAsync();

        var answer = await TypeAsync(editor, edition, "items", "item", edition.Items[1].Id, new()
        {
            ["Form.Summary"] = "This report looks at support for unpaid carers. Referrals rose by 12.",
            ["Form.Url"] = "#",
        });

        Assert.Equal(
            ["Form_Summary", "Form_Summary", "Form_Url"],
            answer.Document.QuerySelectorAll("li").Select(entry => entry.GetAttribute("data-field")!).Order());
        Assert.Contains("“First”", answer.Text, StringComparison.Ordinal);
        Assert.Contains("“rose by 12”", answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await CountRowsAsync());
        Assert.Equal("What Second says.", await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[1].Id).Select(i => i.Summary).SingleAsync()));
    }

    [Fact]
    public async Task A_text_that_was_never_saved_is_told_what_is_wrong_and_not_what_is_missing()
    {
        var edition = await new EditionBuilder().Item("Only").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Equal("", (await TypeAsync(editor, edition, "items", "item", 0, new() { ["Form.Title"] = "Begun" })).Text.Trim());
        var item = await TypeAsync(editor, edition, "items", "item", 0, new() { ["Form.Summary"] = "Click [here](https://example.org/)." });
        Assert.Contains("does not say where it leads", item.Text, StringComparison.Ordinal);
        var news = await TypeAsync(editor, edition, "news", "news", 0, new() { ["Form.Title"] = "Seminar", ["Form.Deadline"] = "2001-01-01", ["Form.EventOn"] = "soon" });
        Assert.Equal(["Form_Deadline"], news.Document.QuerySelectorAll("li").Select(entry => entry.GetAttribute("data-field")));
    }

    [Fact]
    public async Task The_form_of_the_intake_says_what_the_checks_say_among_the_texts_of_the_newest_draft()
    {
        var edition = await new EditionBuilder().With(row => row.Month = new EditionMonth(2099, 3)).Item("Longer than that", item => item.Summary = "Five words are its habit.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "Checked here" }, "#item-form");
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Checked here").Select(item => item.Id).SingleAsync());
        var page = await editor.GetAsync($"/editor/intake/{id}");
        Assert.Equal($"/editor/editions/{edition.Month}/typed/item/0", page.One("#findings").GetAttribute("data-address"));
        Assert.Equal("5", page.One("#Form_Summary").GetAttribute("data-habit"));
        Assert.Empty(page.Texts("#findings li"));

        await editor.SubmitAsync(page, new() { ["Form.Summary"] = "“Waits rose by 12." }, "#item-form");

        page = await editor.GetAsync($"/editor/intake/{id}");
        Assert.Contains("“rose by 12”", page.One("#Form_Summary-finding").TextContent, StringComparison.Ordinal);
        Assert.Contains("What opens at “Waits rose by 12.” is not closed.", page.One("#Form_Summary-finding").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_introduction_and_the_subject_are_checked_as_they_are_typed()
    {
        var edition = await new EditionBuilder().Item("Only").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await TypeAsync(editor, edition, "texts", "edition", 0, new() { ["Form.Introduction"] = "Two  spaces.", ["Form.Subject"] = "The digest of May 1999", ["Form.Preheader"] = "In the May 1999 edition" });

        Assert.Equal(["Form_Introduction", "Form_Subject", "Form_Preheader"], answer.Document.QuerySelectorAll("li").Select(entry => entry.GetAttribute("data-field")));
    }

    [Fact]
    public async Task A_warning_that_was_left_is_not_told_again_and_a_text_that_is_gone_or_too_long_is_refused()
    {
        var edition = await new EditionBuilder().Item("Only", item => item.Summary = "Each ICB has a plan.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var checks = await editor.GetAsync($"/editor/editions/{edition.Month}/checks");
        await editor.SubmitAsync(checks, new() { ["Reason"] = "Readers know it" }, "[data-kind=acronym-unexplained] form.leave");

        var typed = await TypeAsync(editor, edition, "items", "item", edition.Items[0].Id, new() { ["Form.Summary"] = "Each ICB has a plan, and more." });
        Assert.DoesNotContain("ICB", typed.Text, StringComparison.Ordinal);
        typed = await TypeAsync(editor, edition, "items", "item", edition.Items[0].Id, new() { ["Form.Summary"] = "Each ICB has a JSNA." });
        Assert.Contains("“JSNA”", typed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("“ICB”", typed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await TypeAsync(editor, edition, "items", "item", int.MaxValue, new() { ["Form.Summary"] = "Gone." }, open: edition.Items[0].Id)).Status);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await TypeAsync(editor, edition, "items", "item", edition.Items[0].Id, new() { ["Form.Summary"] = new string('a', 200_001) })).Status);
    }

    /// <summary>Posts the rendered form to where a script would.</summary>
    private static async Task<WebPage> TypeAsync(Visitor editor, Edition edition, string form, string text, int id, Dictionary<string, string?> values, int? open = null)
    {
        var path = form == "texts" ? form : (open ?? id) == 0 ? $"{form}/new" : $"{form}/{open ?? id}";
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/{path}");
        var element = page.One("form:has([name='Form.Version'])");
        if (open is null)
            Assert.Equal($"/editor/editions/{edition.Month}/typed/{text}/", page.One("#findings").GetAttribute("data-address")!.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
        element.SetAttribute("action", open is null ? page.One("#findings").GetAttribute("data-address")! : $"/editor/editions/{edition.Month}/typed/{text}/{id}");
        return await editor.SubmitAsync(page, values, $"#{element.Id}");
    }

    private Task<int> CountRowsAsync() => app.QueryAsync(async db => await db.Revisions.CountAsync() + await db.TextDrafts.CountAsync() + await db.Sources.CountAsync());
}
