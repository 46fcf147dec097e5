using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Feeds;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>What feeds have suggested becomes items of the intake, whose pages are read as those of pasted links are.</summary>
    /// <returns>How many became items; the others were taken or dismissed meanwhile, or their links are in the intake.</returns>
    public async Task<int> TakeSuggestionsAsync(SettleSuggestions take, CancellationToken cancellationToken = default)
    {
        var items = new List<EditionItem>();
        await ChangeAsync(async now =>
        {
            // Marked before they are looked at: of two who take the same at once, one finds it waiting.
            await db.FeedEntries
                .Where(entry => take.Ids.Contains(entry.Id) && entry.State == FeedEntryState.Waiting)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(entry => entry.State, FeedEntryState.Taken).SetProperty(entry => entry.SettledUtc, now).SetProperty(entry => entry.SettledById, take.ById),
                    cancellationToken);
            var taken = await db.FeedEntries.AsNoTracking()
                .Where(entry => take.Ids.Contains(entry.Id) && entry.State == FeedEntryState.Taken && entry.SettledUtc == now && entry.SettledById == take.ById)
                // The intake shows the newest item first.
                .OrderBy(entry => entry.PublishedUtc ?? entry.SeenUtc).ThenByDescending(entry => entry.Id)
                .Select(entry => new { entry.Title, entry.Url, entry.Description, entry.Feed!.SourceId })
                .ToListAsync(cancellationToken);
            var known = await LinksInIntakeAsync(cancellationToken);
            var sources = await SourcesAsync(taken.Select(entry => (int?)entry.SourceId), cancellationToken);
            foreach (var entry in taken.Where(entry => known.Add(LinkKey.From(entry.Url))))
            {
                var item = NewInIntake(new ItemText { Title = entry.Title, Url = entry.Url }, sources[entry.SourceId], take.ById, now);
                item.Intake!.Description = entry.Description;
                items.Add(item);
            }

            await AddAsync(items, take.ById, now, cancellationToken);
        }, cancellationToken);
        return items.Count;
    }

    /// <summary>The sources with these keys.</summary>
    private Task<Dictionary<int, Source>> SourcesAsync(IEnumerable<int?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<int>().ToHashSet();
        return db.Sources.Where(source => wanted.Contains(source.Id)).ToDictionaryAsync(source => source.Id, cancellationToken);
    }

    private async Task<HashSet<string?>> LinksInIntakeAsync(CancellationToken cancellationToken)
        => [.. (await db.EditionItems.Where(item => item.EditionId == null).Select(item => item.Url).ToListAsync(cancellationToken)).Select(LinkKey.From)];

    /// <summary>Whoever adds a link by hand has taken what feeds suggest of it.</summary>
    private async Task SettleSuggestionsAsync(IEnumerable<EditionItem> items, int byId, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var hashes in items.Select(item => LinkHash.From(item.Url)).OfType<string>().Chunk(500))
            await db.FeedEntries
                .Where(entry => hashes.Contains(entry.LinkHash) && entry.State == FeedEntryState.Waiting)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(entry => entry.State, FeedEntryState.Taken).SetProperty(entry => entry.SettledUtc, now).SetProperty(entry => entry.SettledById, byId),
                    cancellationToken);
    }
}
