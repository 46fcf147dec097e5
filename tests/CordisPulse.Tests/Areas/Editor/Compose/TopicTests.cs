using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Compose;

/// <summary>Topics on the form of an item, and what becomes of them.</summary>
public sealed class TopicTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Form = "#item-form";

    [Fact]
    public async Task The_form_suggests_what_the_words_say_and_ticks_nothing_by_itself()
    {
        var edition = await new EditionBuilder()
            .Item("Evaluating family hubs", item => item.Summary = "How areas joined up. The county lines inquiry is named once; nurses, prisons and a prison are, too.").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync(AddressOf(edition, 0));

        var suggested = page.Document.QuerySelectorAll("label:has(.suggested)").Select(label => label.QuerySelector("input")!.GetAttribute("value")).ToHashSet();
        Assert.Equal(["evaluation-and-evidence", "family-hubs", "exploitation", "prisons-and-probation"], suggested);
        Assert.Contains("it says “Family hubs”", page.One("label:has([value=family-hubs]) .suggested").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("[name='Form.Topics'][checked]"));
        await editor.SubmitAsync(page, form: Form);
        Assert.Empty(await TopicsAsync(edition.Items[0].Id));
    }

    [Fact]
    public async Task What_is_ticked_is_saved_published_and_written_and_undone_again()
    {
        var edition = await new EditionBuilder().Item("A report of hubs").Item("Of nothing").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync(AddressOf(edition, 0)), new() { ["Form.Authors"] = "A. Author" }, Form);
        var page = await editor.GetAsync(AddressOf(edition, 0));
        Tick(page, "family-hubs", "workforce");
        var board = await editor.FollowAsync(await editor.SubmitAsync(page, form: Form));

        Assert.Equal(["family-hubs", "workforce"], await TopicsAsync(edition.Items[0].Id));
        await app.PublishAsync(edition.Month);
        using var reader = app.Visit();
        Assert.Equal(["Family hubs", "Workforce"], (await reader.GetAsync($"/editions/{edition.Month}")).Texts("#a-report-of-hubs .topics a"));
        Assert.Contains("*Authors: A. Author. Topics: Family hubs; Workforce*", (await reader.GetAsync($"/editions/{edition.Month}.md")).Html, StringComparison.Ordinal);
        var json = await app.EditionJsonAsync(edition.Month);
        Assert.Contains("\"topics\": [", json, StringComparison.Ordinal);
        // An item without topics is written as it always was.
        Assert.Equal(1, json.Split("\"topics\"").Length - 1);
        Assert.Contains("Topics", (await editor.GetAsync($"/editor/editions/{edition.Month}/history")).Text, StringComparison.Ordinal);

        await editor.SubmitAsync(board, null, "#undo");
        Assert.Empty(await TopicsAsync(edition.Items[0].Id));
        Assert.Contains("Changed: A report of hubs", (await editor.GetAsync($"/editor/editions/{edition.Month}/publish")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_that_are_none_are_refused_and_what_was_typed_stays()
    {
        var edition = await new EditionBuilder().Item("Odd").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync(AddressOf(edition, 0));
        Tick(page, "dementia");
        page.One("[value=dementia]").SetAttribute("value", "<b>");

        var answer = await editor.SubmitAsync(page, new() { ["Form.Summary"] = "What I typed." }, Form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Choose topics from the list.", answer.One("#Form_Topics-error").TextContent);
        Assert.Equal("What I typed.", answer.One("#Form_Summary").TextContent.Trim());
        var many = await editor.GetAsync(AddressOf(edition, 0));
        foreach (var tick in many.Document.QuerySelectorAll("[name='Form.Topics']").Take(9))
            tick.SetAttribute("checked", "");
        Assert.Equal("An item can have 8 topics.", (await editor.SubmitAsync(many, form: Form)).One("#Form_Topics-error").TextContent);
    }

    [Fact]
    public async Task The_later_of_two_editors_sees_what_the_first_ticked()
    {
        var edition = await new EditionBuilder().Item("Shared").SaveAsync(app);
        using var first = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Editor);
        var (pageOfFirst, pageOfSecond) = (await first.GetAsync(AddressOf(edition, 0)), await second.GetAsync(AddressOf(edition, 0)));
        Tick(pageOfFirst, "family-hubs");
        Tick(pageOfSecond, "mental-health", "workforce");
        await first.SubmitAsync(pageOfFirst, form: Form);

        var conflict = await second.SubmitAsync(pageOfSecond, form: Form);

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["family hubs", "mental health, workforce"], conflict.Texts(".versions pre"));
        Assert.Equal(["mental-health", "workforce"], conflict.Document.QuerySelectorAll("[name='Form.Topics'][checked]").Select(tick => tick.GetAttribute("value")));
        await second.SubmitAsync(conflict, form: Form);
        Assert.Equal(["mental-health", "workforce"], await TopicsAsync(edition.Items[0].Id));
    }

    [Fact]
    public async Task An_item_of_the_intake_has_topics_too_and_takes_them_along()
    {
        var edition = await new EditionBuilder().Item("There already").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync("/editor/intake/add");
        Tick(page, "dementia");
        await editor.SubmitAsync(page, new() { ["Form.Title"] = "Waits with a topic" }, Form);
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Waits with a topic").Select(item => item.Id).SingleAsync());
        Assert.Equal(["dementia"], await TopicsAsync(id));

        var byId = await app.QueryAsync(db => db.Users.Select(user => user.Id).FirstAsync());
        await app.InScopeAsync(services => services.GetRequiredService<EditionComposer>().PutIntoEditionAsync(new PutIntoEdition { Month = edition.Month, Id = id, ById = byId }));
        Assert.Equal(["dementia"], await TopicsAsync(id));
        Assert.Equal(["dementia"], (await editor.GetAsync($"/editor/editions/{edition.Month}/items/{id}")).Document.QuerySelectorAll("[name='Form.Topics'][checked]").Select(tick => tick.GetAttribute("value")));
    }

    [Fact]
    public async Task An_import_knows_topics_by_any_of_their_names_and_adds_none()
    {
        var month = new EditionMonth(1990, 5);
        const string text = "# May 1990\n\n## Criminal Justice\n\n### Reports\n\n#### Nacro. [Finding a flat](https://example.org/flat)\n\n*Published: 1990-04. Topics: CSE; Bees; workforce*\n\nMost people wait for longer than a year.\n";
        await app.InScopeAsync(async services =>
        {
            var importer = services.GetRequiredService<EditionImporter>();
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await importer.SaveAsync(new SaveImport { Edition = await importer.RecogniseAsync("may.md", file, month), ById = null });
            return 0;
        });

        var item = await app.QueryAsync(db => db.EditionItems.SingleAsync(one => one.Edition!.Month == month));
        Assert.Equal(["exploitation", "workforce"], item.Topics);
        Assert.Equal("Most people wait for longer than a year.", item.Summary);
        var aside = await app.QueryAsync(db => db.SetAsideTexts.SingleAsync(one => one.AfterItemId == item.Id));
        Assert.Equal(("Topics: Bees", "No topic goes by such a name."), (aside.Text, aside.Reason));
    }

    private static void Tick(WebPage page, params string[] slugs)
    {
        foreach (var slug in slugs)
            page.One($"[name='Form.Topics'][value={slug}]").SetAttribute("checked", "");
    }

    private static string AddressOf(Edition edition, int item) => $"/editor/editions/{edition.Month}/items/{edition.Items[item].Id}";

    private Task<List<string>> TopicsAsync(int id) => app.QueryAsync(db => db.EditionItems.Where(item => item.Id == id).Select(item => item.Topics).SingleAsync());
}
