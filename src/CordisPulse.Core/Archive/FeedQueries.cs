using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>An edition in a feed. <paramref name="UpdatedUtc"/> is when it was last published, which may be again.</summary>
public sealed record FeedEdition(EditionDocument Edition, DateTime FirstPublishedUtc, DateTime UpdatedUtc);

/// <summary>Reads for feed readers. What first appeared elsewhere is never news, so feeds leave it out.</summary>
public sealed class FeedQueries(PulseDbContext db)
{
    private const int EditionsInFeed = 12;
    private const int ItemsInFeed = 40;

    public async Task<IReadOnlyList<FeedEdition>> ListEditionsAsync(CancellationToken cancellationToken = default)
    {
        var newest = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Edition!.PublishedRevision == p.Revision && p.Edition.PublishedOn == null)
            .Where(p => !db.PublishedItems.Any(item => item.PublishedEditionId == p.Id && item.FirstPublishedElsewhere))
            .OrderByDescending(p => p.Edition!.Month)
            .Take(EditionsInFeed)
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
        // Only of these, since a document is long and all of them would have to be put in order.
        var rows = await db.PublishedEditions.AsNoTracking()
            .Where(p => EF.Parameter(newest).Contains(p.Id))
            .OrderByDescending(p => p.Month)
            .Select(p => new { p.Document, p.PublishedUtc })
            .ToListAsync(cancellationToken);
        return [.. rows
            .Select(row => (Document: EditionDocument.FromJson(row.Document), row.PublishedUtc))
            .Select(row => new FeedEdition(row.Document, row.Document.PublishedAt ?? row.PublishedUtc, row.PublishedUtc))];
    }

    public Task<IReadOnlyList<ListedItem>> ListItemsAsync(CancellationToken cancellationToken = default)
        => NewestAsync(db.PublishedItems, cancellationToken);

    public Task<IReadOnlyList<ListedItem>> ListSectorAsync(int sectorId, CancellationToken cancellationToken = default)
        => NewestAsync(db.PublishedItems.Where(item => item.SectorId == sectorId), cancellationToken);

    public Task<IReadOnlyList<ListedItem>> ListSectionAsync(int sectionId, CancellationToken cancellationToken = default)
        => NewestAsync(db.PublishedItems.Where(item => item.SectionId == sectionId), cancellationToken);

    public Task<IReadOnlyList<ListedItem>> ListSourceAsync(int sourceId, CancellationToken cancellationToken = default)
        => NewestAsync(db.PublishedItems.Where(item => item.SourceId == sourceId), cancellationToken);

    public Task<IReadOnlyList<ListedItem>> ListTopicAsync(int topicId, CancellationToken cancellationToken = default)
        => NewestAsync(db.PublishedItemTopics.Where(row => row.TopicId == topicId).Select(row => row.PublishedItem!), cancellationToken);

    /// <summary>Where each item was published first, by its key; none of an item that was there before addresses were kept.</summary>
    public async Task<IReadOnlyDictionary<int, (EditionMonth Month, string Slug)>> FirstAddressesAsync(IReadOnlyList<ListedItem> items, CancellationToken cancellationToken = default)
    {
        var ids = items.Select(item => item.EditionItemId).ToList();
        var addresses = await db.PublishedAddresses.AsNoTracking()
            .Where(address => EF.Parameter(ids).Contains(address.EditionItemId))
            .OrderBy(address => address.Id)
            .Select(address => new { address.EditionItemId, address.Month, address.Slug })
            .ToListAsync(cancellationToken);
        return addresses.GroupBy(address => address.EditionItemId).ToDictionary(group => group.Key, group => (group.First().Month, group.First().Slug));
    }

    private static async Task<IReadOnlyList<ListedItem>> NewestAsync(IQueryable<PublishedItem> items, CancellationToken cancellationToken)
        => await items
            .Where(item => !item.FirstPublishedElsewhere)
            .OrderByDescending(item => item.Month).ThenBy(item => item.Position)
            .Take(ItemsInFeed)
            .ToListed()
            .ToListAsync(cancellationToken);
}
