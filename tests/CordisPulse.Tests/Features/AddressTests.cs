using System.Net;
using System.Text.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>An address that readers once had leads to what it named, whatever the desk did since.</summary>
public sealed class AddressTests(PulseApp app) : IClassFixture<PulseApp>
{
    private static readonly string[] Forms = ["", ".json", ".bib", ".ris", "/summary.bib", "/summary.ris", "/cite"];

    [Fact]
    public async Task An_edition_that_is_taken_back_and_published_again_keeps_every_address()
    {
        var edition = await new EditionBuilder().Item("First name").Item("Stays as it is").SaveAsync(app);
        await PublishAsync(edition);
        await RenameAsync(edition.Items[0].Id, "Second name");
        await PublishAsync(edition);
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<EditionPublisher>().WithdrawAsync(new() { Month = edition.Month, ById = null, Reason = "A mistake" });
            return 0;
        });
        await LeadsAsync(edition.Month, "first-name", null);
        await LeadsAsync(edition.Month, "stays-as-it-is", null);

        await RenameAsync(edition.Items[0].Id, "Third name");
        await PublishAsync(edition);

        await LeadsAsync(edition.Month, "first-name", $"{edition.Month}/third-name");
        await LeadsAsync(edition.Month, "second-name", $"{edition.Month}/third-name");
        await LeadsAsync(edition.Month, "stays-as-it-is", $"{edition.Month}/stays-as-it-is");

        // What feed readers know it by is the first of them.
        using var reader = app.Visit();
        var feed = JsonDocument.Parse((await reader.GetAsync("/items/feed.json")).Html).RootElement;
        var entry = feed.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("url").GetString()!.EndsWith($"/editions/{edition.Month}/third-name", StringComparison.Ordinal));
        Assert.EndsWith($"/editions/{edition.Month}/first-name", entry.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_goes_to_another_edition_takes_its_addresses_along()
    {
        var from = await new EditionBuilder().Item("Goes away").Item("Stays here").SaveAsync(app);
        var to = await new EditionBuilder().Item("Was there").SaveAsync(app);
        await PublishAsync(from);
        await PublishAsync(to);
        var id = from.Items[0].Id;
        await app.QueryAsync(async db =>
        {
            var item = await db.EditionItems.SingleAsync(row => row.Id == id);
            (item.EditionId, item.Position) = (to.Id, 9);
            return await db.SaveChangesAsync();
        });

        // Readers see what was published until it is published again.
        await LeadsAsync(from.Month, "goes-away", $"{from.Month}/goes-away");
        await PublishAsync(to);
        await LeadsAsync(from.Month, "goes-away", $"{from.Month}/goes-away");
        await PublishAsync(from);
        await LeadsAsync(from.Month, "goes-away", $"{to.Month}/goes-away");
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<EditionPublisher>().WithdrawAsync(new() { Month = from.Month, ById = null, Reason = "All of it is elsewhere" });
            return 0;
        });
        await LeadsAsync(from.Month, "goes-away", $"{to.Month}/goes-away");
    }

    [Theory]
    [InlineData("Copied by its link", "https://example.org/a-report-that-moves", "Under a better title")]
    [InlineData("Copied by its title", null, "Copied by its title")]
    public async Task A_report_that_was_copied_to_another_edition_and_taken_out_of_this_one_is_found_there(string name, string? url, string there)
    {
        var from = await new EditionBuilder().Item(name, item => item.Url = url).Item("Stays").SaveAsync(app);
        await PublishAsync(from);
        var (id, slug) = (from.Items[0].Id, Slug.From(name));
        await LeadsAsync(from.Month, slug, $"{from.Month}/{slug}");
        await app.QueryAsync(db => db.EditionItems.Where(item => item.Id == id).ExecuteDeleteAsync());
        await PublishAsync(from);
        await LeadsAsync(from.Month, slug, null);

        var to = await new EditionBuilder().Item(there, item => item.Url = url).SaveAsync(app);
        await PublishAsync(to);

        await LeadsAsync(from.Month, slug, $"{to.Month}/{Slug.From(there)}");
    }

    [Fact]
    public async Task The_address_of_a_sector_or_a_section_does_not_follow_its_name()
    {
        using var administrator = await app.SignInAsync(Roles.Administrator);
        foreach (var (kind, slug) in new[] { ("sectors", "criminal-justice"), ("sections", "briefings") })
        {
            var id = await app.QueryAsync(db => kind == "sectors" ? db.Sectors.Where(row => row.Slug == slug).Select(row => row.Id).SingleAsync() : db.Sections.Where(row => row.Slug == slug).Select(row => row.Id).SingleAsync());
            var form = await administrator.GetAsync($"/editor/settings/{kind}/{id}");
            Assert.Equal(HttpStatusCode.Redirect, (await administrator.SubmitAsync(form, new() { ["Form.Name"] = $"Renamed {kind}" })).Status);

            using var reader = app.Visit();
            foreach (var form2 in new[] { "", ".json", "/feed.atom", "/feed.json" })
                Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/{kind}/{slug}{form2}")).Status);
            Assert.Equal($"Renamed {kind}", (await reader.GetAsync($"/{kind}/{slug}")).One("h1").TextContent);
        }
    }

    [Fact]
    public async Task A_source_that_was_merged_leads_on_in_every_form()
    {
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("Of the one that stays") { Source = "Stays Society" }).SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            db.MergedSources.Add(new() { Slug = "went-society", SourceId = await db.Sources.Where(source => source.Slug == "stays-society").Select(source => source.Id).SingleAsync() });
            return await db.SaveChangesAsync();
        });
        using var reader = app.Visit();
        foreach (var form in new[] { "", ".json", "/feed.atom", "/feed.json" })
        {
            var moved = await reader.GetAsync($"/sources/went-society{form}");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"/sources/stays-society{form}"), (moved.Status, moved.Location?.ToString()));
            Assert.Equal(HttpStatusCode.OK, (await reader.FollowAsync(moved)).Status);
        }
    }

    [Theory]
    [InlineData("a.json")]
    [InlineData("Report v2.bib: what’s new?")]
    [InlineData("../../etc")]
    public void No_address_of_an_item_looks_like_that_of_a_form(string title) => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", Slug.From(title));

    /// <param name="leads">Month and slug of where it ends; null for nowhere.</param>
    private async Task LeadsAsync(EditionMonth month, string slug, string? leads)
    {
        using var reader = app.Visit();
        foreach (var form in Forms)
        {
            var page = await reader.GetAsync($"/editions/{month}/{slug}{form}");
            if (leads is null || leads == $"{month}/{slug}")
            {
                Assert.Equal(leads is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, page.Status);
                continue;
            }

            Assert.Equal((HttpStatusCode.MovedPermanently, $"/editions/{leads}{form}"), (page.Status, page.Location?.ToString()));
            Assert.Equal(HttpStatusCode.OK, (await reader.FollowAsync(page)).Status);
        }
    }

    private Task<int> PublishAsync(Edition edition) => app.InScopeAsync(services
        => services.GetRequiredService<EditionPublisher>().PublishAsync(new() { Month = edition.Month, ById = null, Allow = [PublishEdition.AllowAll], ComesWithTheProgram = true }));

    private Task<int> RenameAsync(int id, string title) => app.QueryAsync(async db =>
    {
        var item = await db.EditionItems.SingleAsync(row => row.Id == id);
        (item.Title, item.Slug) = (title, Slug.From(title));
        return await db.SaveChangesAsync();
    });
}
