using System.Net;
using System.Net.Http.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Compose;

public sealed class DraftTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string ItemFields = "#item-form";

    [Fact]
    public async Task What_is_typed_is_kept_offered_taken_and_saved_and_is_a_draft_no_longer()
    {
        var edition = await new EditionBuilder().Item("Kept").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(address);
        Assert.Empty(page.Document.QuerySelectorAll("#offered"));

        using var answer = await KeepAsync(editor, page, new() { ["Form.Title"] = "", ["Form.Summary"] = "Typed\nand not saved", ["Form.PublishedOn"] = "not a date" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches("^[0-2][0-9]:[0-5][0-9]$", (await answer.Content.ReadFromJsonAsync<DraftAnswer>())!.Kept);
        Assert.Equal("What Kept says.", await SummaryAsync(edition));
        Assert.Equal(0, await app.QueryAsync(db => db.Revisions.CountAsync(revision => revision.EditionId == edition.Id)));
        var offer = await editor.GetAsync(address);
        Assert.Equal(
            ["Title: saved", "Kept", "Title: what you typed", "(empty)", "Summary: saved", "What Kept says.", "Summary: what you typed", "Typed\nand not saved", "Published: saved", "(empty)", "Published: what you typed", "not a date"],
            offer.Texts("#offered .versions :is(h3, pre)"));
        Assert.Equal($"{address}#Form_Title", offer.One("#take-draft").GetAttribute("action"));
        Assert.Equal("What Kept says.", offer.One("[name='Form.Summary']").TextContent.Trim());

        var taken = await editor.SubmitAsync(offer, null, "#take-draft", "button");
        Assert.Equal("Typed\nand not saved", taken.One("[name='Form.Summary']").TextContent.Trim().ReplaceLineEndings("\n"));
        Assert.Equal("not a date", taken.One("[name='Form.PublishedOn']").GetAttribute("value"));
        Assert.Empty(taken.Document.QuerySelectorAll("#offered"));
        var saved = await editor.SubmitAsync(taken, new() { ["Form.Title"] = "Kept", ["Form.PublishedOn"] = "2022" }, ItemFields);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("Typed\nand not saved", await SummaryAsync(edition));
        Assert.Equal(0, await CountAsync(edition));
    }

    [Theory]
    [InlineData("items/new", "#item-form", "Form.Summary")]
    [InlineData("news/new", "#news-form", "Form.Body")]
    [InlineData("texts", "#texts-form", "Form.Introduction")]
    public async Task Each_form_keeps_what_is_typed_into_it_and_saving_ends_the_draft(string form, string fields, string text)
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/{form}";
        using var editor = await app.SignInAsync(Roles.Editor);

        using var answer = await KeepAsync(editor, await editor.GetAsync(address), new() { [text] = "Words in the making" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var taken = await editor.SubmitAsync(await editor.GetAsync(address), null, "#take-draft", "button");

        Assert.Equal("Words in the making", taken.One($"[name='{text}']").TextContent.Trim());
        var saved = await editor.SubmitAsync(taken, form == "texts" ? null : new() { ["Form.Title"] = "A title" }, fields);
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal(0, await CountAsync(edition));
    }

    [Fact]
    public async Task What_is_typed_into_an_item_of_the_intake_is_kept_and_goes_along_into_the_edition()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        using var colleague = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "Waits and is written" }, ItemFields);
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Waits and is written").Select(item => item.Id).SingleAsync());
        var address = $"/editor/intake/{id}";

        using var answer = await KeepAsync(editor, await editor.GetAsync(address), new() { ["Form.Summary"] = "Half a summary" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("editing this", (await colleague.GetAsync(address)).One("#edited-by").TextContent, StringComparison.Ordinal);
        Assert.Empty((await colleague.GetAsync(address)).Document.QuerySelectorAll("#offered"));
        var taken = await editor.SubmitAsync(await editor.GetAsync(address), null, "#take-draft", "button");
        Assert.Equal("Half a summary", taken.One("[name='Form.Summary']").TextContent.Trim());

        var list = await editor.GetAsync($"/editor/intake?edition={edition.Month}");
        await editor.SubmitAsync(list, new() { ["place"] = "1-1" }, $"#item-{id} form:has(select[name=place])");
        var offer = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{id}");
        Assert.Contains("Summary", offer.One("#offered").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_an_item_of_the_intake_ends_its_draft_and_a_new_one_has_its_own()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        using var kept = await KeepAsync(editor, await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "Not yet there" });
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        var taken = await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), null, "#take-draft", "button");
        Assert.Equal("Not yet there", taken.One("[name='Form.Title']").GetAttribute("value"));

        await editor.SubmitAsync(taken, null, ItemFields);

        Assert.Empty((await editor.GetAsync("/editor/intake/add")).Document.QuerySelectorAll("#offered"));
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Not yet there").Select(item => item.Id).SingleAsync());
        using var again = await KeepAsync(editor, await editor.GetAsync($"/editor/intake/{id}"), new() { ["Form.Summary"] = "More" });
        await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{id}?typed=true"), null, ItemFields);
        Assert.Empty((await editor.GetAsync($"/editor/intake/{id}")).Document.QuerySelectorAll("#offered"));
        Assert.Equal("More", await app.QueryAsync(db => db.EditionItems.Where(item => item.Id == id).Select(item => item.Summary).SingleAsync()));
        using var elsewhere = await KeepAsync(editor, await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "Let go" });
        var gone = await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), null, "#let-draft-go");
        Assert.Equal("/editor/intake/add", gone.Location!.ToString());
    }

    [Fact]
    public async Task A_draft_that_is_let_go_is_offered_no_more()
    {
        var edition = await new EditionBuilder().News("Let go").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/news/{edition.News[0].Id}";
        using var editor = await app.SignInAsync(Roles.Editor);
        using var answer = await KeepAsync(editor, await editor.GetAsync(address), new() { ["Form.Body"] = "Not meant" });

        var gone = await editor.SubmitAsync(await editor.GetAsync(address), null, "#let-draft-go");

        Assert.Equal(address, gone.Location!.ToString());
        Assert.Empty((await editor.FollowAsync(gone)).Document.QuerySelectorAll("#offered"));
        Assert.Equal(0, await CountAsync(edition));
    }

    [Fact]
    public async Task Somebody_elses_draft_is_never_seen_but_that_they_write_is()
    {
        var edition = await new EditionBuilder().Item("Shared").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher);
        using var answer = await KeepAsync(first, await first.GetAsync(address), new() { ["Form.Summary"] = "A secret of the first" });

        var page = await second.GetAsync(address);

        Assert.DoesNotContain("A secret of the first", page.Html, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("#offered"));
        Assert.Matches(@"^editor-\S+ is editing this\.$", page.One("#edited-by:not([hidden])").TextContent);
        using var open = await KeepAsync(second, page, [], DraftState.Open);
        Assert.Matches(@"^editor-", Assert.Single((await open.Content.ReadFromJsonAsync<DraftAnswer>())!.EditedBy));
        using var again = await KeepAsync(first, page: await first.GetAsync(address), [], DraftState.Open);
        Assert.Matches(@"^publisher-", Assert.Single((await again.Content.ReadFromJsonAsync<DraftAnswer>())!.EditedBy));
        using var left = await KeepAsync(second, page, [], DraftState.Left);
        Assert.True((await first.GetAsync(address)).One("#edited-by").HasAttribute("hidden"));
        using var letGo = await PostAsync(second, page, $"/editor/editions/{edition.Month}/drafts/item/{edition.Items[0].Id}/let-go", []);
        Assert.Contains("A secret of the first", (await first.GetAsync($"{address}?typed=true")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_begun_before_somebody_else_saved_meets_their_version_when_it_is_saved()
    {
        var edition = await new EditionBuilder().Item("Both").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);
        using var answer = await KeepAsync(first, await first.GetAsync(address), new() { ["Form.Summary"] = "Of the first." });
        await second.SubmitAsync(await second.GetAsync(address), new() { ["Form.Summary"] = "Of the second." }, ItemFields);

        var taken = await first.SubmitAsync(await first.GetAsync(address), null, "#take-draft", "button");
        var conflict = await first.SubmitAsync(taken, null, ItemFields);

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("Of the second.", await SummaryAsync(edition));
        Assert.Equal("true", conflict.One("#draft").GetAttribute("data-typed"));
        Assert.Equal(1, await CountAsync(edition));
        await first.SubmitAsync(conflict, null, ItemFields);
        Assert.Equal("Of the first.", await SummaryAsync(edition));
        Assert.Equal(0, await CountAsync(edition));
    }

    [Theory]
    [InlineData("items", "Form.Summary", "#item-form")]
    [InlineData("news", "Form.Body", "#news-form")]
    [InlineData("texts", "Form.Introduction", "#texts-form")]
    public async Task Whoever_types_is_told_that_somebody_has_saved_meanwhile(string folder, string field, string form)
    {
        var edition = await new EditionBuilder().Item("Open").News("Open").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/{folder}" + folder switch { "items" => $"/{edition.Items[0].Id}", "news" => $"/{edition.News[0].Id}", _ => "" };
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher);
        await second.SubmitAsync(await second.GetAsync(address), new() { [field] = "As it was." }, form);
        var open = await first.GetAsync(address);
        using var before = await KeepAsync(first, open, new() { [field] = "Of the first." });
        Assert.Null((await before.Content.ReadFromJsonAsync<DraftAnswer>())!.SavedSince);

        await second.SubmitAsync(await second.GetAsync(address), new() { [field] = "Of the second." }, form);

        using var typed = await KeepAsync(first, open, new() { [field] = "More of the first." });
        using var waiting = await KeepAsync(first, open, [], DraftState.Open);
        foreach (var answer in (HttpResponseMessage[])[typed, waiting])
        {
            var saved = (await answer.Content.ReadFromJsonAsync<DraftAnswer>())!.SavedSince!;
            Assert.Matches(@"^publisher-\S+ saved this at \d\d:\d\d; you will see both when you save\.$", saved.Words);
            Assert.Contains("Of the second.", (await first.GetAsync(saved.Address!)).One(".versions").TextContent, StringComparison.Ordinal);
        }

        using var own = await KeepAsync(second, await second.GetAsync(address), [], DraftState.Open);
        Assert.Null((await own.Content.ReadFromJsonAsync<DraftAnswer>())!.SavedSince);
    }

    [Theory]
    [InlineData("items", "Form.Summary")]
    [InlineData("items/new", "Form.Summary")]
    [InlineData("news/new", "Form.Body")]
    [InlineData("texts", "Form.Introduction")]
    [InlineData("/editor/intake/add", "Form.Summary")]
    public async Task What_another_window_has_kept_is_not_written_over_unseen(string form, string field)
    {
        var edition = await new EditionBuilder().Item("Two windows").SaveAsync(app);
        var address = form switch
        {
            "items" => $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}",
            ['/', ..] => form,
            _ => $"/editor/editions/{edition.Month}/{form}",
        };
        using var editor = await app.SignInAsync(Roles.Editor);
        var (first, second) = (await editor.GetAsync(address), await editor.GetAsync(address));
        using var kept = await KeepAsync(editor, first, new() { [field] = "Words of the first window." });

        using var refused = await KeepAsync(editor, second, new() { [field] = "Words of the second window." });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var both = await WebPage.ReadAsync(refused);
        Assert.Equal("Words of the first window.", both.One(".versions > div:first-child pre").TextContent);
        Assert.Equal("Words of the second window.", both.One(".versions > div:last-child pre").TextContent);
        Assert.Equal(["first ", "second "], both.Document.QuerySelectorAll("mark").Select(mark => mark.TextContent));
        using var onward = await KeepAsync(editor, first, new() { [field] = "More of the first window." });
        Assert.Equal(HttpStatusCode.OK, onward.StatusCode);

        // What was seen is no longer what stands.
        second.One("[name='Form.TakenUp']").SetAttribute("value", both.One("#other-window").GetAttribute("data-name")!);
        using var stale = await KeepAsync(editor, second, new() { [field] = "Words of the second window." });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        second.One("[name='Form.TakenUp']").SetAttribute("value", (await WebPage.ReadAsync(stale)).One("#other-window").GetAttribute("data-name")!);
        using var over = await KeepAsync(editor, second, new() { [field] = "Words of both windows." });
        Assert.Equal(HttpStatusCode.OK, over.StatusCode);
        using var told = await KeepAsync(editor, first, new() { [field] = "Yet more of the first window." });
        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
        using var same = await KeepAsync(editor, first, new() { [field] = "Words of both windows." });
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.Equal("Words of both windows.", (await editor.GetAsync($"{address}?typed=true")).One($"[name='{field}']").TextContent.Trim());
    }

    [Fact]
    public async Task Saving_in_one_window_or_leaving_it_ends_nothing_of_another()
    {
        var edition = await new EditionBuilder().Item("Saved beside").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        using var editor = await app.SignInAsync(Roles.Editor);
        var (first, second) = (await editor.GetAsync(address), await editor.GetAsync(address));
        using var kept = await KeepAsync(editor, first, new() { ["Form.Summary"] = "Only typed, in the first." });

        using var left = await PostAsync(editor, second, $"{second.One("#draft").GetAttribute("data-address")}/let-go", new() { ["Form.Window"] = second.One("[name='Form.Window']").GetAttribute("value")! });
        var saved = await editor.SubmitAsync(second, new() { ["Form.Summary"] = "Saved, in the second." }, ItemFields);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("Saved, in the second.", await SummaryAsync(edition));
        var offer = await editor.GetAsync(address);
        Assert.Contains("Summary", offer.One("#offered").TextContent, StringComparison.Ordinal);
        var taken = await editor.SubmitAsync(offer, null, "#take-draft", "button");
        Assert.Equal("Only typed, in the first.", taken.One("[name='Form.Summary']").TextContent.Trim());
        var conflict = await editor.SubmitAsync(taken, null, ItemFields);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        await editor.SubmitAsync(conflict, null, ItemFields);
        Assert.Equal("Only typed, in the first.", await SummaryAsync(edition));
        Assert.Equal(0, await CountAsync(edition));
    }

    [Fact]
    public async Task A_window_or_a_draft_with_a_name_that_is_none_is_as_if_it_had_no_name()
    {
        var edition = await new EditionBuilder().Item("Odd names").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        using var kept = await KeepAsync(editor, page, new() { ["Form.Window"] = new string('w', 5000), ["Form.TakenUp"] = "9223372036854775807", ["Form.Summary"] = "Kept all the same" });

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        using var refused = await KeepAsync(editor, page, new() { ["Form.Window"] = "", ["Form.TakenUp"] = "yesterday", ["Form.Summary"] = "Something else" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task More_than_is_kept_is_refused_in_words_and_the_draft_stays_as_it_was()
    {
        var edition = await new EditionBuilder().Item("Long").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        using var before = await KeepAsync(editor, page, new() { ["Form.Summary"] = "Short" });

        using var refused = await KeepAsync(editor, page, new() { ["Form.Summary"] = new string('x', Limits.Draft) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("This is too long to be kept on the server.", await refused.Content.ReadAsStringAsync());
        Assert.Contains("Short", await app.QueryAsync(db => db.TextDrafts.Where(draft => draft.EditionId == edition.Id).Select(draft => draft.Fields!).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_kept_without_the_token_of_the_page_or_of_a_text_that_is_not_there()
    {
        var edition = await new EditionBuilder().Item("Closed").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        using var content = new FormUrlEncodedContent([new("state", "Typed"), new("Form.Summary", "Forged")]);
        using var forged = await editor.Http.PostAsync(page.One("#draft").GetAttribute("data-address"), content);
        using var elsewhere = await PostAsync(editor, page, $"/editor/editions/{edition.Month}/drafts/item/{edition.Items[0].Id + 1000}", new() { ["state"] = "Typed" });

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal(0, await CountAsync(edition));
    }

    [Fact]
    public async Task What_was_typed_a_month_ago_goes_when_something_newer_is_kept()
    {
        var edition = await new EditionBuilder().Item("Old").Item("New").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/items/";
        using var old = await KeepAsync(editor, await editor.GetAsync(address + edition.Items[0].Id), new() { ["Form.Summary"] = "Long ago" });
        await app.QueryAsync(db => db.TextDrafts.Where(draft => draft.EditionId == edition.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(draft => draft.SeenUtc, DateTime.UtcNow.AddDays(-31))));

        using var young = await KeepAsync(editor, await editor.GetAsync(address + edition.Items[1].Id), new() { ["Form.Summary"] = "Just now" });

        Assert.Equal([edition.Items[1].Id], await app.QueryAsync(db => db.TextDrafts.Where(draft => draft.EditionId == edition.Id).Select(draft => draft.TextId).ToListAsync()));
    }

    /// <summary>As the script of the page does: every field of the form, and the token in a header.</summary>
    private static Task<HttpResponseMessage> KeepAsync(Visitor editor, WebPage page, Dictionary<string, string> typed, DraftState state = DraftState.Typed)
    {
        var fields = page.Document.QuerySelectorAll("form:has([name='Form.Version']) [name^='Form.']:not([type=checkbox])").ToDictionary(
            field => field.GetAttribute("name")!,
            field => field is AngleSharp.Html.Dom.IHtmlTextAreaElement text ? text.Value : field is AngleSharp.Html.Dom.IHtmlSelectElement select ? select.Value ?? "" : field.GetAttribute("value") ?? "");
        foreach (var (name, value) in typed)
        {
            Assert.Contains(name, fields.Keys);
            fields[name] = value;
        }

        fields["state"] = state.ToString();
        return PostAsync(editor, page, page.One("#draft").GetAttribute("data-address")!, fields);
    }

    private static async Task<HttpResponseMessage> PostAsync(Visitor editor, WebPage page, string address, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("RequestVerificationToken", page.One("main input[name=__RequestVerificationToken]").GetAttribute("value"));
        return await editor.Http.SendAsync(request);
    }

    private Task<string> SummaryAsync(Edition edition)
        => app.QueryAsync(db => db.EditionItems.Where(item => item.Id == edition.Items[0].Id).Select(item => item.Summary).SingleAsync());

    private Task<int> CountAsync(Edition edition) => app.QueryAsync(db => db.TextDrafts.CountAsync(draft => draft.EditionId == edition.Id && draft.Fields != null));
}
