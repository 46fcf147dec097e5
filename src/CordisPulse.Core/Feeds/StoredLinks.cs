using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Feeds;

/// <summary>
/// Makes the stored hashes of links anew where what counts as the same page has changed since they were stored, so that what came
/// before and what comes now are compared by one rule.
/// </summary>
public sealed class StoredLinks(IDbContextFactory<PulseDbContext> contexts)
{
    private const int AtOnce = 500;

    public async Task BringUpToDateAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await EntriesAsync(db, cancellationToken);
        await FeedsAsync(db, cancellationToken);
    }

    private static async Task EntriesAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var last = 0;
        while (true)
        {
            var rows = await db.FeedEntries.Where(entry => entry.Id > last).OrderBy(entry => entry.Id)
                .Select(entry => new { entry.Id, entry.Url, entry.LinkHash })
                .Take(AtOnce)
                .ToListAsync(cancellationToken);
            if (rows.Count == 0)
                return;
            foreach (var row in rows)
                if (LinkHash.From(row.Url) is { } hash && hash != row.LinkHash)
                    await db.FeedEntries.Where(entry => entry.Id == row.Id).ExecuteUpdateAsync(update => update.SetProperty(entry => entry.LinkHash, hash), cancellationToken);
            last = rows[^1].Id;
        }
    }

    private static async Task FeedsAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var feeds = await db.SourceFeeds.Select(feed => new { feed.Id, feed.Address, feed.AddressHash }).ToListAsync(cancellationToken);
        foreach (var feed in feeds)
            if (LinkHash.From(feed.Address) is { } hash && hash != feed.AddressHash)
            {
                // Two feeds that are one by the new rule are both watched on: which of them to leave is for a person to say.
                await db.SourceFeeds
                    .Where(row => row.Id == feed.Id && row.AddressHash == feed.AddressHash && !db.SourceFeeds.Any(other => other.AddressHash == hash))
                    .ExecuteUpdateAsync(update => update.SetProperty(row => row.AddressHash, hash), cancellationToken);
            }
    }
}
