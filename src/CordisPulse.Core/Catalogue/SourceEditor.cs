using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

public sealed record SaveSource
{
    public required int Id { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> OtherNames { get; init; }

    /// <summary>As <see cref="Source.Domains"/>.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    public required int ById { get; init; }
}

/// <summary>A name or a domain is another source's.</summary>
/// <param name="property">The property of <see cref="SaveSource"/> that holds it.</param>
/// <param name="message">As of every refusal.</param>
/// <param name="other">Whose it is.</param>
public sealed class SourceTakenException(string property, string message, Source other) : RefusedException(message)
{
    public string Property { get; } = property;

    public int OtherId { get; } = other.Id;

    public string OtherName { get; } = other.Name;
}

/// <summary>Adds sources that no item has named yet, as items bring theirs along, and keeps what all of them are known by.</summary>
public sealed class SourceEditor(PulseDbContext db, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>The new source's key.</returns>
    /// <exception cref="RefusedException">A source has the name.</exception>
    public async Task<int> AddAsync(string name, CancellationToken cancellationToken = default)
    {
        var all = await db.Sources.ToListAsync(cancellationToken);
        if (SourceRegister.ByName(all, name) is { } other)
            throw new RefusedException($"There is a source of this name: {other.Name}.");
        var source = new Source { Name = name, Slug = Slug.Unique(Slug.From(name, "source"), slug => all.Exists(one => one.Slug == slug)) };
        db.Add(source);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Sources", "Slug"))
        {
            throw new RefusedException("Somebody else added the same name at the same moment. Save again.");
        }

        return source.Id;
    }

    /// <summary>Its slug stands in readers' addresses, so it stays as it was first made.</summary>
    /// <returns>False when somebody else saved it in between, and nothing was saved.</returns>
    /// <exception cref="SourceTakenException">Another source has a name or a domain that this one is to have.</exception>
    /// <exception cref="RefusedException">It is gone.</exception>
    public async Task<bool> SaveAsync(SaveSource save, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Lists of readers name it. That row is taken first, so that of two who give one name to two sources the second sees the first.
        await db.RaiseContentVersionAsync(Now, cancellationToken);
        var all = await db.Sources.ToListAsync(cancellationToken);
        var source = all.Find(one => one.Id == save.Id) ?? throw new RefusedException("This source is gone.");
        RefuseTaken(save, source, [.. all.Where(other => other.Id != save.Id)]);
        var version = db.Entry(source).Property(one => one.Version);
        version.OriginalValue = save.Version;
        version.IsModified = true;
        (source.Name, source.OtherNames, source.Domains) = (save.Name, [.. save.OtherNames], [.. save.Domains]);
        db.Add(Revisions.Of(source, save.Version + 1, save.ById, Now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>What it had before is not asked about: a domain that two sources share may have come about elsewhere.</summary>
    private static void RefuseTaken(SaveSource save, Source source, List<Source> others)
    {
        var had = source.OtherNames.Prepend(source.Name).Select(NameKey.Of).ToHashSet();
        foreach (var name in save.OtherNames.Prepend(save.Name).Where(name => !had.Contains(NameKey.Of(name))))
            if (SourceRegister.ByName(others, name) is { } other)
                throw new SourceTakenException(name == save.Name ? nameof(SaveSource.Name) : nameof(SaveSource.OtherNames), $"“{name}” is a name of {other.Name} already.", other);
        foreach (var domain in save.Domains.Except(source.Domains, StringComparer.OrdinalIgnoreCase))
            if (others.Find(one => one.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase)) is { } other)
                throw new SourceTakenException(nameof(SaveSource.Domains), $"{SourceRegister.ShownDomain(domain)} is a domain of {other.Name} already.", other);
    }
}
