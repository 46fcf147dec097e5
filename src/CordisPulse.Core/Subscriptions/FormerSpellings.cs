using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Addresses that were kept before all signs for an apostrophe were made one; nobody finds them by their new spelling.</summary>
public static class FormerSpellings
{
    private static readonly string[] Signs = [.. EmailAddress.Apostrophes.Select(sign => sign.ToString())];

    /// <summary>
    /// Spells them as they are spelled now. One whose new spelling another row has already stays as it is. Where nothing but a hash is kept,
    /// <see cref="SuppressionList"/> asks for all spellings.
    /// </summary>
    public static async Task MendAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var people = await db.Subscribers
            .Where(row => Signs.Any(sign => row.NormalizedEmail!.Contains(sign)))
            .Select(row => new { row.Id, Email = row.Email!, Normalized = row.NormalizedEmail! })
            .ToListAsync(cancellationToken);
        foreach (var person in people)
        {
            var (email, normalized) = (EmailAddress.WithPlainApostrophes(person.Email), EmailAddress.WithPlainApostrophes(person.Normalized));
            if (!await db.Subscribers.AnyAsync(row => row.NormalizedEmail == normalized, cancellationToken))
                // Without a text to search in: that is filled in next.
                await db.Subscribers.Where(row => row.Id == person.Id && row.NormalizedEmail == person.Normalized).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Email, email).SetProperty(row => row.NormalizedEmail, normalized)
                        .SetProperty(row => row.SearchText, (string?)null).SetProperty(row => row.Version, row => row.Version + 1),
                    cancellationToken);
        }

        var suppressed = await db.Suppressions
            .Where(row => Signs.Any(sign => row.NormalizedEmail!.Contains(sign)))
            .Select(row => new { row.Id, Normalized = row.NormalizedEmail! })
            .ToListAsync(cancellationToken);
        foreach (var one in suppressed)
        {
            var normalized = EmailAddress.WithPlainApostrophes(one.Normalized);
            if (!await db.Suppressions.AnyAsync(row => row.NormalizedEmail == normalized, cancellationToken))
                await db.Suppressions.Where(row => row.Id == one.Id && row.NormalizedEmail == one.Normalized)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NormalizedEmail, normalized), cancellationToken);
        }
    }
}
