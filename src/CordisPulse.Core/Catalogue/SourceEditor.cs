using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

/// <summary>Adds sources that no item has named yet; items bring theirs along.</summary>
public sealed class SourceEditor(PulseDbContext db)
{
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
}
