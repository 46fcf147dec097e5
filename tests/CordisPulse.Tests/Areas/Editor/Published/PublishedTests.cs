using System.Net;
using System.Text.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Published;

public sealed class PublishedTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Correction = "We said 12 per cent; the report says 21 <per cent>.";

    [Fact]
    public async Task A_correction_is_shown_on_the_edition_on_its_item_and_in_the_feeds()
    {
        var edition = await new EditionBuilder().Item("Put right").Item("Right from the start").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await PublishAsync(publisher, address, new() { ["Form.Note"] = "First" });
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Summary"] = "It rose by 21 per cent." }, "#item-form");

        Assert.Equal(HttpStatusCode.Redirect, (await PublishAsync(publisher, address, new() { ["Form.Correction"] = Correction, ["Form.Note"] = "Reader wrote in" })).Status);

        using var reader = app.Visit();
        var page = await reader.GetAsync($"/editions/{edition.Month}");
        Assert.Contains($"Corrected on {Today}: {Correction}", Squeezed(page.One(".corrections .correction").TextContent), StringComparison.Ordinal);
        Assert.Equal("#put-right", page.One(".corrections a").GetAttribute("href"));
        Assert.Contains(Correction, page.One("#put-right .correction").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#right-from-the-start .correction"));
        Assert.Contains(Correction, (await reader.GetAsync($"/editions/{edition.Month}/put-right")).One(".correction").TextContent, StringComparison.Ordinal);
        Assert.Null((await reader.GetAsync($"/editions/{edition.Month}/right-from-the-start")).Document.QuerySelector(".correction"));
        Assert.Contains("We said 12 per cent", (await reader.GetAsync("/feed.atom")).Html, StringComparison.Ordinal);
        Assert.Contains($"**Corrected on {Today}:** We said 12 per cent", (await reader.GetAsync($"/editions/{edition.Month}.md")).Html, StringComparison.Ordinal);
        Assert.Contains($"Corrected on {Today}: We said 12 per cent", Squeezed((await reader.GetAsync($"/editions/{edition.Month}.txt")).Html), StringComparison.Ordinal);
        Assert.Contains(Correction, (await publisher.GetAsync($"{address}/preview/web-frame")).One("#put-right .correction").TextContent, StringComparison.Ordinal);
        Assert.Contains("We said 12 per cent", (await reader.GetAsync("/feed.json")).Html, StringComparison.Ordinal);
        var sector = await app.QueryAsync(db => db.PublishedItems.Where(item => item.Month == edition.Month && item.Slug == "put-right").Select(item => item.Sector!.Slug).SingleAsync());
        Assert.Contains("We said 12 per cent", (await reader.GetAsync($"/sectors/{sector}/feed.atom")).Html, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await reader.GetAsync($"/editions/{edition.Month}.json")).Html);
        var told = Assert.Single(json.RootElement.GetProperty("corrections").EnumerateArray());
        Assert.Equal("put-right", Assert.Single(told.GetProperty("items").EnumerateArray()).GetString());
        Assert.False(told.TryGetProperty("itemIds", out _));
    }

    [Fact]
    public async Task An_item_that_was_removed_and_brought_back_is_the_one_that_was_published()
    {
        var edition = await new EditionBuilder().Item("Gone and back").Item("Never moved").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        async Task<int> KeyAsync() => await app.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id && item.Title != "Never moved").Select(item => item.Id).SingleAsync());
        async Task WriteAsync(string field, string words) => await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{await KeyAsync()}"), new() { [field] = words }, "#item-form");
        await PublishAsync(publisher, address, []);
        await WriteAsync("Form.Summary", "It rose by 12 per cent.");
        await PublishAsync(publisher, address, new() { ["Form.Correction"] = "It was 12." });

        var board = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{await KeyAsync()}"), null, "#remove-form"));
        await publisher.SubmitAsync(board, null, "#undo");

        Assert.NotEqual(edition.Items[0].Id, await KeyAsync());
        Assert.Null((await publisher.GetAsync($"{address}/publish")).Document.QuerySelector("#publish-form"));
        // The preheader names the titles of itself.
        string[] renamed = ["The subject or the preheader of the e-mail is changed.", "Changed: Back under another name"];
        await WriteAsync("Form.Title", "Back under another name");
        Assert.Equal(renamed, (await publisher.GetAsync($"{address}/publish")).Texts(".changes li"));
        await PublishAsync(publisher, address, new() { ["Form.Correction"] = Correction });

        using var reader = app.Visit();
        var moved = await reader.GetAsync($"/editions/{edition.Month}/gone-and-back");
        Assert.Equal((HttpStatusCode.MovedPermanently, $"/editions/{edition.Month}/back-under-another-name"), (moved.Status, moved.Location?.OriginalString));
        var page = await reader.FollowAsync(moved);
        Assert.Equal(2, page.Document.QuerySelectorAll(".correction").Length);
        Assert.Equal(renamed, (await publisher.GetAsync($"{address}/published/3")).Texts(".changes li"));
    }

    [Fact]
    public async Task Corrections_stay_when_the_edition_is_published_again()
    {
        var edition = await new EditionBuilder().Item("Often put right").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await PublishAsync(publisher, address, []);
        foreach (var (summary, correction) in ((string, string?)[])[("Two.", "It was one."), ("Two, with a comma.", null), ("Three.", "It was two.")])
        {
            await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Summary"] = summary }, "#item-form");
            await PublishAsync(publisher, address, correction is null ? [] : new() { ["Form.Correction"] = correction });
        }

        using var reader = app.Visit();
        var page = await reader.GetAsync($"/editions/{edition.Month}");
        Assert.Equal(["It was one.", "It was two."], page.Document.QuerySelectorAll("#often-put-right .correction").Select(line => Squeezed(line.TextContent).Split(": ")[1]));
        Assert.Null((await publisher.GetAsync($"{address}/publish")).Document.QuerySelector("#publish-form"));
    }

    [Fact]
    public async Task What_was_never_published_can_not_be_corrected()
    {
        var edition = await new EditionBuilder().Item("Too early").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync($"/editor/editions/{edition.Month}/publish");
        Assert.Null(page.Document.QuerySelector("#Form_Correction"));

        await Assert.ThrowsAsync<CordisPulse.Core.RefusedException>(() => app.InScopeAsync(services =>
            ((EditionPublisher)services.GetService(typeof(EditionPublisher))!).PublishAsync(new PublishEdition { Month = edition.Month, ById = null, Correction = "No." })));

        Assert.Equal(0, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
    }

    [Fact]
    public async Task A_correction_that_is_too_long_is_told_at_its_field_and_kept()
    {
        var edition = await new EditionBuilder().Item("Long corrected").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await PublishAsync(publisher, address, []);
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Summary"] = "Changed." }, "#item-form");

        var refused = await PublishAsync(publisher, address, new() { ["Form.Correction"] = new string('x', 1001) });

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("1,000 characters", refused.One("#Form_Correction-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(1001, refused.One("#Form_Correction").TextContent.Trim().Length);
    }

    [Fact]
    public async Task Staff_see_every_publication_as_readers_saw_it_and_what_it_changed()
    {
        var edition = await new EditionBuilder().Item("Before it changed").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        Assert.Contains("Nothing has been published", (await publisher.GetAsync($"{address}/published")).Text, StringComparison.Ordinal);
        await PublishAsync(publisher, address, new() { ["Form.Note"] = "The first" });
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "After it changed" }, "#item-form");
        await PublishAsync(publisher, address, new() { ["Form.Correction"] = "The title was another." });
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/unpublish"), new() { ["Form.Reason"] = "A wrong figure" }, "#unpublish-form");

        using var editor = await app.SignInAsync(Roles.Editor);
        var list = await editor.GetAsync((await editor.GetAsync($"{address}/publish")).One("#revisions").GetAttribute("href")!);
        Assert.Equal(["Revision 2", "Revision 1"], list.Texts("#published th a"));
        Assert.Contains("The title was another.", list.One("#published tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("A wrong figure", list.One("#taken-back").TextContent, StringComparison.Ordinal);

        var second = await editor.GetAsync($"{address}/published/2");
        Assert.Contains("Changed: After it changed", second.Texts("#changes li"));
        var first = await editor.GetAsync($"{address}/published/1");
        Assert.Null(first.Document.QuerySelector("#changes"));
        var frame = await editor.GetAsync(first.One("iframe").GetAttribute("src")!);
        Assert.Contains("Before it changed", frame.Text, StringComparison.Ordinal);
        Assert.Contains("sandbox", frame.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"{address}/published/3")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"{address}/published/3/frame")).Status);
    }

    private static string Today => CordisPulse.Core.Site.UkTime.Day(DateTime.UtcNow);

    private static async Task<WebPage> PublishAsync(Visitor publisher, string address, Dictionary<string, string?> fields)
        => await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), fields, "#publish-form");

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
