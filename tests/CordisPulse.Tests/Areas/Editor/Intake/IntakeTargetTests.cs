using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Intake;

/// <summary>Where the intake's buttons lead while nobody drafts an edition.</summary>
public sealed class IntakeTargetTests : IDisposable
{
    private readonly PulseApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Nothing_is_put_into_a_published_edition_unasked()
    {
        var edition = await new EditionBuilder().Item("Out already").SaveAsync(_app);
        using var publisher = await _app.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{edition.Month}/publish"), null, "#publish-form");
        await publisher.SubmitAsync(await publisher.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "For the next", ["Form.Place"] = "1-1" }, "#item-form");
        var id = await _app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "For the next").Select(item => item.Id).SingleAsync());

        var list = await publisher.GetAsync("/editor/intake");
        Assert.Equal("/editor#start", list.One("#no-draft a").GetAttribute("href"));
        Assert.Empty(list.Document.QuerySelectorAll(".intake .put, .intake .elsewhere, .intake [accesskey]"));
        Assert.Equal(["Choose an edition", $"{edition.Month.Title} (published)"], list.Texts("#edition option"));
        var form = await publisher.GetAsync($"/editor/intake/{id}");
        Assert.Empty(form.Document.QuerySelectorAll("[name=into]"));
        Assert.Equal("/editor#start", form.One("#no-draft").GetAttribute("href"));
        Assert.NotNull((await publisher.GetAsync("/editor")).One("#start"));

        // Whoever wants just that says so.
        var chosen = await publisher.SubmitAsync(list, new() { ["edition"] = edition.Month.ToString() }, "#into-form");
        Assert.Contains($"Put into {edition.Month.Title}", chosen.One($"#item-{id} .put button").TextContent, StringComparison.Ordinal);

        await _app.QueryAsync(db =>
        {
            db.Add(new Edition { Month = new EditionMonth(2000, 1) });
            return db.SaveChangesAsync();
        });
        list = await publisher.GetAsync("/editor/intake");
        Assert.Null(list.Document.QuerySelector("#no-draft"));
        Assert.Contains("Put into January 2000", list.One($"#item-{id} .put button").TextContent, StringComparison.Ordinal);
    }
}
