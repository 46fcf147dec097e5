using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>An edition in the list of all.</summary>
public sealed record ListedEdition(EditionMonth Month, Pulse Pulse);

/// <summary>An edition, and the published ones next before and next after it.</summary>
public sealed record EditionAmongOthers(EditionDocument Edition, EditionMonth? Before, EditionMonth? After);

/// <summary>Something whose items a page lists: a sector, a section or a source.</summary>
public sealed record ListedPlace(int Id, string Name, string Slug, int? Colour);

/// <summary>A source in the list of all: how many items are from it, and the newest edition that has one.</summary>
public sealed record ListedSource(string Name, string Slug, int Items, EditionMonth Newest);

/// <summary>What else readers may want beside one item.</summary>
public sealed record FromTheSameSource(IReadOnlyList<ListedItem> Newest, int Others);

/// <summary>Reads what is published, for pages that show more than one edition.</summary>
public sealed class ArchiveQueries(PulseDbContext db)
{
    private const int OthersShown = 5;

    private IQueryable<PublishedEdition> Current => db.PublishedEditions.AsNoTracking().Where(p => p.Edition!.PublishedRevision == p.Revision);

    /// <summary>Null while nothing is published.</summary>
    public async Task<EditionMonth?> FindNewestMonthAsync(CancellationToken cancellationToken = default)
        => await Current.OrderByDescending(p => p.Month).Select(p => (EditionMonth?)p.Month).FirstOrDefaultAsync(cancellationToken);

    /// <summary>An edition as readers see it, in one query; null when it is not published.</summary>
    public async Task<EditionAmongOthers?> FindEditionAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var found = await Current
            .Where(p => p.Month == month)
            .Select(p => new
            {
                p.Document,
                Before = Current.Where(other => other.Month < month).OrderByDescending(other => other.Month).Select(other => (EditionMonth?)other.Month).FirstOrDefault(),
                After = Current.Where(other => other.Month > month).OrderBy(other => other.Month).Select(other => (EditionMonth?)other.Month).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new EditionAmongOthers(EditionDocument.FromJson(found.Document), found.Before, found.After);
    }

    /// <summary>Every published edition, newest first.</summary>
    public Task<IReadOnlyList<ListedEdition>> ListEditionsAsync(CancellationToken cancellationToken = default)
        => WithPulsesAsync(Current.OrderByDescending(p => p.Month), cancellationToken);

    /// <summary>The last editions before one, newest first.</summary>
    public Task<IReadOnlyList<ListedEdition>> ListEditionsBeforeAsync(EditionMonth month, int most, CancellationToken cancellationToken = default)
        => WithPulsesAsync(Current.Where(p => p.Month < month).OrderByDescending(p => p.Month).Take(most), cancellationToken);

    private async Task<IReadOnlyList<ListedEdition>> WithPulsesAsync(IQueryable<PublishedEdition> editions, CancellationToken cancellationToken)
    {
        var months = await editions.Select(p => p.Month).ToListAsync(cancellationToken);
        if (months.Count == 0)
            return [];
        var (first, last) = (months[^1], months[0]);
        var bars = await db.PublishedItems.AsNoTracking()
            .Where(item => item.Month >= first && item.Month <= last)
            .OrderBy(item => item.Month).ThenBy(item => item.Position)
            .Select(item => new { item.Month, item.Words, Sector = item.Sector!.Name, Colour = item.SectorId == null ? 0 : item.Sector.Colour })
            .ToListAsync(cancellationToken);
        var pulses = bars.GroupBy(bar => bar.Month).ToDictionary(
            edition => edition.Key,
            edition => new Pulse([.. edition
                .GroupBy(bar => (bar.Sector, bar.Colour))
                .Select(sector => new PulseSector(sector.Key.Sector ?? "No sector", sector.Key.Colour, [.. sector.Select(bar => bar.Words)]))]));
        return [.. months.Select(month => new ListedEdition(month, pulses.GetValueOrDefault(month) ?? new Pulse([])))];
    }

    public Task<ListedPlace?> FindSectorAsync(string slug, CancellationToken cancellationToken = default)
        => db.Sectors.Where(s => s.Slug == slug).Select(s => new ListedPlace(s.Id, s.Name, s.Slug, s.Colour)).SingleOrDefaultAsync(cancellationToken);

    public Task<ListedPlace?> FindSectionAsync(string slug, CancellationToken cancellationToken = default)
        => db.Sections.Where(s => s.Slug == slug).Select(s => new ListedPlace(s.Id, s.Name, s.Slug, null)).SingleOrDefaultAsync(cancellationToken);

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

    /// <summary>Every source that a published item is from, by name.</summary>
    public async Task<IReadOnlyList<ListedSource>> ListSourcesAsync(CancellationToken cancellationToken = default)
    {
        var counts = await db.PublishedItems.AsNoTracking()
            .Where(item => item.SourceId != null)
            .GroupBy(item => new { item.Source!.Name, item.Source.Slug })
            .Select(source => new { source.Key.Name, source.Key.Slug, Items = source.Count(), Newest = source.Max(item => item.Month) })
            .ToListAsync(cancellationToken);
        return [.. counts
            .Select(source => new ListedSource(source.Name, source.Slug, source.Items, source.Newest))
            .OrderBy(source => SearchText.Fold(source.Name), StringComparer.Ordinal)];
    }

    public async Task<FromTheSameSource> ListOthersAsync(string sourceSlug, EditionMonth month, string itemSlug, CancellationToken cancellationToken = default)
    {
        var others = db.PublishedItems.AsNoTracking()
            // What was published keeps the address that its source had then.
            .Where(item => (item.Source!.Slug == sourceSlug || db.MergedSources.Any(merged => merged.Slug == sourceSlug && merged.SourceId == item.SourceId)) && !(item.Month == month && item.Slug == itemSlug));
        var count = await others.CountAsync(cancellationToken);
        return new FromTheSameSource(
            await others.OrderByDescending(item => item.Month).ThenBy(item => item.Position).Take(OthersShown).ToListed().ToListAsync(cancellationToken),
            count);
    }

    /// <summary>Where the item that was once published under this address stands now; null when it was never there or is no longer published.</summary>
    public async Task<(EditionMonth Month, string Slug)?> FindMovedAsync(EditionMonth month, string slug, CancellationToken cancellationToken = default)
    {
        var now = await db.PublishedAddresses.AsNoTracking()
            .Where(address => address.Month == month && address.Slug == slug)
            .Join(db.PublishedItems, address => address.EditionItemId, item => item.EditionItemId, (_, item) => new { item.Month, item.Slug })
            // An item that went to another edition stands in both until the one that it left is published again.
            .OrderByDescending(item => item.Month == month).ThenByDescending(item => item.Month)
            .FirstOrDefaultAsync(cancellationToken);
        return now is null ? null : (now.Month, now.Slug);
    }
}
