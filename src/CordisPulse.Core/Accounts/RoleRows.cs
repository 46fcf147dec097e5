using CordisPulse.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>The rows of the three roles, which every database has.</summary>
public sealed class RoleRows(PulseDbContext db, ILookupNormalizer normalizer)
{
    public async Task EnsureAsync(CancellationToken cancellationToken = default)
    {
        if (await MissingAsync(cancellationToken) is not { Count: > 0 } missing)
            return;
        db.Roles.AddRange(missing.Select(name => new IdentityRole<int>(name) { NormalizedName = normalizer.NormalizeName(name) }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process made them at the same moment; if not, the failure was a different one.
            db.ChangeTracker.Clear();
            if ((await MissingAsync(cancellationToken)).Count > 0)
                throw;
        }
    }

    private async Task<IReadOnlyCollection<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var there = await db.Roles.Select(role => role.Name!).ToListAsync(cancellationToken);
        return [.. Roles.All.Except(there)];
    }
}
