using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Feeds;

/// <summary>A feed that is to be read.</summary>
/// <param name="Readings">Readings begun; once claimed, also the number of the lease.</param>
/// <param name="Failures">In a row, before this reading.</param>
public sealed record DueFeed(int Id, string Address, int Readings, int Failures, string? ETag, DateTime? LastModifiedUtc);

/// <summary>The readings of feeds that are owed, as rows: claimed by one node at a time, then written down.</summary>
public sealed class FeedReadings(IDbContextFactory<PulseDbContext> contexts, CoveredBefore covered, IOptions<OutboundOptions> options, TimeProvider time)
{
    /// <summary>Enough that one site with many feeds does not hide the others.</summary>
    private const int MostLookedAt = 200;

    /// <summary>How old an entry may be that is suggested when its feed is read for the first time.</summary>
    public static readonly TimeSpan FirstSuggested = TimeSpan.FromDays(31);

    /// <summary>Of entries without a date, which may be of any age, as many are suggested at first.</summary>
    public const int FirstUndated = 10;

    /// <summary>Longer than a feed may take with all its redirects.</summary>
    private TimeSpan Lease => options.Value.Timeout + TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The longest waiting first.</summary>
    public async Task<IReadOnlyList<DueFeed>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.SourceFeeds
            .Where(feed => feed.NextReadingUtc != null && feed.NextReadingUtc <= now)
            .OrderBy(feed => feed.NextReadingUtc)
            .Select(feed => new DueFeed(feed.Id, feed.Address, feed.Readings, feed.Failures, feed.ETag, feed.LastModifiedUtc))
            .Take(MostLookedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null when another node was first.</summary>
    public async Task<DueFeed?> ClaimAsync(DueFeed due, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, end) = (Now, Now + Lease);
        var claimed = await db.SourceFeeds
            .Where(feed => feed.Id == due.Id && feed.Readings == due.Readings && feed.NextReadingUtc != null && feed.NextReadingUtc <= now)
            .ExecuteUpdateAsync(row => row.SetProperty(feed => feed.Readings, due.Readings + 1).SetProperty(feed => feed.NextReadingUtc, end), cancellationToken);
        return claimed == 1 ? due with { Readings = due.Readings + 1 } : null;
    }

    /// <summary>Keeps the entries that were not there before; those that are new to the desk wait as suggestions.</summary>
    public async Task TakeInAsync(DueFeed claimed, ReadFeed.Told told, TimeSpan pause)
    {
        var fresh = await FreshAsync(claimed.Id, told.Document.Entries);
        await WriteAsync(claimed, async (db, feed) =>
        {
            feed.NextReadingUtc = Now + pause;
            feed.Title = told.Document.Title ?? feed.Title;
            // What is damaged is read again whole, so that "nothing has changed" does not hide it.
            var isWhole = told.Document.DamagedAtLine is null;
            feed.ETag = isWhole && told.ETag?.Length <= Limits.Line ? told.ETag : null;
            feed.LastModifiedUtc = isWhole ? told.LastModified?.UtcDateTime : null;
            await MoveAsync(db, feed, told.MovedTo);
            var entries = await EntriesAsync(db, feed, fresh);
            db.AddRange(entries);
            feed.FirstEntriesUtc ??= Now;
            feed.Outcome = FeedOutcome.Of(told.Document.Entries.Count, entries, told.Document.DamagedAtLine);
        });
    }

    /// <summary>The feed is as it was.</summary>
    public Task LeaveAsync(DueFeed claimed, ReadFeed.Unchanged unchanged, TimeSpan pause) => WriteAsync(claimed, async (db, feed) =>
    {
        feed.NextReadingUtc = Now + pause;
        feed.Outcome = FeedOutcome.Unchanged;
        await MoveAsync(db, feed, unchanged.MovedTo);
    });

    /// <summary>It is read no more, until a person says so.</summary>
    public Task StopAsync(DueFeed claimed) => WriteAsync(claimed, (_, feed) =>
    {
        feed.NextReadingUtc = null;
        feed.Problem = FeedOutcome.Gone;
        return Task.CompletedTask;
    });

