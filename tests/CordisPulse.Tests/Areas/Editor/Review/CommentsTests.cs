using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Features;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Review;

/// <summary>What staff and guests say of a draft, beside what they say it of.</summary>
public sealed class CommentsTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task A_guest_comments_is_answered_and_the_thread_is_settled_and_opened_again()
    {
        var edition = await new EditionBuilder().Item("Discussed").SaveAsync(app);
        var (address, place) = ($"/editor/editions/{edition.Month}/preview/comments", $"#comments-item-{edition.Items[0].Id}");
        using var editor = await app.SignInAsync(Roles.Editor, "answers@example.org");
        using var guest = app.Visit();
        var path = await PrivatePreviewTests.MakeLinkAsync(editor, edition, "Ann");

        var said = await guest.SubmitAsync(await guest.GetAsync(path), new() { ["Text"] = "Is this <figure> right?", ["Name"] = " Ann\tExample " }, $"{place} form");

        Assert.Equal(HttpStatusCode.Redirect, said.Status);
        var id = await app.QueryAsync(db => db.Comments.Where(comment => comment.EditionId == edition.Id).Select(comment => comment.Id).SingleAsync());
        Assert.Equal($"{path}?sent={id}#sent", said.Location!.ToString());
        Assert.StartsWith("What you wrote is sent", (await guest.FollowAsync(said)).One($"#comment-{id} #sent").TextContent, StringComparison.Ordinal);
        var shown = await guest.GetAsync(path);
        Assert.Null(shown.Document.QuerySelector("#sent"));
        Assert.Equal("Is this <figure> right?", shown.One($"{place} #comment-{id} .words").TextContent);
        Assert.StartsWith("Ann Example (guest)", shown.One($"#comment-{id} .by").TextContent, StringComparison.Ordinal);
        Assert.Equal("As Ann Example", shown.One("#comments-whole .guest summary").TextContent);

        var desk = await editor.GetAsync(address);
        Assert.Equal("Preview (1 open comment)", desk.One(".edition-nav [aria-current]").TextContent);
        Assert.Equal("Comments (1 open comment)", desk.One(".tabs [aria-current]").TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(desk, new() { ["Text"] = "Yes,\r\nsee page 3." }, $"#comment-{id} form")).Status);
        shown = await guest.GetAsync(path);
        Assert.Equal(["Is this <figure> right?", "Yes,\nsee page 3."], shown.Texts($"#comment-{id} .words"));
        Assert.Contains("answers ", shown.One($"#comment-{id}").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("answers@", shown.Html, StringComparison.Ordinal);

        await editor.SubmitAsync(await editor.GetAsync(address), null, $"#comment-{id} .settle");
        desk = await editor.GetAsync(address);
        Assert.Equal("1 settled", desk.One($"{place} .settled > summary").TextContent);
        Assert.Contains("Settled by answers@example.org", desk.One($"{place} .settled #comment-{id}").TextContent, StringComparison.Ordinal);
        Assert.Equal("Preview", desk.One(".edition-nav [aria-current]").TextContent);
        Assert.Null((await guest.GetAsync(path)).Document.QuerySelector(".settle"));

        await editor.SubmitAsync(desk, null, $"#comment-{id} .settle");
        Assert.NotNull((await editor.GetAsync(address)).One($"{place} > #comment-{id}"));
    }

    [Fact]
    public async Task An_answer_from_a_page_that_was_opened_before_opens_a_settled_thread_again()
    {
        var edition = await new EditionBuilder().Item("Not over").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/preview/comments";
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync(address), new() { ["Text"] = "One" }, "#comments-introduction form");
        var before = await editor.GetAsync(address);
        await editor.SubmitAsync(before, null, "#comments-introduction .settle");

        await editor.SubmitAsync(before, new() { ["Text"] = "Two" }, "#comments-introduction .thread .say form");

        Assert.Equal(["One", "Two"], (await editor.GetAsync(address)).Texts("#comments-introduction > .thread .words"));
        var twice = await editor.SubmitAsync(await editor.GetAsync(address), null, "#comments-introduction .settle");
        Assert.Equal(HttpStatusCode.Redirect, twice.Status);
        var late = await editor.SubmitAsync(before, null, "#comments-introduction .settle");
        Assert.Contains("settled that comment already", late.One(".error-summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_is_kept_when_its_item_is_removed_and_found_again_when_it_is_put_back()
    {
        var edition = await new EditionBuilder().Item("Comes and goes").Item("Stays").SaveAsync(app);
        var (board, item) = ($"/editor/editions/{edition.Month}", edition.Items[0].Id);
        using var editor = await app.SignInAsync(Roles.Editor);
        var open = await editor.GetAsync($"{board}/preview/comments");
        await editor.SubmitAsync(open, new() { ["Text"] = "Do we need it?" }, $"#comments-item-{item} form");

        var removed = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{board}/items/{item}"), null, "#remove-form"));
        await editor.SubmitAsync(open, new() { ["Text"] = "Written meanwhile" }, $"#comments-item-{item} form");

        var page = await editor.GetAsync($"{board}/preview/comments");
        Assert.Equal("On an item since removed", page.One(".on-all h3").TextContent);
        Assert.Equal(["Comes and goes", "Comes and goes"], page.Texts(".on-all .removed"));
        Assert.Equal(["Do we need it?", "Written meanwhile"], page.Texts(".on-all .words"));

        await editor.SubmitAsync(removed, null, "#undo");
        var back = await app.QueryAsync(db => db.EditionItems.Where(row => row.EditionId == edition.Id && row.Title == "Comes and goes").Select(row => row.Id).SingleAsync());
        Assert.Equal(["Do we need it?", "Written meanwhile"], (await editor.GetAsync($"{board}/preview/comments")).Texts($"#comments-item-{back} .words"));
    }

    [Fact]
    public async Task What_is_not_taken_is_shown_at_its_place_with_what_was_typed()
    {
        var edition = await new EditionBuilder().News("Some news").Item("Plain").SaveAsync(app);
        var place = $"#comments-news-{edition.News[0].Id}";
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await PrivatePreviewTests.MakeLinkAsync(editor, edition, "Ann");
        var page = await guest.GetAsync(path);

        var nameless = await guest.SubmitAsync(page, new() { ["Text"] = "Who am I?", ["Name"] = " " }, $"{place} form");
        Assert.Equal(HttpStatusCode.BadRequest, nameless.Status);
        Assert.NotNull(nameless.One($"{place} > details[open]"));
        Assert.Equal("Who am I?", nameless.One($"{place} textarea").TextContent);
        Assert.Equal("Say who you are.", nameless.One($"{place} .problem").TextContent);
        Assert.Null(nameless.Document.QuerySelector("#comments-whole details[open]"));

        var longest = string.Concat(Enumerable.Repeat("abc\r\n", 1000));
        Assert.Equal(HttpStatusCode.Redirect, (await guest.SubmitAsync(page, new() { ["Text"] = longest, ["Name"] = "Ann" }, $"{place} form")).Status);
        var tooLong = await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/preview/comments"), new() { ["Text"] = new string('x', 4001) }, $"{place} > .say form");
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Equal("A comment can have 4,000 characters.", tooLong.One($"{place} > .say .problem").TextContent);
        Assert.Equal(4001, tooLong.One($"{place} > .say textarea").TextContent.Length);
        Assert.Equal(1, await app.QueryAsync(db => db.Comments.CountAsync(comment => comment.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Of_many_comments_the_newest_are_shown_and_lead_to_the_others()
    {
        var edition = await new EditionBuilder().Item("Much talked of").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await PrivatePreviewTests.MakeLinkAsync(editor, edition, "Ann");
        var first = await AddAsync(edition, 0, null);
        for (var i = 1; i < EditionComments.MostListed; i++)
            await AddAsync(edition, i, null);
        Assert.Null((await guest.GetAsync(path)).Document.QuerySelector(".listed"));
        await AddAsync(edition, EditionComments.MostListed, null);
        await AddAsync(edition, EditionComments.MostListed + 1, first);
        // Where the thread is a page further, it is said above.
        var second = await app.QueryAsync(db => db.Comments.Where(comment => comment.EditionId == edition.Id && comment.Text == "Comment 1").Select(comment => comment.Id).SingleAsync());
        Assert.StartsWith("What you wrote is sent", (await guest.GetAsync($"{path}?sent={second}")).One("main > #sent").TextContent, StringComparison.Ordinal);

        foreach (var (reader, address) in new[] { (guest, path), (editor, $"/editor/editions/{edition.Month}/preview/comments") })
        {
            var newest = await reader.GetAsync(address);
            var words = newest.Texts("#comments-whole .words").ToList();
            Assert.Equal(EditionComments.MostListed + 1, words.Count);
            // What the newest answers stands above it, and the two before the rest are a page further.
            Assert.Equal(["Comment 0", $"Comment {EditionComments.MostListed + 1}", "Comment 2"], words.Take(3));
            Assert.DoesNotContain("Comment 1", words);

            var earlier = await reader.GetAsync(newest.One(".listed a").GetAttribute("href")!);
            Assert.Equal(["Comment 0", "Comment 1"], earlier.Texts("#comments-whole .words"));
            var refused = await reader.SubmitAsync(earlier, new() { ["Text"] = " " }, $"#comment-{first} form");
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Equal(["Comment 0", "Comment 1"], refused.Texts("#comments-whole .words"));
            Assert.Equal(words, (await reader.GetAsync(earlier.One(".listed a").GetAttribute("href")!)).Texts("#comments-whole .words"));
        }
    }

    [Fact]
    public async Task What_is_not_taken_is_kept_when_its_place_has_gone_meanwhile()
    {
        var edition = await new EditionBuilder().Item("Removed meanwhile").Item("Stays here").SaveAsync(app);
        var (board, item) = ($"/editor/editions/{edition.Month}", edition.Items[0].Id);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await PrivatePreviewTests.MakeLinkAsync(editor, edition, "Ann");
        await editor.SubmitAsync(await editor.GetAsync($"{board}/preview/comments"), new() { ["Text"] = "Settled soon" }, "#comments-whole > .say form");
        var open = await guest.GetAsync(path);
        await editor.SubmitAsync(await editor.GetAsync($"{board}/preview/comments"), null, "#comments-whole .settle");
        await editor.SubmitAsync(await editor.GetAsync($"{board}/items/{item}"), null, "#remove-form");

        var answer = await guest.SubmitAsync(open, new() { ["Text"] = new string('x', 4001), ["Name"] = "Ann" }, "#comments-whole .thread form");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(4001, answer.One("#comments-whole details[open] .thread details[open] textarea").TextContent.Length);
        Assert.Equal("A comment can have 4,000 characters.", answer.One("#comments-whole .thread .problem").TextContent);
        var blank = await guest.SubmitAsync(open, new() { ["Text"] = " ", ["Name"] = "Ann" }, $"#comments-item-{item} form");
        Assert.Equal("Write your comment first.", blank.One("#comments-removed .problem").TextContent);
        Assert.Equal("Ann", blank.One("#comments-removed [name=Name]").GetAttribute("value"));
        var nameless = await guest.SubmitAsync(open, new() { ["Text"] = "We still need it" }, $"#comments-item-{item} form");
        Assert.Equal("We still need it", nameless.One("#comments-removed textarea").TextContent);

        Assert.Equal(HttpStatusCode.Redirect, (await guest.SubmitAsync(nameless, new() { ["Name"] = "Ann" }, "#comments-removed form")).Status);
        Assert.Equal(["Removed meanwhile"], (await guest.GetAsync(path)).Texts(".on-all .removed"));
    }

    [Theory]
    [InlineData("Place=Item&PlaceId=999999&Text=x&Name=Ann")]
    [InlineData("Place=Item&Text=x&Name=Ann")]
    [InlineData("Place=Nowhere&Text=x&Name=Ann")]
    [InlineData("Place=77&Text=x&Name=Ann")]
    [InlineData("Place=Whole&AnswersId=999999&Text=x&Name=Ann")]
    [InlineData("Place=Whole&PlaceId=99999999999999&Text=x&Name=Ann")]
    [InlineData("")]
    public async Task A_form_that_we_did_not_render_adds_nothing(string form)
    {
        var edition = await new EditionBuilder().Item("Untouched").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var guest = app.Visit();
        var path = await PrivatePreviewTests.MakeLinkAsync(editor, edition, "Ann");

        using var answer = await guest.Http.PostAsync($"{path}/comments", new StringContent(form, null, "application/x-www-form-urlencoded"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await app.QueryAsync(db => db.Comments.CountAsync(comment => comment.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Comments_are_never_published()
    {
        var edition = await new EditionBuilder().Item("Published soon").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{edition.Month}/preview/comments"), new() { ["Text"] = "Between us" }, $"#comments-item-{edition.Items[0].Id} form");

        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{edition.Month}/publish"), null, "#publish-form");

        foreach (var ending in (string[])["", ".md", ".txt", ".json", "/published-soon"])
        {
            var page = await reader.GetAsync($"/editions/{edition.Month}{ending}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Between us", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("class=\"comments\"", page.Html, StringComparison.Ordinal);
        }

        var frame = await publisher.GetAsync($"/editor/editions/{edition.Month}/preview/web-frame");
        Assert.DoesNotContain("Between us", frame.Html, StringComparison.Ordinal);
    }

    private Task<int> AddAsync(Edition edition, int number, int? answers) => app.QueryAsync(async db =>
    {
        var comment = new Comment { EditionId = edition.Id, Place = CommentedPlace.Whole, Text = $"Comment {number}", GuestName = "Ann", AnswersId = answers, WrittenUtc = DateTime.UtcNow };
        db.Add(comment);
        await db.SaveChangesAsync();
        return comment.Id;
    });
}
