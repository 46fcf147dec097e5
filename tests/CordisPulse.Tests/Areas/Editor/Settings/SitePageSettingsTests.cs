using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class SitePageSettingsTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_preview_shows_the_result_and_saves_nothing_and_a_save_reaches_readers()
    {
        using var administrator = await app.SignInAsync(Roles.Administrator);
        using var reader = app.Visit();
        var page = await administrator.GetAsync("/editor/settings/pages/about");
        var preview = await administrator.SubmitAsync(
            page, new() { ["Form.Title"] = "About us", ["Form.Body"] = "Some **strong** words.\r\n\r\n<script>alert(1)</script>" }, button: "[name=preview]");

        Assert.Equal(HttpStatusCode.OK, preview.Status);
        Assert.Equal("strong", preview.One(".preview-text strong").TextContent);
        Assert.Empty(preview.Document.QuerySelectorAll(".preview-text script"));
        Assert.False(await app.QueryAsync(db => db.SitePages.AnyAsync(row => row.Slug == "about")));

        var saved = await administrator.SubmitAsync(preview);
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("strong", (await reader.GetAsync("/about")).One("main strong").TextContent);
        Assert.Equal(1, await app.QueryAsync(db => db.Revisions.CountAsync(revision => revision.Text == RevisedText.SitePage)));
    }

    [Theory]
    [InlineData("Form.Title", "Form_Title", "Enter a title.")]
    [InlineData("Form.Body", "Form_Body", "Enter the text.")]
    public async Task An_empty_field_is_refused(string field, string id, string message)
    {
        using var administrator = await app.SignInAsync(Roles.Administrator);
        var answer = await administrator.SubmitAsync(await administrator.GetAsync("/editor/settings/pages/accessibility"), new() { [field] = "" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(message, answer.One($"#{id}-error").TextContent);
        Assert.False(await app.QueryAsync(db => db.SitePages.AnyAsync(row => row.Slug == "accessibility")));
    }

    [Fact]
    public async Task Two_who_change_the_text_that_ships_do_not_overwrite_each_other()
    {
        using var first = await app.SignInAsync(Roles.Administrator);
        using var second = await app.SignInAsync(Roles.Administrator);
        var page = await second.GetAsync("/editor/settings/pages/privacy");
        await first.SubmitAsync(await first.GetAsync("/editor/settings/pages/privacy"), new() { ["Form.Body"] = "The first." });
        var conflict = await second.SubmitAsync(page, new() { ["Form.Body"] = "The second." });

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["The first.", "The second."], conflict.Texts(".versions pre"));
        Assert.Equal("The first.", await BodyAsync());
        await second.SubmitAsync(conflict);
        Assert.Equal("The second.", await BodyAsync());
    }

    [Fact]
    public async Task A_page_that_there_is_none_of_is_not_found()
    {
        using var administrator = await app.SignInAsync(Roles.Administrator);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/editor/settings/pages/secrets")).Status);
    }

    private Task<string> BodyAsync() => app.QueryAsync(db => db.SitePages.Where(row => row.Slug == "privacy").Select(row => row.Body).SingleAsync());
}