    public Task PutOffAsync(DueFeed claimed, ReadFeed.Failed failed, TimeSpan pause) => WriteAsync(claimed, (_, feed) =>
    {
        feed.NextReadingUtc = Now + pause;
        feed.Failures = claimed.Failures + 1;
        feed.Problem = failed.Problem;
        feed.Offers = [.. failed.Offers];
        return Task.CompletedTask;
    });

    /// <summary>Writes down what came of a reading, unless its lease is lost or somebody has paused the feed meanwhile.</summary>
    private async Task WriteAsync(DueFeed claimed, Func<PulseDbContext, SourceFeed, Task> write)
    {
        // What has happened is written down even while the program stops.
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = Now;
        var isHeld = await db.SourceFeeds
            .Where(feed => feed.Id == claimed.Id && feed.Readings == claimed.Readings && feed.NextReadingUtc != null && feed.Address == claimed.Address)
            .ExecuteUpdateAsync(row => row.SetProperty(feed => feed.LastReadUtc, now)) == 1;
        if (!isHeld)
            return;
        var feed = await db.SourceFeeds.SingleAsync(feed => feed.Id == claimed.Id);
        (feed.Failures, feed.Problem, feed.Outcome, feed.Offers) = (0, null, null, []);
        await write(db, feed);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>A feed that has moved for good is asked for where it is now, unless that is watched already.</summary>
    private static async Task MoveAsync(PulseDbContext db, SourceFeed feed, Uri? to)
    {
        if (to is null || to.AbsoluteUri is { Length: > Limits.Url } || LinkHash.From(to.AbsoluteUri) is not { } hash)
            return;
        if (await db.SourceFeeds.AnyAsync(other => other.Id != feed.Id && other.AddressHash == hash))
            return;
        (feed.MovedFrom, feed.Address, feed.AddressHash) = (feed.Address, to.AbsoluteUri, hash);
    }

    /// <summary>The entries that the feed did not hold before, and whether an edition or the intake has the link of each.</summary>
    private async Task<IReadOnlyList<FreshEntry>> FreshAsync(int feedId, IReadOnlyList<AnnouncedEntry> announced)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var hashes = announced.Select(HashOf).ToList();
        var kept = await db.FeedEntries.Where(entry => entry.FeedId == feedId && hashes.Contains(entry.EntryHash)).Select(entry => entry.EntryHash).ToHashSetAsync();
        // A feed may hold an entry twice.
        var fresh = announced.Where(entry => kept.Add(HashOf(entry))).ToList();
        var before = await covered.FindAllAsync([.. fresh.Select(entry => new CoveredQuestion { Url = entry.Url })]);
        return [.. fresh.Zip(before, (entry, items) => new FreshEntry(entry, LinkHash.From(entry.Url)!, items.Count > 0))];
    }

    private async Task<List<FeedEntry>> EntriesAsync(PulseDbContext db, SourceFeed feed, IReadOnlyList<FreshEntry> fresh)
    {
        var links = fresh.Select(entry => entry.LinkHash).ToList();
        var known = await db.FeedEntries.Where(entry => links.Contains(entry.LinkHash)).Select(entry => entry.LinkHash).ToHashSetAsync();
        var (now, undated, entries) = (Now, 0, new List<FeedEntry>());
        foreach (var (entry, linkHash, isCovered) in fresh)
        {
            // Two entries of one reading may lead to the same page.
            var isKnown = !known.Add(linkHash) || isCovered;
            var isOld = feed.FirstEntriesUtc is null && (entry.PublishedUtc is { } date ? date < now - FirstSuggested : undated++ >= FirstUndated);
            var state = isKnown ? FeedEntryState.Known : isOld ? FeedEntryState.Old : FeedEntryState.Waiting;
            entries.Add(new FeedEntry
            {
                FeedId = feed.Id,
                EntryHash = HashOf(entry),
                LinkHash = linkHash,
                Url = entry.Url,
                Title = entry.Title,
                Description = state == FeedEntryState.Waiting ? entry.Description : null,
                // A date to come would keep the entry on top until then.
                PublishedUtc = entry.PublishedUtc < now ? entry.PublishedUtc : null,
                SeenUtc = now,
                State = state,
            });
        }

        return entries;
    }

    private static string HashOf(AnnouncedEntry entry) => LinkHash.Of(entry.Id ?? entry.Url);

    private sealed record FreshEntry(AnnouncedEntry Entry, string LinkHash, bool IsCovered);
}
