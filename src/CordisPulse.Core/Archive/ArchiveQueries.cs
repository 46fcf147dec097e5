using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>An edition in the list of all.</summary>
public sealed record ListedEdition(EditionMonth Month, Pulse Pulse);

/// <summary>An edition, and the published ones next before and next after it.</summary>
public sealed record EditionAmongOthers(EditionDocument Edition, EditionMonth? Before, EditionMonth? After);

/// <summary>Something whose items a page lists: a sector, a section, a source or a topic.</summary>
public sealed record ListedPlace(int Id, string Name, string Slug, int? Colour);

/// <summary>One of these in the list of all, with how often and when it is in editions.</summary>
public sealed record CountedPlace(string Name, string Slug, int? Colour, Occurrence Occurrence);

/// <summary>What else readers may want beside one item.</summary>
public sealed record FromTheSameSource(IReadOnlyList<ListedItem> Newest, int Others);

/// <summary>Reads what is published, for pages that show more than one edition.</summary>
public sealed class ArchiveQueries(PulseDbContext db, ArchiveCounts counts)
{
    /// <summary>As many of one link as it takes to see that it is not of one report alone.</summary>
    private const int Alike = 20;

    private const int OthersShown = 5;
    private const int CoveredShown = 6;

    private IQueryable<Edition> Published => db.Editions.AsNoTracking().Where(edition => edition.PublishedRevision != null);

    /// <summary>Null while nothing is published.</summary>
    public async Task<EditionMonth?> FindNewestMonthAsync(CancellationToken cancellationToken = default)
        => await Published.OrderByDescending(e => e.Month).Select(e => (EditionMonth?)e.Month).FirstOrDefaultAsync(cancellationToken);

