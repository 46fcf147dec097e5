using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

public sealed record MergeSources
{
    /// <summary>The one that is no more afterwards.</summary>
    public required int Id { get; init; }

    /// <summary>The one that it is the same as.</summary>
    public required int IntoId { get; init; }

    /// <summary>What the person was told.</summary>
    public required MergedParts Seen { get; init; }

    public required int ById { get; init; }
}

/// <summary>What two sources are and have, as far as it decides what becomes of them.</summary>
/// <param name="Version">Of the one that is no more afterwards.</param>
/// <param name="IntoVersion">Of the one that stays.</param>
/// <param name="Items">In the intake and in editions, of the first.</param>
/// <param name="Published">Items that readers see, of the first.</param>
/// <param name="Feeds">Of the first.</param>
public sealed record MergedParts(int Version, int IntoVersion, int Items, int Published, int Feeds);

/// <summary>Makes two sources one that turned out to be the same.</summary>
public sealed class SourceMerger(PulseDbContext db, TimeProvider time)
{
    private const string Changed = "One of the two sources, or what is theirs, has changed since you opened this page. Look at what happens now, then decide.";

    /// <summary>Null when one of them is gone, or both are the same row.</summary>
    public async Task<MergedParts?> LookAsync(int id, int intoId, CancellationToken cancellationToken = default)
    {
        if (id == intoId)
            return null;
        var found = await db.Sources.Where(source => source.Id == id)
            .Select(source => new
            {
                source.Version,
                IntoVersion = db.Sources.Where(into => into.Id == intoId).Select(into => (int?)into.Version).FirstOrDefault(),
                Items = db.EditionItems.Count(item => item.SourceId == id),
                Published = db.PublishedItems.Count(item => item.SourceId == id),
                Feeds = db.SourceFeeds.Count(feed => feed.SourceId == id),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found?.IntoVersion is { } intoVersion ? new MergedParts(found.Version, intoVersion, found.Items, found.Published, found.Feeds) : null;
    }

    /// <summary>
    /// Items, feeds, names and domains of the one go to the other, and its address leads there. What is published keeps its words until
    /// it is published again.
    /// </summary>
    /// <returns>The name of the one that stays.</returns>
    /// <exception cref="RefusedException">Something has changed since; nothing was saved.</exception>
    public async Task<string> MergeAsync(MergeSources merge, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Held in the order in which publishing holds them.
        await db.Editions.Where(edition => edition.Items.Any(item => item.SourceId == merge.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(edition => edition.ChangedUtc, now), cancellationToken);
        await db.RaiseContentVersionAsync(now, cancellationToken);
        if (await LookAsync(merge.Id, merge.IntoId, cancellationToken) != merge.Seen)
            throw new RefusedException(Changed);
        var source = await db.Sources.SingleAsync(one => one.Id == merge.Id, cancellationToken);
        var into = await db.Sources.SingleAsync(one => one.Id == merge.IntoId, cancellationToken);
        await MoveAsync(merge, cancellationToken);
        into.OtherNames = [.. into.OtherNames.Prepend(into.Name).Append(source.Name).Concat(source.OtherNames).DistinctBy(NameKey.Of).Skip(1)];
        into.Domains = [.. into.Domains.Union(source.Domains, StringComparer.OrdinalIgnoreCase)];
        db.Entry(into).State = EntityState.Modified;
        db.Add(Revisions.Of(into, into.Version + 1, merge.ById, now));
        // A source of the same name may have been merged and made anew.
        if (await db.MergedSources.SingleOrDefaultAsync(before => before.Slug == source.Slug, cancellationToken) is { } before)
            before.SourceId = into.Id;
        else
            db.Add(new MergedSource { Slug = source.Slug, SourceId = into.Id });
        db.Remove(source);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("MergedSources", "Slug"))
        {
            throw new RefusedException(Changed);
        }

        await transaction.CommitAsync(cancellationToken);
        return into.Name;
    }

    private async Task MoveAsync(MergeSources merge, CancellationToken cancellationToken)
    {
        await db.EditionItems.Where(item => item.SourceId == merge.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(item => item.SourceId, merge.IntoId).SetProperty(item => item.Version, item => item.Version + 1), cancellationToken);
        await db.PublishedItems.Where(item => item.SourceId == merge.Id).ExecuteUpdateAsync(row => row.SetProperty(item => item.SourceId, merge.IntoId), cancellationToken);
        await db.SourceFeeds.Where(feed => feed.SourceId == merge.Id).ExecuteUpdateAsync(row => row.SetProperty(feed => feed.SourceId, merge.IntoId), cancellationToken);
        // Those that were merged into it before.
        await db.MergedSources.Where(before => before.SourceId == merge.Id).ExecuteUpdateAsync(row => row.SetProperty(before => before.SourceId, merge.IntoId), cancellationToken);
    }
}
