using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Feeds;

public sealed record WatchFeed
{
    public required int SourceId { get; init; }

    public required string Address { get; init; }

    public required int ById { get; init; }
}

/// <summary>What editors do with the feeds of sources. Each act answers the key of the feed's source, or null when there is no such feed.</summary>
public sealed class FeedEditor(PulseDbContext db, TimeProvider time)
{
    public const int MostOfOneSource = 20;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Watches a feed; it is read within a second or two.</summary>
    /// <exception cref="RefusedException">It is no web address, is watched already, or the source is gone or has too many.</exception>
    public async Task WatchAsync(WatchFeed watch, CancellationToken cancellationToken = default)
    {
        var hash = AddressHash(watch.Address);
        if (!await db.Sources.AnyAsync(source => source.Id == watch.SourceId, cancellationToken))
            throw new RefusedException("This source is gone.");
        await RefuseWatchedAsync(hash, cancellationToken);
        if (await db.SourceFeeds.CountAsync(feed => feed.SourceId == watch.SourceId, cancellationToken) >= MostOfOneSource)
            throw new RefusedException($"A source can have {MostOfOneSource} feeds.");
        db.Add(new SourceFeed { SourceId = watch.SourceId, Address = watch.Address, AddressHash = hash, AddedUtc = Now, AddedById = watch.ById, NextReadingUtc = Now });
        await SaveAsync(cancellationToken);
    }

    /// <summary>Watches what the web page at a feed's address names, in the place of the page.</summary>
    /// <exception cref="RefusedException">The page does not name it, or it is watched already.</exception>
    public async Task<int?> TakeOfferAsync(int id, string offer, CancellationToken cancellationToken = default)
    {
        if (await db.SourceFeeds.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } feed)
            return null;
        if (!feed.Offers.Contains(offer))
            throw new RefusedException("The page does not name this feed any more.");
        var hash = AddressHash(offer);
        if (hash != feed.AddressHash)
            await RefuseWatchedAsync(hash, cancellationToken);
        (feed.Address, feed.AddressHash, feed.Offers, feed.Problem, feed.Outcome, feed.MovedFrom) = (offer, hash, [], null, null, null);
        (feed.Failures, feed.ETag, feed.LastModifiedUtc, feed.LastReadUtc, feed.NextReadingUtc) = (0, null, null, null, Now);
        await SaveAsync(cancellationToken);
        return feed.SourceId;
    }

    /// <summary>Reads it now, also one that was gone; pauses end.</summary>
    public Task<int?> ReadNowAsync(int id, CancellationToken cancellationToken = default) => ScheduleAsync(id, Now, null, cancellationToken);

    public Task<int?> PauseAsync(int id, CancellationToken cancellationToken = default) => ScheduleAsync(id, null, Now, cancellationToken);

    /// <summary>Stops watching; what it has suggested and nobody has taken goes, and so does what is known of its entries.</summary>
    public async Task<int?> RemoveAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var sourceId = await SourceOfAsync(id, cancellationToken);
        if (await db.SourceFeeds.Where(feed => feed.Id == id).ExecuteDeleteAsync(cancellationToken) > 0)
            db.Add(new AuditEntry { Act = AuditedActs.RemoveSetting, Subject = $"feed of source {sourceId}" });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return sourceId;
    }

    private async Task<int?> ScheduleAsync(int id, DateTime? next, DateTime? paused, CancellationToken cancellationToken)
    {
        await db.SourceFeeds.Where(feed => feed.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(feed => feed.NextReadingUtc, next).SetProperty(feed => feed.PausedUtc, paused), cancellationToken);
        return await SourceOfAsync(id, cancellationToken);
    }

    public Task<int?> SourceOfAsync(int id, CancellationToken cancellationToken = default)
        => db.SourceFeeds.Where(feed => feed.Id == id).Select(feed => (int?)feed.SourceId).SingleOrDefaultAsync(cancellationToken);

    private static string AddressHash(string address)
        => address.Length <= Limits.Url && LinkHash.From(address) is { } hash ? hash : throw new RefusedException("A feed's address begins with https:// or http://.");

    private async Task RefuseWatchedAsync(string hash, CancellationToken cancellationToken)
    {
        if (await db.SourceFeeds.Where(feed => feed.AddressHash == hash).Select(feed => feed.Source!.Name).SingleOrDefaultAsync(cancellationToken) is { } source)
            throw new RefusedException($"This feed is watched already, for {source}.");
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("SourceFeeds", "AddressHash"))
        {
            throw new RefusedException("Somebody else has just added this feed.");
        }
    }
}
