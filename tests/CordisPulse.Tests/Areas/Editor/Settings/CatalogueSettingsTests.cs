using System.Net;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class CatalogueSettingsTests : IDisposable
{
    private const string Sectors = "/editor/settings/sectors";
    private readonly PulseApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_new_sector_takes_the_next_colour_and_keeps_its_slug_when_it_is_renamed()
    {
        using var administrator = await _app.SignInAsync();
        await AddAsync(administrator, Sectors, "Housing & Homes", "Housing\r\n\r\nHomes\r\nhousing");
        var made = await LastSectorAsync();
        Assert.Equal(("housing-homes", 4, 3), (made.Slug, made.Position, made.Colour));
        Assert.Equal(["Housing", "Homes"], made.OtherNames);

        var answer = await administrator.SubmitAsync(await administrator.GetAsync($"{Sectors}/{made.Id}"), new() { ["Form.Name"] = "Homes and places" });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var renamed = await LastSectorAsync();
        Assert.Equal(("Homes and places", "housing-homes"), (renamed.Name, renamed.Slug));
        // Old files still use the old name.
        Assert.Equal(["Housing", "Homes", "Housing & Homes"], renamed.OtherNames);
        Assert.Equal([1, 2], await _app.QueryAsync(db => db.Revisions
            .Where(revision => revision.Text == RevisedText.Sector && revision.TextId == made.Id).OrderBy(revision => revision.Id).Select(revision => revision.Version).ToListAsync()));
    }

    [Theory]
    [InlineData("", "Enter a name.")]
    [InlineData("criminal justice", "already means Criminal Justice")]
    [InlineData("Adults", "already means Adult Social Care and Health")]
    public async Task A_name_that_is_missing_or_taken_is_refused(string name, string message)
    {
        using var administrator = await _app.SignInAsync();
        var answer = await AddAsync(administrator, Sectors, name, "");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One("#Form_Name-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, await _app.QueryAsync(db => db.Sectors.CountAsync()));
    }

    [Fact]
    public async Task Sections_move_up_and_down()
    {
        using var administrator = await _app.SignInAsync();
        var page = await administrator.GetAsync("/editor/settings/sections");
        Assert.Equal(["Reports", "Briefings", "Tools and Guidance"], page.Texts("tbody a"));
        var moved = await administrator.SubmitAsync(page, form: "form[action$='/3/move']", button: "[value=true]");

        Assert.Equal(["Reports", "Tools and Guidance", "Briefings"], (await administrator.FollowAsync(moved)).Texts("tbody a"));
    }

    [Fact]
    public async Task What_has_items_stays_and_what_has_none_can_go()
    {
        using var administrator = await _app.SignInAsync();
        await AddAsync(administrator, Sectors, "Housing", "");
        var made = await LastSectorAsync();
        var page = await administrator.GetAsync(Sectors);
        await _app.QueryAsync(async db =>
        {
            db.Add(new Edition { Month = new EditionMonth(2024, 2), Items = [new EditionItem { Title = "A title", Slug = "a-title", SectorId = made.Id }] });
            return await db.SaveChangesAsync();
        });
        // The page was opened while the sector was still empty.
        var refused = await administrator.SubmitAsync(page, form: $"form[action$='/{made.Id}/remove']");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Housing has items", refused.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector($"form[action$='/{made.Id}/remove']"));

        var empty = await administrator.SubmitAsync(page, form: "form[action$='/3/remove']");
        Assert.Equal(HttpStatusCode.Redirect, empty.Status);
        Assert.Equal(["Adult Social Care and Health", "Children and Young People's Services", "Housing"], (await administrator.FollowAsync(empty)).Texts("tbody a"));
    }

    [Fact]
    public async Task The_second_of_two_who_save_sees_both_versions_and_decides()
    {
        using var first = await _app.SignInAsync();
        using var second = await _app.SignInAsync();
        var page = await second.GetAsync($"{Sectors}/3");
        await first.SubmitAsync(await first.GetAsync($"{Sectors}/3"), new() { ["Form.Name"] = "Justice and courts" });
        var conflict = await second.SubmitAsync(page, new() { ["Form.Name"] = "Justice and prisons" });

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        // The first to save gave the sector another old name.
        Assert.Equal(
            ["Justice and courts", "Justice and prisons", "Criminal Justice System\nJustice\nCriminal Justice", "Criminal Justice System\nJustice"],
            conflict.Texts(".versions pre"));
        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(conflict)).Status);
        Assert.Equal("Justice and prisons", (await LastSectorAsync()).Name);
    }

    private static async Task<WebPage> AddAsync(Visitor administrator, string list, string name, string otherNames)
        => await administrator.SubmitAsync(await administrator.GetAsync(list), new() { ["Form.Name"] = name, ["Form.OtherNames"] = otherNames }, "#add");

    private Task<Sector> LastSectorAsync() => _app.QueryAsync(db => db.Sectors.AsNoTracking().OrderByDescending(sector => sector.Position).FirstAsync());
}
