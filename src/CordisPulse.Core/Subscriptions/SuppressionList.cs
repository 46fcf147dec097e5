using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Looks an address up among those that must not be mailed, those of people who were erased among them.</summary>
public sealed class SuppressionList(PulseDbContext db, AddressHash hash)
{
    public Task<Suppression?> FindAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        var hashed = hash.Of(normalizedEmail);
        return db.Suppressions.FirstOrDefaultAsync(row => row.NormalizedEmail == normalizedEmail || row.EmailHash == hashed, cancellationToken);
    }

    /// <summary>Which of some hundred addresses must not be mailed.</summary>
    public async Task<HashSet<string>> AmongAsync(IReadOnlyCollection<string> normalizedEmails, CancellationToken cancellationToken)
    {
        var hashes = normalizedEmails.Distinct().ToDictionary(hash.Of);
        var (emails, hashed) = (hashes.Values.ToList(), hashes.Keys.ToList());
        var found = await db.Suppressions
            .Where(row => emails.Contains(row.NormalizedEmail!) || hashed.Contains(row.EmailHash!))
            .Select(row => new { row.NormalizedEmail, row.EmailHash })
            .ToListAsync(cancellationToken);
        return [.. found.Select(row => row.NormalizedEmail ?? hashes[row.EmailHash!])];
    }
}