    /// <summary>An edition as readers see it, in one query; null when it is not published.</summary>
    public async Task<EditionAmongOthers?> FindEditionAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var found = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Month == month && p.Edition!.PublishedRevision == p.Revision)
            .Select(p => new
            {
                p.Document,
                Before = Published.Where(e => e.Month < month).OrderByDescending(e => e.Month).Select(e => (EditionMonth?)e.Month).FirstOrDefault(),
                After = Published.Where(e => e.Month > month).OrderBy(e => e.Month).Select(e => (EditionMonth?)e.Month).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new EditionAmongOthers(EditionDocument.FromJson(found.Document), found.Before, found.After);
    }


    /// <summary>The last editions before one, newest first.</summary>
    public async Task<IReadOnlyList<ListedEdition>> ListEditionsBeforeAsync(EditionMonth month, int most, CancellationToken cancellationToken = default)
        => (await counts.ReadAsync(cancellationToken)).Before(month, most);

    public Task<ListedPlace?> FindSectorAsync(string slug, CancellationToken cancellationToken = default)
        => db.Sectors.Where(s => s.Slug == slug).Select(s => new ListedPlace(s.Id, s.Name, s.Slug, s.Colour)).SingleOrDefaultAsync(cancellationToken);

    public Task<ListedPlace?> FindSectionAsync(string slug, CancellationToken cancellationToken = default)
        => db.Sections.Where(s => s.Slug == slug).Select(s => new ListedPlace(s.Id, s.Name, s.Slug, null)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Null also for a topic that no published item has.</summary>
    public Task<ListedPlace?> FindTopicAsync(string slug, CancellationToken cancellationToken = default)
        => db.Topics
            .Where(topic => topic.Slug == slug && db.PublishedItemTopics.Any(row => row.TopicId == topic.Id))
            .Select(topic => new ListedPlace(topic.Id, topic.Name, topic.Slug, null))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>The address of the topic that one became part of which once had this address; null when there is none that readers see.</summary>
    public Task<string?> FindMergedTopicAsync(string slug, CancellationToken cancellationToken = default)
        => db.MergedTopics
            .Where(merged => merged.Slug == slug && db.PublishedItemTopics.Any(row => row.TopicId == merged.TopicId))
            .Select(merged => merged.Topic!.Slug)
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Null also for a source that no published item is from: readers see nothing of unpublished work.</summary>
    public Task<ListedPlace?> FindSourceAsync(string slug, CancellationToken cancellationToken = default)
        => db.Sources
            .Where(s => s.Slug == slug && db.PublishedItems.Any(item => item.SourceId == s.Id))
            .Select(s => new ListedPlace(s.Id, s.Name, s.Slug, null))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>The address of the source that one became which once had this address; null when there is none that readers see.</summary>
    public Task<string?> FindMergedSourceAsync(string slug, CancellationToken cancellationToken = default)
        => db.MergedSources
            .Where(merged => merged.Slug == slug && db.PublishedItems.Any(item => item.SourceId == merged.SourceId))
            .Select(merged => merged.Source!.Slug)
            .SingleOrDefaultAsync(cancellationToken);

    public Task<ItemPage> ListSectorAsync(int sectorId, ItemPlace? after, CancellationToken cancellationToken = default)
        => db.PublishedItems.AsNoTracking().Where(item => item.SectorId == sectorId).ToPageAsync(after, cancellationToken);

    public Task<ItemPage> ListSectionAsync(int sectionId, ItemPlace? after, CancellationToken cancellationToken = default)
        => db.PublishedItems.AsNoTracking().Where(item => item.SectionId == sectionId).ToPageAsync(after, cancellationToken);

    public Task<ItemPage> ListSourceAsync(int sourceId, ItemPlace? after, CancellationToken cancellationToken = default)
        => db.PublishedItems.AsNoTracking().Where(item => item.SourceId == sourceId).ToPageAsync(after, cancellationToken);

    public async Task<ItemPage> ListTopicAsync(int topicId, ItemPlace? after, CancellationToken cancellationToken = default)
    {
        var rows = db.PublishedItemTopics.AsNoTracking().Where(row => row.TopicId == topicId);
        if (after is var (month, position))
            rows = rows.Where(row => row.Month <= month && (row.Month < month || row.Position > position));
        // In its own index; the items follow by their keys.
        var ids = await rows.OrderByDescending(row => row.Month).ThenBy(row => row.Position).Take(ItemPage.Size + 1).Select(row => row.PublishedItemId).ToListAsync(cancellationToken);
        return await db.PublishedItems.AsNoTracking().Where(item => EF.Parameter(ids).Contains(item.Id)).ToPageAsync(null, cancellationToken);
    }

    /// <summary>Sectors, in the order of the catalogue; those without a published item are left out, as with the others.</summary>
    public async Task<IReadOnlyList<CountedPlace>> ListSectorsAsync(CancellationToken cancellationToken = default)
        => Counted(
            await db.Sectors.OrderBy(row => row.Position).Select(row => new ListedPlace(row.Id, row.Name, row.Slug, row.Colour)).ToListAsync(cancellationToken),
            (await counts.ReadAsync(cancellationToken)).Sectors);

    public async Task<IReadOnlyList<CountedPlace>> ListSectionsAsync(CancellationToken cancellationToken = default)
        => Counted(
            await db.Sections.OrderBy(row => row.Position).Select(row => new ListedPlace(row.Id, row.Name, row.Slug, null)).ToListAsync(cancellationToken),
            (await counts.ReadAsync(cancellationToken)).Sections);

    public async Task<IReadOnlyList<CountedPlace>> ListSourcesAsync(CancellationToken cancellationToken = default)
        => Counted(
            await db.Sources.Select(row => new ListedPlace(row.Id, row.Name, row.Slug, null)).ToListAsync(cancellationToken),
            (await counts.ReadAsync(cancellationToken)).Sources);

    public async Task<IReadOnlyList<CountedPlace>> ListTopicsAsync(CancellationToken cancellationToken = default)
        => Counted(
            await db.Topics.Select(row => new ListedPlace(row.Id, row.Name, row.Slug, null)).ToListAsync(cancellationToken),
            (await counts.ReadAsync(cancellationToken)).Topics);

    private static List<CountedPlace> Counted(IEnumerable<ListedPlace> places, IReadOnlyDictionary<int, Occurrence> occurrences)
        => [.. places
            .Where(place => occurrences.ContainsKey(place.Id))
            .Select(place => new CountedPlace(place.Name, place.Slug, place.Colour, occurrences[place.Id]))];

    /// <summary>Null for a source that is no more.</summary>
    public async Task<FromTheSameSource?> ListOthersAsync(string sourceSlug, EditionMonth month, string itemSlug, CancellationToken cancellationToken = default)
    {
        // What was published keeps the address that its source had then.
        var source = await db.Sources
            .Where(row => row.Slug == sourceSlug || db.MergedSources.Any(merged => merged.Slug == sourceSlug && merged.SourceId == row.Id))
            .OrderByDescending(row => row.Slug == sourceSlug)
            .Select(row => (int?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (source is not { } id || !(await counts.ReadAsync(cancellationToken)).Sources.TryGetValue(id, out var occurrence))
            return null;
        return new FromTheSameSource(
            await db.PublishedItems.AsNoTracking()
                .Where(item => item.SourceId == id && !(item.Month == month && item.Slug == itemSlug))
                .OrderByDescending(item => item.Month).ThenBy(item => item.Position).Take(OthersShown).ToListed().ToListAsync(cancellationToken),
            occurrence.Items - 1);
    }

    /// <summary>Items of other editions on the same thing, the newest first.</summary>
    public async Task<IReadOnlyList<ListedItem>> ListCoveredAgainAsync(int itemId, CancellationToken cancellationToken = default)
        => await db.CoveredAgain.AsNoTracking()
            .Where(pair => pair.ItemId == itemId)
            .Join(db.PublishedItems, pair => pair.OtherId, item => item.EditionItemId, (_, item) => item)
            .OrderByDescending(item => item.Month).ThenBy(item => item.Position)
            .Take(CoveredShown)
            .ToListed()
            .ToListAsync(cancellationToken);

    /// <summary>Where the item that was once published under this address stands now; null when it was never there or is no longer published.</summary>
    public async Task<(EditionMonth Month, string Slug)?> FindMovedAsync(EditionMonth month, string slug, CancellationToken cancellationToken = default)
    {
        var now = await db.PublishedAddresses.AsNoTracking()
            .Where(address => address.Month == month && address.Slug == slug)
            .Join(db.PublishedItems, address => address.EditionItemId, item => item.EditionItemId, (_, item) => new { item.Month, item.Slug })
            // An item that went to another edition stands in both until the one that it left is published again.
            .OrderByDescending(item => item.Month == month).ThenByDescending(item => item.Month)
            .FirstOrDefaultAsync(cancellationToken);
        return now is null ? await FindElsewhereAsync(month, slug, cancellationToken) : (now.Month, now.Slug);
    }

    /// <summary>Where a report stands now that was copied to another edition and taken out of this one: by its link, or by its title and source.</summary>
    private async Task<(EditionMonth Month, string Slug)?> FindElsewhereAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
    {
        if (!await db.PublishedAddresses.AnyAsync(address => address.Month == month && address.Slug == slug, cancellationToken))
            return null;
        DocumentItem? item = null;
        await foreach (var document in db.PublishedEditions.Where(edition => edition.Month == month).OrderByDescending(edition => edition.Revision).Select(edition => edition.Document).AsAsyncEnumerable().WithCancellation(cancellationToken))
            if ((item = EditionDocument.FromJson(document).Items.FirstOrDefault(placed => placed.Item.Slug == slug)?.Item) is not null)
                break;
        if (item is null)
            return null;
        var (url, title, source) = (item.Url, item.Title, item.Source);
        var others = await db.PublishedItems
            .Where(other => (url != null && other.Url == url) || (other.Title == title && other.Source!.Name == source))
            .OrderByDescending(other => other.Month)
            .Select(other => new { other.Month, other.Slug, other.Title })
            .Take(Alike)
            .ToListAsync(cancellationToken);
        // An address such as a publisher's front page stands for many reports.
        var found = others.FirstOrDefault(other => other.Title == title) ?? (others.Count == 1 ? others[0] : null);
        return found is null ? null : (found.Month, found.Slug);
    }
}
