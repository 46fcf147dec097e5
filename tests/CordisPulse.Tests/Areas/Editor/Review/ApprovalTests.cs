using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Review;

/// <summary>Approving an edition where the setting asks for two people.</summary>
public sealed class ApprovalTests(ApprovalTests.TwoPersonApp app) : IClassFixture<ApprovalTests.TwoPersonApp>
{
    public sealed class TwoPersonApp : PulseApp
    {
        public TwoPersonApp() => With("Editions:TwoPersonRule", "true").With("Sample:Load", "true");
    }

    /// <summary>What can be done on the page for publishing while the approval is missing.</summary>
    private static readonly string[] OnlyKept = ["Keep this until it can be published"];

    [Fact]
    public async Task Nobody_publishes_what_a_second_person_has_not_approved_exactly_as_it_stands()
    {
        var edition = await new EditionBuilder().Item("Careful").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var author = await app.SignInAsync(Roles.Publisher, "author@example.org");
        using var second = await app.SignInAsync(Roles.Publisher, "second@example.org");
        await RetitleAsync(author, edition, "Careful now");

        var own = await author.GetAsync($"{address}/preview");
        Assert.Null(own.Document.QuerySelector("#approve-form"));
        var wanted = "author@example.org changed it last. ";
        Assert.Contains(wanted, own.One(".approval").TextContent, StringComparison.Ordinal);
        var publish = await author.GetAsync($"{address}/publish");
        Assert.Contains(wanted, publish.One(".approval").TextContent, StringComparison.Ordinal);
        Assert.Contains("second@example.org", publish.One(".approval").TextContent, StringComparison.Ordinal);
        Assert.Equal(OnlyKept, publish.Texts("#publish-form button"));
        Assert.Equal("It can be published here once it is approved as it stands.", publish.One("#not-yet").TextContent);
        Assert.Equal("Ask for it on the preview", publish.One(".approval a").TextContent);
        Assert.Equal("Approve it on the preview", (await second.GetAsync($"{address}/publish")).One(".approval a").TextContent);
        var command = await PulseCommand.RunAsync(app, "edition", "publish", $"{edition.Month}", "--allow", "all");
        Assert.Equal(1, command.ExitCode);
        Assert.Contains(wanted, Assert.Single(command.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);

        // An approval that is taken back while the page is open.
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        publish = await author.GetAsync($"{address}/publish");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#withdraw-approval-form");
        var refused = await author.SubmitAsync(publish, new() { ["Form.Note"] = "First" }, "#publish-form");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains($"{edition.Month.Title} was not published: {wanted}", refused.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal("First", refused.One("[name='Form.Note']").TextContent.Trim());

        var approved = await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        Assert.Contains("Approved by second@example.org", (await second.FollowAsync(approved)).One(".approval").TextContent, StringComparison.Ordinal);
        var row = await app.QueryAsync(db => db.Approvals.SingleAsync(approval => approval.EditionId == edition.Id && approval.WithdrawnUtc == null));
        Assert.Equal("Careful now", EditionDocument.FromJson(row.Document).Items.Single().Item.Title);
        Assert.Equal(row.Sha256, EditionDocument.FromJson(row.Document).Fingerprint());

        // An edit afterwards asks again, and says what it was.
        await RetitleAsync(author, edition, "Careful again");
        var changed = await author.GetAsync($"{address}/publish");
        Assert.Contains("second@example.org approved it on", changed.One(".approval").TextContent, StringComparison.Ordinal);
        Assert.Contains("Changed: Careful again", changed.Texts(".approval .changes li"));
        // What was typed before the refusal is kept, and nothing is offered that would be refused again.
        Assert.Equal("First", changed.One("[name='Form.Note']").TextContent.Trim());
        Assert.Equal(OnlyKept, changed.Texts("#publish-form button"));
        Assert.Equal(0, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));

        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(await author.GetAsync($"{address}/publish"), null, "#publish-form")).Status);
        Assert.Equal(1, await app.QueryAsync(db => db.PublishedEditions.CountAsync(p => p.EditionId == edition.Id)));
    }

    [Fact]
    public async Task Whoever_saved_it_last_does_not_tell_readers_of_a_correction_alone()
    {
        var edition = await new EditionBuilder().Item("Approved once").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var author = await app.SignInAsync(Roles.Publisher, "writes@example.org");
        using var second = await app.SignInAsync(Roles.Publisher, "approves@example.org");
        await RetitleAsync(author, edition, "Approved as it stands");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        await author.SubmitAsync(await author.GetAsync($"{address}/publish"), null, "#publish-form");
        await RetitleAsync(author, edition, "Approved and put right");
        // Whoever is to write the correction does so while it waits for the approval, and it is there afterwards.
        Assert.Contains("somebody else must write it", (await author.GetAsync($"{address}/publish")).One("#Form_Correction-hint").TextContent, StringComparison.Ordinal);
        var waiting = await second.GetAsync($"{address}/publish");
        Assert.DoesNotContain("somebody else", waiting.One("#Form_Correction-hint").TextContent, StringComparison.Ordinal);
        await second.SubmitAsync(waiting, new() { ["Form.Correction"] = "The title was another." }, "#publish-form");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");

        var refused = await author.SubmitAsync(await author.GetAsync($"{address}/publish"), new() { ["Form.Correction"] = "Nobody has read this." }, "#publish-form");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("somebody other than writes@example.org", refused.One(".error-summary").TextContent, StringComparison.Ordinal);
        var command = await PulseCommand.RunAsync(app, "edition", "publish", $"{edition.Month}", "--correction", "Nobody has read this.");
        Assert.Equal(1, command.ExitCode);

        var told = await second.SubmitAsync(await second.GetAsync($"{address}/publish"), null, "#publish-form");
        Assert.Equal(HttpStatusCode.Redirect, told.Status);
        Assert.Equal(["The title was another."], await app.QueryAsync(db => db.PublishedEditions.Where(p => p.EditionId == edition.Id && p.Correction != null).Select(p => p.Correction).ToListAsync()));
    }

    [Fact]
    public async Task The_command_publishes_what_has_been_approved()
    {
        var edition = await new EditionBuilder().Item("By command").SaveAsync(app);
        using var second = await app.SignInAsync(Roles.Administrator);
        await second.SubmitAsync(await second.GetAsync($"/editor/editions/{edition.Month}/preview"), null, "#approve-form");

        var published = await PulseCommand.RunAsync(app, "edition", "publish", $"{edition.Month}");

        Assert.Equal((0, ""), (published.ExitCode, published.Error));
    }

    [Fact]
    public async Task Whoever_approved_and_then_saved_it_is_no_second_person()
    {
        var edition = await new EditionBuilder().Item("Back and forth").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var author = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher);
        await RetitleAsync(author, edition, "Forth");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");

        // The words are as they were when they were approved, but the last who saved them is the approver.
        await RetitleAsync(second, edition, "Back");
        await RetitleAsync(second, edition, "Forth");

        var page = await second.GetAsync($"{address}/publish");
        Assert.Equal(OnlyKept, page.Texts("#publish-form button"));
        Assert.Contains("changed it last. ", page.One(".approval").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_renames_a_sector_of_it_or_moves_a_section_is_its_author_too()
    {
        var edition = await new EditionBuilder().Item("Under a name", sector: "criminal", section: "tools").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        var (sector, section) = ($"/editor/settings/sectors/{edition.Items[0].SectorId}", $"/editor/settings/sections/{edition.Items[0].SectionId}");
        using var author = await app.SignInAsync(Roles.Publisher, "words@example.org");
        using var names = await app.SignInAsync(Roles.Administrator, "names@example.org");
        using var second = await app.SignInAsync(Roles.Publisher, "looks@example.org");
        await RetitleAsync(author, edition, "Under another name");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");

        await names.SubmitAsync(await names.GetAsync(sector), new() { ["Form.Name"] = "Justice" });

        var open = await names.GetAsync($"{address}/preview");
        Assert.Null(open.Document.QuerySelector("#approve-form"));
        Assert.Contains("names@example.org and words@example.org changed it last. ", open.One(".approval").TextContent, StringComparison.Ordinal);
        Assert.Contains("The sectors or sections that it has, or their names, are changed.", open.Texts(".approval .changes li"));
        Assert.Equal(OnlyKept, (await names.GetAsync($"{address}/publish")).Texts("#publish-form button"));
        var seen = (await second.GetAsync($"{address}/preview")).One("#approve-form [name=seen]").GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("seen", seen), new("__RequestVerificationToken", open.One("#ask-form [name=__RequestVerificationToken]").GetAttribute("value")!)]);
        using var refused = await names.Http.PostAsync($"{address}/preview/approve", content);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        // Once the words are saved again, they are the last work; what only imports read is no work on the edition.
        await RetitleAsync(author, edition, "Under the new name");
        await names.SubmitAsync(await names.GetAsync(sector), new() { ["Form.OtherNames"] = "Courts" });
        Assert.NotNull((await names.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));
        await names.SubmitAsync(await names.GetAsync("/editor/settings/sections"), form: $"form[action$='{section}/move']", button: "[value=true]");
        Assert.Null((await names.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));

        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        Assert.Equal(HttpStatusCode.Redirect, (await names.SubmitAsync(await names.GetAsync($"{address}/publish"), null, "#publish-form")).Status);
    }

    [Fact]
    public async Task Whoever_renames_or_merges_a_source_of_it_is_its_author_too()
    {
        var edition = await new EditionBuilder().Item("Of a body", item => item.Source = new Source { Name = "Named Body", Slug = "named-body" }).SaveAsync(app);
        var other = await app.QueryAsync(async db =>
        {
            var row = new Source { Name = "Twin Body", Slug = "twin-body" };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
        var (address, source) = ($"/editor/editions/{edition.Month}", $"/editor/settings/sources/{edition.Items[0].SourceId}");
        using var author = await app.SignInAsync(Roles.Publisher);
        using var names = await app.SignInAsync(Roles.Publisher);
        await RetitleAsync(author, edition, "Of a body as it is called");
        Assert.NotNull((await names.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));

        await names.SubmitAsync(await names.GetAsync(source), new() { ["Details.Name"] = "Renamed Body" }, "#details");
        Assert.Null((await names.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));

        await RetitleAsync(author, edition, "Of a body by its new name");
        await names.SubmitAsync(await names.GetAsync(source), new() { ["Details.Domains"] = "body.example" }, "#details");
        Assert.NotNull((await names.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));
        Assert.Equal(HttpStatusCode.Redirect, (await names.SubmitAsync(await names.GetAsync($"/editor/settings/sources/{other}/merge?into={edition.Items[0].SourceId}"), form: "#merge-form")).Status);
        Assert.Null((await names.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));
    }

    [Fact]
    public async Task An_embargo_that_is_set_or_lifted_asks_for_the_approval_again()
    {
        var edition = await new EditionBuilder().Item("Held back", item => item.NotBeforeUtc = DateTime.UtcNow.AddDays(3)).SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var author = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher, "approves-early@example.org");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        Assert.Contains("approves-early@example.org", (await second.GetAsync($"{address}/preview")).One(".approval").TextContent, StringComparison.Ordinal);

        await author.SubmitAsync(await author.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.NotBefore"] = "" }, "#item-form");

        var lifted = await second.GetAsync($"{address}/publish");
        Assert.Null(lifted.Document.QuerySelector("#publish-form button.main"));
        Assert.Contains("how long it is held back", Assert.Single(lifted.Texts(".approval .changes li")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_is_of_what_was_looked_at_and_can_be_taken_back()
    {
        var edition = await new EditionBuilder().Item("Seen").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var author = await app.SignInAsync(Roles.Editor);
        using var second = await app.SignInAsync(Roles.Publisher);
        var open = await second.GetAsync($"{address}/preview");
        await RetitleAsync(author, edition, "Unseen");

        var stale = await second.SubmitAsync(open, null, "#approve-form");
        Assert.Equal(HttpStatusCode.BadRequest, stale.Status);
        Assert.Contains("changed the edition after you opened this page", stale.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.QueryAsync(db => db.Approvals.CountAsync(approval => approval.EditionId == edition.Id)));

        await second.SubmitAsync(stale, null, "#approve-form");
        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#withdraw-approval-form");
        Assert.Contains("Nobody has approved", (await second.GetAsync($"{address}/preview")).One(".approval").TextContent, StringComparison.Ordinal);
        Assert.Equal(OnlyKept, (await second.GetAsync($"{address}/publish")).Texts("#publish-form button"));
    }

    [Fact]
    public async Task An_approver_who_may_publish_no_longer_does_not_count()
    {
        var edition = await new EditionBuilder().Item("Gone").SaveAsync(app);
        using var second = await app.SignInAsync(Roles.Publisher, "leaves@example.org");
        using var administrator = await app.SignInAsync(Roles.Administrator);
        await second.SubmitAsync(await second.GetAsync($"/editor/editions/{edition.Month}/preview"), null, "#approve-form");
        var id = await app.QueryAsync(db => db.Users.Where(user => user.Email == "leaves@example.org").Select(user => user.Id).SingleAsync());

        var page = await administrator.GetAsync($"/editor/editions/{edition.Month}/publish");

        await administrator.SubmitAsync(await administrator.GetAsync($"/editor/accounts/{id}"), null, "form[action$=disable]");

        var refused = await administrator.SubmitAsync(page, null, "#publish-form");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    [Fact]
    public async Task The_samples_need_no_approval()
        => Assert.True(await app.QueryAsync(db => db.PublishedEditions.AnyAsync(p => p.Month == new EditionMonth(2024, 1))));

    private static async Task RetitleAsync(Visitor editor, Edition edition, string title)
    {
        var saved = await editor.SubmitAsync(
            await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = title }, "#item-form");
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
    }
}

/// <summary>Approving an edition where nothing asks for it.</summary>
public sealed class FreeApprovalTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task An_approval_is_shown_and_nothing_waits_for_one()
    {
        var edition = await new EditionBuilder().Item("Free").Item("Unapproved").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.Null((await editor.GetAsync($"{address}/preview")).Document.QuerySelector("#approve-form"));
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Freer" }, "#item-form");

        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/preview"), null, "#approve-form");
        Assert.Contains("Approved by publisher-", (await editor.GetAsync($"{address}/preview?show=text")).One(".approval").TextContent, StringComparison.Ordinal);

        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[1].Id}"), new() { ["Form.Title"] = "Changed" }, "#item-form");
        var page = await publisher.GetAsync($"{address}/publish");
        Assert.DoesNotContain("can't be published", page.One(".approval").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(page, null, "#publish-form")).Status);
    }

    [Theory]
    [InlineData("Editions:TwoPersonRule", "perhaps")]
    [InlineData("Editions:GatherMailFor", "soon")]
    [InlineData("Editions:GatherMailFor", "02:00:00")]
    public async Task A_setting_that_is_none_stops_the_start_and_is_named(string key, string value)
    {
        var settings = new Dictionary<string, string>(app.Settings) { [key] = value };

        var refused = await PulseCommand.RunAsync(settings, "edition", "check", "2031-01");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(key, Assert.Single(refused.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
