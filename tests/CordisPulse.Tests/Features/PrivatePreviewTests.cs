using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

/// <summary>A draft, shown by a private link to somebody who has no account.</summary>
public sealed class PrivatePreviewTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_colleague_without_an_account_reads_the_draft_as_it_is_now()
    {
        var edition = await new EditionBuilder().News("Our news").Item("Still a draft").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor, "link-maker@example.org");
        using var guest = app.Visit();
        var path = await MakeLinkAsync(editor, edition, "Ann of the council", days: 3);

        var page = await guest.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Still a draft", page.One("main").TextContent, StringComparison.Ordinal);
        Assert.Contains($"Private draft of {edition.Month.Title}", page.One(".draft-bar").TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.Headers["X-Robots-Tag"]);
        Assert.Equal("noindex", page.One("meta[name=robots]").GetAttribute("content"));
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        Assert.Empty(guest.Cookies);
        Assert.Null(page.Document.QuerySelector("link[rel=canonical]"));
        Assert.DoesNotContain("/editor", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("link-maker@", page.Html, StringComparison.Ordinal);

        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Changed since" }, "#item-form");
        Assert.Contains("Changed since", (await guest.GetAsync(path)).Text, StringComparison.Ordinal);

        var row = (await editor.GetAsync($"/editor/editions/{edition.Month}/preview/links")).One("#links tbody tr");
        Assert.Equal("Ann of the council", row.QuerySelector("th")!.TextContent);
        Assert.Contains("link-maker@example.org", row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Not yet", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_link_can_say_has_an_end()
    {
        var edition = await new EditionBuilder().Item("Much spoken of").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await MakeLinkAsync(editor, edition, "Ann");
        await app.QueryAsync(async db =>
        {
            var link = await db.PreviewLinks.SingleAsync(one => one.EditionId == edition.Id);
            db.AddRange(Enumerable.Range(0, EditionComments.MostByOneLink).Select(i => new Comment
            {
                EditionId = edition.Id,
                Place = CommentedPlace.Whole,
                PlaceTitle = "",
                Text = $"Comment {i}",
                GuestName = "Ann",
                PreviewLinkId = link.Id,
                WrittenUtc = DateTime.UtcNow,
            }));
            return await db.SaveChangesAsync();
        });

        var refused = await guest.SubmitAsync(
            await guest.GetAsync(path), new() { ["Text"] = "One more", ["Name"] = "Ann" }, $"#comments-item-{edition.Items[0].Id} form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("comments have been made through this link", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_hash_of_a_link_is_kept_and_no_log_has_it()
    {
        var edition = await new EditionBuilder().Item("Quiet").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await MakeLinkAsync(editor, edition, "Ann");
        var token = path.Split('/')[^1];

        await guest.GetAsync(path);
        await guest.GetAsync($"{path}/nothing");
        await guest.GetAsync($"{path}/comments");
        using var odd = await guest.Http.PostAsync($"{path}/comments", new StringContent("%%%", null, "application/x-www-form-urlencoded"));

        Assert.True((int)odd.StatusCode is >= 400 and < 500);
        Assert.Equal(SecretToken.Hash(token), await app.QueryAsync(db => db.PreviewLinks.Where(link => link.EditionId == edition.Id).Select(link => link.Hash).SingleAsync()));
        Assert.DoesNotContain(token, app.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, (await editor.GetAsync($"/editor/editions/{edition.Month}/preview/links")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_is_taken_back_has_ended_or_was_never_made_shows_one_calm_page()
    {
        var edition = await new EditionBuilder().Item("Hidden again").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var (revoked, ended) = (await MakeLinkAsync(editor, edition, "Ann"), await MakeLinkAsync(editor, edition, "Bob"));
        var open = await guest.GetAsync(revoked);
        var links = await editor.GetAsync($"/editor/editions/{edition.Month}/preview/links");
        var row = links.Document.QuerySelectorAll("#links tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Ann");

        var answer = await editor.SubmitAsync(links, null, $"#{row.Id} form");
        await app.QueryAsync(db => db.PreviewLinks.Where(link => link.ForWhom == "Bob" && link.EditionId == edition.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.EndsUtc, DateTime.UtcNow.AddSeconds(-1))));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        List<WebPage> pages = [await guest.GetAsync(revoked), await guest.GetAsync(ended), await guest.GetAsync($"/preview/{SecretToken.Create()}"), await guest.GetAsync("/preview/x")];
        Assert.All(pages, page => Assert.Equal(HttpStatusCode.NotFound, page.Status));
        Assert.All(pages, page => Assert.Equal(pages[0].Html, page.Html));
        Assert.Contains("This link shows nothing now", pages[0].One("h1").TextContent, StringComparison.Ordinal);
        Assert.Equal("no-store", pages[0].Headers["Cache-Control"]);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.SubmitAsync(open, new() { ["Text"] = "Too late", ["Name"] = "Ann" }, "#comments-whole form")).Status);
        Assert.Equal(0, await app.QueryAsync(db => db.Comments.CountAsync(comment => comment.EditionId == edition.Id)));

        var again = await editor.SubmitAsync(links, null, $"#{row.Id} form");
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("has been taken back already", again.One(".error-summary").TextContent, StringComparison.Ordinal);
        var told = (await editor.GetAsync($"/editor/editions/{edition.Month}/preview/links")).One("#links").TextContent;
        Assert.Contains("Taken back", told, StringComparison.Ordinal);
        Assert.Contains("Ended", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_s_name_holds_nothing_that_nobody_sees()
    {
        var edition = await new EditionBuilder().Item("Of a guest").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await MakeLinkAsync(editor, edition, "Ann");

        var refused = await guest.SubmitAsync(await guest.GetAsync(path), new() { ["Text"] = "Fine.", ["Name"] = "Ann \u202Egnp" }, "#comments-whole form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("characters that nobody sees", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.QueryAsync(db => db.Comments.CountAsync(comment => comment.EditionId == edition.Id)));
    }

    [Fact]
    public async Task What_was_typed_while_a_link_ended_is_handed_back_to_copy_and_kept_nowhere()
    {
        const string Words = "Is <b>2021</b> right?\nPage 3 says \"2020\".";
        var edition = await new EditionBuilder().Item("Ended meanwhile").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await MakeLinkAsync(editor, edition, "Ann");
        var open = await guest.GetAsync(path);
        await app.QueryAsync(db => db.PreviewLinks.Where(link => link.EditionId == edition.Id).ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedUtc, DateTime.UtcNow)));

        var late = await guest.SubmitAsync(open, new() { ["Text"] = Words, ["Name"] = "Ann" }, "#comments-whole form");
        using var stranger = await guest.Http.PostAsync($"/preview/{SecretToken.Create()}/comments", new FormUrlEncodedContent([new("Text", Words)]));

        Assert.Equal(HttpStatusCode.NotFound, late.Status);
        Assert.Contains("This link shows nothing now", late.One("h1").TextContent, StringComparison.Ordinal);
        Assert.Equal("Your comment was not sent", late.One("#unsent").TextContent);
        Assert.Equal(Words, late.One("#typed").TextContent);
        Assert.Equal("no-store", late.Headers["Cache-Control"]);
        Assert.Equal(late.Html, await stranger.Content.ReadAsStringAsync());
        Assert.Equal(0, await app.QueryAsync(db => db.Comments.CountAsync(comment => comment.EditionId == edition.Id)));
        Assert.DoesNotContain("Page 3 says", app.Log, StringComparison.Ordinal);

        var endless = await guest.SubmitAsync(open, new() { ["Text"] = $"{new string('x', 3999)}😀{new string('y', 9000)}" }, "#comments-whole form");
        Assert.Equal(new string('x', 3999), endless.One("#typed").TextContent);
        Assert.Null((await guest.SubmitAsync(open, new() { ["Text"] = " " }, "#comments-whole form")).Document.QuerySelector("#typed"));
    }

    [Fact]
    public async Task A_link_needs_somebody_whom_it_is_for_and_one_of_the_offered_ends()
    {
        var edition = await new EditionBuilder().Item("Shown to nobody").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview/links");

        var nobody = await editor.SubmitAsync(page, new() { ["Form.Days"] = "30" }, "#link-form");
        var forEver = await editor.SubmitAsync(page, new() { ["Form.ForWhom"] = "Ann", ["Form.Days"] = "4000" }, "#link-form");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (nobody.Status, forEver.Status));
        Assert.Contains("Say whom the link is for", nobody.One(".error").TextContent, StringComparison.Ordinal);
        Assert.Equal("30", nobody.One("[name='Form.Days'] [selected]").GetAttribute("value"));
        Assert.Equal("Ann", forEver.One("[name='Form.ForWhom']").GetAttribute("value"));
        Assert.Equal(0, await app.QueryAsync(db => db.PreviewLinks.CountAsync(link => link.EditionId == edition.Id)));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/editions/2031-01/preview/links")).Status);
    }

    /// <returns>The path of the private page.</returns>
    internal static async Task<string> MakeLinkAsync(Visitor staff, Edition edition, string forWhom, int days = 7)
    {
        var page = await staff.GetAsync($"/editor/editions/{edition.Month}/preview/links");
        var made = await staff.SubmitAsync(page, new() { ["Form.ForWhom"] = forWhom, ["Form.Days"] = $"{days}" }, "#link-form");
        Assert.Equal(HttpStatusCode.OK, made.Status);
        return new Uri(made.One("#made-link").TextContent).AbsolutePath;
    }
}
