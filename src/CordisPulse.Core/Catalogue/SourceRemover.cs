using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

public sealed record RemoveSource
{
    public required int Id { get; init; }

    public required int ById { get; init; }
}

public sealed record PutSourceBack
{
    /// <summary>Key that it had.</summary>
    public required int Id { get; init; }
}

/// <summary>What a source is used by, and can't be removed for.</summary>
/// <param name="Items">In the intake and in editions.</param>
/// <param name="Published">Items that readers see.</param>
/// <param name="Merged">Sources that were merged into it, whose addresses lead to it.</param>
public sealed record SourceUse(int Items, int Published, int Feeds, int Merged);

/// <summary>Takes sources out of the register that nothing uses. What such a source was known by stays in its last revision.</summary>
public sealed class SourceRemover(PulseDbContext db, TimeProvider time)
{
    /// <summary>Null when there is no such source.</summary>
    public Task<SourceUse?> LookAsync(int id, CancellationToken cancellationToken = default)
        => db.Sources.Where(source => source.Id == id)
            .Select(source => new SourceUse(
                db.EditionItems.Count(item => item.SourceId == source.Id),
                db.PublishedItems.Count(item => item.SourceId == source.Id),
                db.SourceFeeds.Count(feed => feed.SourceId == source.Id),
                db.MergedSources.Count(merged => merged.SourceId == source.Id)))
            .SingleOrDefaultAsync(cancellationToken);

    /// <returns>Its name.</returns>
    /// <exception cref="RefusedException">It is gone, or something uses it.</exception>
    public async Task<string> RemoveAsync(RemoveSource remove, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Held as a save of its names holds it.
        await db.RaiseContentVersionAsync(now, cancellationToken);
        var source = await db.Sources.SingleOrDefaultAsync(one => one.Id == remove.Id, cancellationToken) ?? throw new RefusedException("This source is gone already.");
        if (!await Unused(db).AnyAsync(one => one.Id == remove.Id, cancellationToken))
            throw new RefusedException($"“{source.Name}” can't be removed: something uses it.");
        db.Remove(source);
        db.Add(Revisions.Of(source, source.Version + 1, remove.ById, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            throw new RefusedException($"“{source.Name}” stays: somebody has changed or used it in this moment.");
        }

        await transaction.CommitAsync(cancellationToken);
        return source.Name;
    }

    /// <summary>Puts a source back that was removed, with the names that it had and those of its domains that nobody has taken since.</summary>
    /// <returns>Its new key.</returns>
    /// <exception cref="RefusedException">It is there, or another has one of its names.</exception>
    public async Task<int> PutBackAsync(PutSourceBack back, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.RaiseContentVersionAsync(time.GetUtcNow().UtcDateTime, cancellationToken);
        var last = await db.Revisions.AsNoTracking().Where(revision => revision.Text == RevisedText.Source && revision.TextId == back.Id)
            .OrderByDescending(revision => revision.Id).FirstOrDefaultAsync(cancellationToken);
        var all = await db.Sources.ToListAsync(cancellationToken);
        if (last is null || all.Exists(source => source.Id == back.Id))
            throw new RefusedException("This source was never removed.");
        var was = Revisions.Read<KnownSource>(last);
        foreach (var name in was.OtherNames.Prepend(was.Name))
            if (SourceRegister.ByName(all, name) is { } other)
                throw new RefusedException($"“{name}” is a name of {other.Name} now, so it was not put back.");
        var source = new Source
        {
            Name = was.Name,
            Slug = Slug.Unique(was.Slug, slug => all.Exists(one => one.Slug == slug)),
            OtherNames = [.. was.OtherNames],
            Domains = [.. was.Domains.Except(all.SelectMany(one => one.Domains), StringComparer.OrdinalIgnoreCase)],
        };
        db.Add(source);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Sources", "Slug"))
        {
            throw new RefusedException("Somebody else added the same name at the same moment.");
        }

        await transaction.CommitAsync(cancellationToken);
        return source.Id;
    }

    /// <summary>Those that nothing uses.</summary>
    internal static IQueryable<Source> Unused(PulseDbContext db) => db.Sources.Where(
        source => !db.EditionItems.Any(item => item.SourceId == source.Id)
            && !db.PublishedItems.Any(item => item.SourceId == source.Id)
            && !db.SourceFeeds.Any(feed => feed.SourceId == source.Id)
            && !db.MergedSources.Any(merged => merged.SourceId == source.Id));

    private sealed record KnownSource(string Name, string Slug, IReadOnlyList<string> OtherNames, IReadOnlyList<string> Domains);
}
