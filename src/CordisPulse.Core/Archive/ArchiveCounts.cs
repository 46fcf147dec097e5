using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>
/// How much is published of what, and when: every item in a few bytes, in memory, so that pages over many editions cost the same in an
/// archive of any length. It follows the content's version, and reads again only editions that were published since.
/// </summary>
public sealed class ArchiveCounts(IDbContextFactory<PulseDbContext> contexts, ContentWatch watch) : IDisposable
{
    private readonly SemaphoreSlim _following = new(1, 1);
    private Dictionary<PublicationKey, CountedEdition> _editions = [];
    private string _merged = "";
    private CountedArchive? _counted;

    /// <summary>As readers see it now. The first time it may take a second; whoever asks meanwhile waits for it.</summary>
    public async Task<CountedArchive> ReadAsync(CancellationToken cancellationToken = default)
    {
        var version = await watch.CurrentAsync(cancellationToken);
        if (Volatile.Read(ref _counted) is { } known && known.Version == version)
            return known;
        await _following.WaitAsync(cancellationToken);
        try
        {
            if (_counted?.Version == version)
                return _counted;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await FollowAsync(db, cancellationToken);
            var counted = new CountedArchive(version, [.. _editions.Values.OrderBy(edition => edition.Month)], await SectorsAsync(db, cancellationToken));
            Volatile.Write(ref _counted, counted);
            return counted;
        }
        finally
        {
            _following.Release();
        }
    }

    public void Dispose() => _following.Dispose();

    private async Task FollowAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        // Nothing but a merger changes the rows of an edition that stays as it was published.
        var merged = await MergedAsync(db, cancellationToken);
        var known = merged == _merged ? _editions : [];
        var current = (await db.PublishedEditions.AsNoTracking()
            .Where(row => row.Edition!.PublishedRevision == row.Revision)
            .Select(row => new { row.Id, row.Sha256, row.Month })
            .ToListAsync(cancellationToken))
            .ToDictionary(row => new PublicationKey(row.Id, row.Sha256), row => row.Month);
        var editions = current.Where(row => known.ContainsKey(row.Key)).ToDictionary(row => row.Key, row => known[row.Key]);
        foreach (var some in current.Where(row => !known.ContainsKey(row.Key)).Chunk(AtOnce))
        {
            var items = await ItemsAsync(db, [.. some.Select(row => row.Key.Id)], cancellationToken);
            foreach (var (key, month) in some)
                editions[key] = new CountedEdition(month, [.. items[key.Id]]);
        }

        (_editions, _merged) = (editions, merged);
    }

    private const int AtOnce = 200;

    private static async Task<ILookup<int, CountedItem>> ItemsAsync(PulseDbContext db, int[] publications, CancellationToken cancellationToken)
    {
        var topics = (await db.PublishedItemTopics.AsNoTracking()
            .Where(row => EF.Parameter(publications).Contains(row.PublishedItem!.PublishedEditionId))
            .Select(row => new { row.PublishedItemId, row.TopicId })
            .ToListAsync(cancellationToken))
            .ToLookup(row => row.PublishedItemId, row => row.TopicId);
        var items = await db.PublishedItems.AsNoTracking()
            .Where(item => EF.Parameter(publications).Contains(item.PublishedEditionId))
            .OrderBy(item => item.PublishedEditionId).ThenBy(item => item.Position)
            .Select(item => new { item.Id, item.PublishedEditionId, item.SectorId, item.SectionId, item.SourceId, item.Words })
            .ToListAsync(cancellationToken);
        return items.ToLookup(
            item => item.PublishedEditionId,
            item => new CountedItem(item.SectorId ?? 0, item.SectionId ?? 0, item.SourceId ?? 0, item.Words, topics.Contains(item.Id) ? [.. topics[item.Id]] : null));
    }

    private static async Task<string> MergedAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var sources = await db.MergedSources.OrderBy(row => row.Id).Select(row => new { row.Id, row.SourceId }).ToListAsync(cancellationToken);
        var topics = await db.MergedTopics.OrderBy(row => row.Id).Select(row => new { row.Id, row.TopicId }).ToListAsync(cancellationToken);
        return $"{string.Join(' ', sources)}|{string.Join(' ', topics)}";
    }

    private static Task<Dictionary<int, CountedSector>> SectorsAsync(PulseDbContext db, CancellationToken cancellationToken)
        => db.Sectors.AsNoTracking().Select(row => new { row.Id, Sector = new CountedSector(row.Name, row.Colour) }).ToDictionaryAsync(row => row.Id, row => row.Sector, cancellationToken);

    private readonly record struct PublicationKey(int Id, string Sha256);
}
