using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>What an item's page tells of other editions on the same thing.</summary>
public sealed class CoveredAgainTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Later_and_earlier_items_on_the_same_thing_lead_to_each_other_while_they_are_published()
    {
        var first = await SavedAsync(new EditionBuilder().Item("Counting every hedgehog in Wales", item => item.Url = "https://hedgehogs.example/count").Item("Of something else"));
        var second = await SavedAsync(new EditionBuilder().Item("Hedgehogs, a second look", item => item.Url = "https://www.hedgehogs.example/count/"));
        var third = await SavedAsync(new EditionBuilder().Item("Counting every hedgehog in Wales: summary"));
        await app.PublishAsync(first.Month);
        using var reader = app.Visit();
        Assert.Empty(await AgainAsync(reader, first, "counting-every-hedgehog-in-wales"));

        await app.PublishAsync(second.Month);
        await app.PublishAsync(third.Month);
        Assert.Equal(
            [$"Counting every hedgehog in Wales: summary Later, in {third.Month.Title}", $"Hedgehogs, a second look Later, in {second.Month.Title}"],
            await AgainAsync(reader, first, "counting-every-hedgehog-in-wales"));
        Assert.Equal([$"Counting every hedgehog in Wales Earlier, in {first.Month.Title}"], await AgainAsync(reader, second, "hedgehogs-a-second-look"));
        Assert.Empty(await AgainAsync(reader, first, "of-something-else"));

        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<EditionPublisher>().WithdrawAsync(new WithdrawEdition { Month = second.Month, ById = null, Reason = "Too soon." });
            return 0;
        });
        Assert.Equal([$"Counting every hedgehog in Wales: summary Later, in {third.Month.Title}"], await AgainAsync(reader, first, "counting-every-hedgehog-in-wales"));
        await app.PublishAsync(second.Month);
        Assert.Equal(2, (await AgainAsync(reader, first, "counting-every-hedgehog-in-wales")).Count);
    }

    [Fact]
    public async Task What_has_become_another_thing_leads_nowhere_once_it_is_published_again()
    {
        var first = await SavedAsync(new EditionBuilder().Item("The long road to better street lamps"));
        var second = await SavedAsync(new EditionBuilder().Item("The long road to better street lamp"));
        await app.PublishAsync(first.Month);
        await app.PublishAsync(second.Month);
        using var reader = app.Visit();
        Assert.Single(await AgainAsync(reader, first, "the-long-road-to-better-street-lamps"));

        await app.QueryAsync(async db =>
        {
            var item = await db.EditionItems.SingleAsync(item => item.EditionId == second.Id);
            item.Title = "Quite another subject altogether";
            db.Add(Revisions.Of(item, null, null, DateTime.UtcNow));
            return await db.SaveChangesAsync();
        });
        await app.PublishAsync(second.Month);

        Assert.Empty(await AgainAsync(reader, first, "the-long-road-to-better-street-lamps"));
    }

    /// <summary>With revisions, as every save appends them.</summary>
    private async Task<Edition> SavedAsync(EditionBuilder builder)
    {
        var edition = await builder.SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            db.AddRange(edition.Items.Select(item => Revisions.Of(item, null, null, DateTime.UtcNow)));
            return await db.SaveChangesAsync();
        });
        return edition;
    }

    private static async Task<IReadOnlyList<string>> AgainAsync(Visitor reader, Edition edition, string slug)
        => [.. (await reader.GetAsync($"/editions/{edition.Month}/{slug}")).Texts("[aria-labelledby=again] li")];
}
