using System.Linq.Expressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

/// <param name="Colour">Of a sector alone.</param>
/// <param name="IsUsed">True while an item, published or not, stands in it.</param>
public sealed record CatalogueRow(int Id, string Name, string Slug, IReadOnlyList<string> OtherNames, int? Colour, bool IsUsed, int Version);

public sealed record SaveCatalogueEntry
{
    /// <summary>Null to add one.</summary>
    public required int? Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> OtherNames { get; init; }

    /// <summary>The version that was read; not looked at for a new one.</summary>
    public int Version { get; init; }

    public required int? ById { get; init; }
}

public sealed record MoveCatalogueEntry
{
    public required int Id { get; init; }

    public required bool Up { get; init; }

    public required int? ById { get; init; }
}

/// <summary>Keeps sectors, sections or topics. Their slugs stand in readers' addresses, so a slug stays as it was first made.</summary>
public abstract class CatalogueEditor<T>(PulseDbContext db, TimeProvider time)
    where T : class, ICatalogueEntry
{
    protected PulseDbContext Db { get; } = db;

    protected DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<CatalogueRow>> ListAsync(CancellationToken cancellationToken = default)
        => await InOrder.Select(Row).ToListAsync(cancellationToken);

    public async Task<CatalogueRow?> FindAsync(int id, CancellationToken cancellationToken = default)
        => await Db.Set<T>().Where(entry => entry.Id == id).Select(Row).SingleOrDefaultAsync(cancellationToken);

    /// <returns>False when somebody else saved it in between, and nothing was saved.</returns>
    /// <exception cref="RefusedException">Another one has the name, or it is gone.</exception>
    public async Task<bool> SaveAsync(SaveCatalogueEntry save, CancellationToken cancellationToken = default)
    {
        var all = await InOrder.ToListAsync(cancellationToken);
        RefuseTakenNames(save, all);
        return save.Id is { } id
            ? await ChangeAsync(all.Find(entry => entry.Id == id) ?? throw new RefusedException("It is gone."), all, save, cancellationToken)
            : await AddAsync(all, save, cancellationToken);
    }

    /// <exception cref="RefusedException">Items stand in it.</exception>
    public async Task RemoveAsync(int id, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, cancellationToken) is not { } row)
            return;
        if (row.IsUsed)
            throw new RefusedException($"{row.Name} has items, so it stays. Move them elsewhere first.");
        Db.Remove(await Db.Set<T>().SingleAsync(entry => entry.Id == id, cancellationToken));
        if (!await SaveAndTellAsync(cancellationToken))
            throw new RefusedException($"Somebody else has just changed {row.Name}. Look at it again.");
    }

    protected abstract Expression<Func<T, CatalogueRow>> Row { get; }

    protected abstract IQueryable<T> InOrder { get; }

    protected abstract T Make(string name, string slug, IReadOnlyList<T> all);

    /// <summary>Whether a slug means something else.</summary>
    protected virtual Task<Predicate<string>> TakenAsync(IReadOnlyList<T> all, CancellationToken cancellationToken)
        => Task.FromResult<Predicate<string>>(slug => all.Any(entry => entry.Slug == slug));

    private async Task<bool> AddAsync(List<T> all, SaveCatalogueEntry save, CancellationToken cancellationToken)
    {
        var isTaken = await TakenAsync(all, cancellationToken);
        var entry = Make(save.Name, Slug.Unique(Slug.From(save.Name, "part"), slug => isTaken(slug)), all);
        entry.OtherNames = [.. save.OtherNames];
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellationToken);
        Db.Add(entry);
        // Twice, since the revision names the row's key, which the database gives.
        await Db.SaveChangesAsync(cancellationToken);
        Db.Add(Revisions.Of(entry, entry.Version, save.ById, Now));
        await Db.SaveChangesAsync(cancellationToken);
        await Db.RaiseContentVersionAsync(Now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> ChangeAsync(T entry, List<T> all, SaveCatalogueEntry save, CancellationToken cancellationToken)
    {
        var version = Db.Entry(entry).Property<int>(nameof(ICatalogueEntry.Version));
        version.OriginalValue = save.Version;
        version.IsModified = true;
        entry.OtherNames = [.. save.OtherNames, .. OldName(entry, all, save)];
        entry.Name = save.Name;
        Db.Add(Revisions.Of(entry, save.Version + 1, save.ById, Now));
        return await SaveAndTellAsync(cancellationToken);
    }

    /// <summary>Old files still use the name that an entry had, so it stays among its other names, unless another one has taken it.</summary>
    private static string[] OldName(T entry, List<T> all, SaveCatalogueEntry save)
        => save.OtherNames.Prepend(save.Name).Contains(entry.Name, StringComparer.OrdinalIgnoreCase)
            || all.Exists(other => other.Id != entry.Id && other.OtherNames.Prepend(other.Name).Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
            ? []
            : [entry.Name];

    protected async Task<bool> SaveAndTellAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return false;
        }

        await Db.RaiseContentVersionAsync(Now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static void RefuseTakenNames(SaveCatalogueEntry save, List<T> all)
    {
        foreach (var name in save.OtherNames.Prepend(save.Name))
            if (all.Find(entry => entry.Id != save.Id && entry.OtherNames.Prepend(entry.Name).Contains(name, StringComparer.OrdinalIgnoreCase)) is { } other)
                throw new RefusedException($"'{name}' already means {other.Name}. An import could not tell the two apart.");
    }
}

/// <summary>Keeps those whose order is chosen too.</summary>
public abstract class OrderedCatalogueEditor<T>(PulseDbContext db, TimeProvider time) : CatalogueEditor<T>(db, time)
    where T : class, IOrderedEntry
{
    protected override IQueryable<T> InOrder => Db.Set<T>().OrderBy(entry => entry.Position).ThenBy(entry => entry.Id);

    /// <summary>One place up or down; at the end of the list nothing happens.</summary>
    /// <returns>False when somebody else changed the order in between.</returns>
    public async Task<bool> MoveAsync(MoveCatalogueEntry move, CancellationToken cancellationToken = default)
    {
        var all = await InOrder.ToListAsync(cancellationToken);
        var from = all.FindIndex(entry => entry.Id == move.Id);
        var to = from + (move.Up ? -1 : 1);
        if (from < 0 || to < 0 || to >= all.Count)
            return true;
        (all[from], all[to]) = (all[to], all[from]);
        for (var i = 0; i < all.Count; i++)
            if (all[i].Position != i + 1)
            {
                all[i].Position = i + 1;
                Db.Add(Revisions.Of(all[i], all[i].Version + 1, move.ById, Now));
            }

        return await SaveAndTellAsync(cancellationToken);
    }

    protected static int NextPosition(IReadOnlyList<T> all) => all.Count == 0 ? 1 : all.Max(other => other.Position) + 1;
}

public sealed class SectorEditor(PulseDbContext db, TimeProvider time) : OrderedCatalogueEditor<Sector>(db, time)
{
    protected override Expression<Func<Sector, CatalogueRow>> Row => sector => new CatalogueRow(
        sector.Id, sector.Name, sector.Slug, sector.OtherNames, sector.Colour,
        Db.EditionItems.Any(item => item.SectorId == sector.Id) || Db.PublishedItems.Any(item => item.SectorId == sector.Id), sector.Version);

    /// <summary>A new sector takes the first colour that none has, and begins again when all are taken.</summary>
    protected override Sector Make(string name, string slug, IReadOnlyList<Sector> all) => new()
    {
        Name = name,
        Slug = slug,
        Position = NextPosition(all),
        Colour = Enumerable.Range(0, SectorColours.All.Count).Except(all.Select(sector => sector.Colour)).Cast<int?>().FirstOrDefault() ?? all.Count % SectorColours.All.Count,
    };
}

public sealed class SectionEditor(PulseDbContext db, TimeProvider time) : OrderedCatalogueEditor<Section>(db, time)
{
    protected override Expression<Func<Section, CatalogueRow>> Row => section => new CatalogueRow(
        section.Id, section.Name, section.Slug, section.OtherNames, null,
        Db.EditionItems.Any(item => item.SectionId == section.Id) || Db.PublishedItems.Any(item => item.SectionId == section.Id), section.Version);

    protected override Section Make(string name, string slug, IReadOnlyList<Section> all)
        => new() { Name = name, Slug = slug, Position = NextPosition(all) };
}
