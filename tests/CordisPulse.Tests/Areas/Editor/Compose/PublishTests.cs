using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Compose;

public sealed class PublishTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task An_edition_is_published_published_again_and_taken_back()
    {
        var edition = await new EditionBuilder().Item("Ready").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/editions/{edition.Month}")).Status);

        var published = await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), new() { ["Form.Note"] = "First" }, "#publish-form");
        Assert.Equal(HttpStatusCode.Redirect, published.Status);
        Assert.Contains("Ready", (await reader.GetAsync($"/editions/{edition.Month}")).Text, StringComparison.Ordinal);

        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Readier" }, "#item-form");
        var page = await publisher.GetAsync($"{address}/publish");
        Assert.Equal(["The subject or the preheader of the e-mail is changed.", "Changed: Readier"], page.Texts(".changes li"));
        Assert.DoesNotContain("Readier", (await reader.GetAsync($"/editions/{edition.Month}")).Text, StringComparison.Ordinal);
        await publisher.SubmitAsync(page, null, "#publish-form");
        Assert.Contains("Readier", (await reader.GetAsync($"/editions/{edition.Month}")).Text, StringComparison.Ordinal);

        var unchanged = await publisher.GetAsync($"{address}/publish");
        Assert.Contains("nothing to publish again", unchanged.One("#as-published").TextContent, StringComparison.Ordinal);
        Assert.Null(unchanged.Document.QuerySelector("#publish-form"));
        Assert.Equal($"{address}/unpublish", unchanged.One("#take-back").GetAttribute("href"));

        var unpublish = await publisher.GetAsync($"{address}/unpublish");
        var refused = await publisher.SubmitAsync(unpublish, null, "#unpublish-form");
        Assert.Contains("Say why", refused.One(".error").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(refused, new() { ["Form.Reason"] = "A wrong figure" }, "#unpublish-form");
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/editions/{edition.Month}")).Status);
        Assert.Equal("A wrong figure", await app.QueryAsync(db => db.Withdrawals.Where(w => w.EditionId == edition.Id).Select(w => w.Reason).SingleAsync()));
    }

    [Fact]
    public async Task Errors_block_publishing_and_lead_to_their_place()
    {
        var edition = await new EditionBuilder().Item("Linkless", item => item.Url = "#").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var place = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}#Form_Url";
        var page = await publisher.GetAsync($"/editor/editions/{edition.Month}/publish");
        Assert.Null(page.Document.QuerySelector("#publish-form"));
        Assert.Equal("It can be published here once 1 error is mended.", page.One("#not-yet").TextContent);
        Assert.Equal(place, page.One(".findings a").GetAttribute("href"));

        // The form of a page that was opened while all was well, and knows nothing of what it saw.
        var other = await new EditionBuilder().Item("Well").SaveAsync(app);
        var form = await publisher.GetAsync($"/editor/editions/{other.Month}/publish");
        form.One("#publish-form").SetAttribute("action", $"/editor/editions/{edition.Month}/publish");
        var answer = await publisher.SubmitAsync(form, new() { ["seen"] = "", ["Form.Note"] = "First" }, "#publish-form");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(place, answer.One(".findings a").GetAttribute("href"));
        Assert.Equal("First", answer.One("[name='Form.Note']").TextContent.Trim());
        Assert.Equal(0, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Another_order_is_a_change_that_can_be_published()
    {
        var edition = await new EditionBuilder().Item("One").Item("Two").With(e => e.Subject = "Ours").With(e => e.Preheader = "Ours").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        await publisher.SubmitAsync(await publisher.GetAsync(address), null, $"#item-{edition.Items[1].Id} form.moves", "button.up");

        var page = await publisher.GetAsync($"{address}/publish");

        Assert.Equal(["The order of the items is changed."], page.Texts(".changes li"));
        Assert.NotNull(page.Document.QuerySelector("#publish-form"));
    }

    [Fact]
    public async Task An_edition_without_items_is_not_published()
    {
        var edition = await new EditionBuilder().News("Only news").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);

        var answer = await publisher.GetAsync($"/editor/editions/{edition.Month}/publish");

        Assert.Null(answer.Document.QuerySelector("#publish-form"));
        Assert.Contains("The edition has no items.", answer.One(".findings").TextContent, StringComparison.Ordinal);
        var checks = await publisher.GetAsync($"/editor/editions/{edition.Month}/checks");
        Assert.NotNull(checks.One(".error-finding[data-kind='edition-empty']"));
        Assert.Equal(0, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
    }

    [Fact]
    public async Task What_readers_see_already_is_not_published_again()
    {
        var edition = await new EditionBuilder().Item("Same").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync($"/editor/editions/{edition.Month}/publish");
        await publisher.SubmitAsync(page, null, "#publish-form");

        var again = await publisher.SubmitAsync(page, null, "#publish-form");

        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("nothing has changed since revision 1", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Publishing_while_others_edit_takes_one_state_of_the_edition()
    {
        const int rounds = 12;
        var edition = await new EditionBuilder().Item("First").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var editor = await app.SignInAsync(Roles.Editor);
        var publish = await publisher.GetAsync($"{address}/publish");
        var add = await editor.GetAsync($"{address}/items/new?sector=1&section=1");

        var editing = Task.Run(async () =>
        {
            for (var i = 0; i < rounds; i++)
            {
                await editor.SubmitAsync(add, new() { ["Form.Title"] = $"Passing {i}", ["Form.Url"] = $"https://example.org/{i}", ["Form.Summary"] = "It says something." }, "#item-form");
                var item = await app.QueryAsync(db => db.EditionItems.Where(row => row.EditionId == edition.Id).MaxAsync(row => row.Id));
                await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{item}"), null, "#remove-form");
            }
        });
        while (!editing.IsCompleted)
        {
            Assert.True((int)(await publisher.SubmitAsync(publish, null, "#publish-form")).Status < 500);
            // What readers see already is not offered; the form of before is then as good as any.
            if (await publisher.GetAsync($"{address}/publish") is var now && now.Document.QuerySelector("#publish-form") is not null)
                publish = now;
        }

        await editing;

        foreach (var (document, items) in await app.QueryAsync(async db => (await db.PublishedEditions
            .Where(p => p.EditionId == edition.Id && p.Revision == p.Edition!.PublishedRevision)
            .Select(p => new { p.Document, Items = db.PublishedItems.Where(i => i.PublishedEditionId == p.Id).OrderBy(i => i.Position).Select(i => i.Title).ToList() })
            .ToListAsync()).Select(row => (row.Document, row.Items))))
            Assert.Equal(Core.Editions.EditionDocument.FromJson(document).Items.Select(placed => placed.Item.Title), items);
    }

    public static TheoryData<string> TextsThatNobodyWrites =>
    [
        new string('[', 300), new string('>', 300), string.Concat(Enumerable.Repeat("[a](", 20_000)), string.Concat(Enumerable.Repeat("*a ", 20_000)),
        string.Concat(Enumerable.Range(0, 100).Select(depth => $"{new string(' ', depth * 2)}- x\n")), string.Concat(Enumerable.Repeat("![", 2000)), new string('`', 40_000),
    ];

    [Theory]
    [MemberData(nameof(TextsThatNobodyWrites))]
    public async Task Whatever_a_text_holds_its_edition_can_be_worked_on_and_published(string text)
    {
        var edition = await new EditionBuilder().With(row => row.Introduction = text).News("Odd", news => news.Body = text).Item("Odd", item => item.Summary = text).SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        foreach (var page in (string[])["", "/texts", "/checks", "/preview", "/preview/web-frame", "/preview/email-frame", "/preview?show=text", $"/items/{edition.Items[0].Id}", "/publish"])
            Assert.Equal(HttpStatusCode.OK, (await publisher.GetAsync(address + page)).Status);

        await app.InScopeAsync(services => services.GetRequiredService<Core.Editions.EditionPublisher>().PublishAsync(
            new() { Month = edition.Month, ById = null, Allow = [Core.Editions.PublishEdition.AllowAll] }));

        using var reader = app.Visit();
        foreach (var ending in (string[])["", ".md", ".txt", ".json", "/odd"])
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/editions/{edition.Month}{ending}")).Status);
    }

    [Fact]
    public async Task What_a_colleague_saves_meanwhile_is_not_published_unseen()
    {
        var edition = await new EditionBuilder().Item("Calm").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var colleague = await app.SignInAsync(Roles.Editor);
        var page = await publisher.GetAsync($"{address}/publish");
        await colleague.SubmitAsync(await colleague.GetAsync($"{address}/texts"), new() { ["Form.Introduction"] = "Half fini" }, "#texts-form");

        var refused = await publisher.SubmitAsync(page, new() { ["Form.Note"] = "First" }, "#publish-form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("changed the edition after you opened this page", refused.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal("First", refused.One("[name='Form.Note']").TextContent.Trim());
        Assert.Equal(0, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(refused, null, "#publish-form")).Status);
    }

    [Fact]
    public async Task What_was_typed_for_a_publication_that_is_refused_is_there_once_what_stands_in_its_way_is_mended()
    {
        var edition = await new EditionBuilder().Item("Right").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var colleague = await app.SignInAsync(Roles.Publisher);
        async Task EditAsync(string url)
            => await colleague.SubmitAsync(await colleague.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Url"] = url }, "#item-form");
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        await EditAsync("https://example.org/right");
        var page = await publisher.GetAsync($"{address}/publish");
        await EditAsync("#");

        var refused = await publisher.SubmitAsync(page, new() { ["Form.Correction"] = "The link was another.", ["Form.Note"] = "Told by a reader" }, "#publish-form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["Keep this until it can be published"], refused.Texts("#publish-form button"));
        var kept = await publisher.FollowAsync(await publisher.SubmitAsync(refused, new() { ["Form.Note"] = "Told by two readers" }, "#publish-form"));
        Assert.Equal("Kept for you alone, until the edition is published.", kept.One(".flash p").TextContent);
        await EditAsync("https://example.org/right-at-last");
        var later = await publisher.GetAsync($"{address}/publish");
        Assert.Equal("The link was another.", later.One("[name='Form.Correction']").TextContent.Trim());
        Assert.Equal("Told by two readers", later.One("[name='Form.Note']").TextContent.Trim());
        Assert.Equal("", (await colleague.GetAsync($"{address}/publish")).One("[name='Form.Note']").TextContent.Trim());
        await publisher.SubmitAsync(later, null, "#publish-form");

        Assert.Equal("The link was another.", await app.QueryAsync(db => db.PublishedEditions.Where(p => p.EditionId == edition.Id && p.Revision == 2).Select(p => p.Correction).SingleAsync()));
        Assert.Equal(0, await app.QueryAsync(db => db.TextDrafts.CountAsync(draft => draft.EditionId == edition.Id && draft.Fields != null)));
    }

    [Fact]
    public async Task An_edition_whose_first_title_is_one_long_word_can_be_worked_on_and_published()
    {
        var edition = await new EditionBuilder().Item(new string('a', 199) + "\U0001F600" + new string('b', 60)).SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        foreach (var page in (string[])["", "/texts", "/checks", "/preview", "/publish"])
            Assert.Equal(HttpStatusCode.OK, (await publisher.GetAsync($"/editor/editions/{edition.Month}{page}")).Status);

        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{edition.Month}/publish"), null, "#publish-form");

        using var reader = app.Visit();
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/editions/{edition.Month}")).Status);
    }

    [Fact]
    public async Task An_editor_sees_who_can_publish_and_cannot()
    {
        var edition = await new EditionBuilder().Item("Waiting").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/publish");
        Assert.Contains("publisher-", page.One("#who-publishes").TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("#publish-form"));

        var token = page.One("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var act in new[] { "publish", "unpublish" })
        {
            using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Form.Reason", "x")]);
            using var answer = await editor.Http.PostAsync($"/editor/editions/{edition.Month}/{act}", content);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Contains("/editor/not-allowed", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Texts_opened_before_publishing_can_be_saved_after_it()
    {
        var edition = await new EditionBuilder().Item("Steady").SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var texts = await publisher.GetAsync($"/editor/editions/{edition.Month}/texts");
        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{edition.Month}/publish"), null, "#publish-form");

        var saved = await publisher.SubmitAsync(texts, new() { ["Form.Subject"] = "Mine" }, "#texts-form");

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
    }
}
