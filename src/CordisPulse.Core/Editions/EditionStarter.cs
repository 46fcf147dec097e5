using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed record StartEdition
{
    public required EditionMonth Month { get; init; }

    public required int? ById { get; init; }
}

/// <summary>Starts the edition of a month, empty but for the sign-off, which is that of the newest edition before it.</summary>
public sealed class EditionStarter(PulseDbContext db, TimeProvider time)
{
    /// <summary>The month to offer: the present one, or the first after it that has no edition.</summary>
    public async Task<EditionMonth> NextMonthAsync(CancellationToken cancellationToken = default)
    {
        var month = EditionMonth.Of(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var taken = (await db.Editions.Where(edition => edition.Month >= month).Select(edition => edition.Month).ToListAsync(cancellationToken)).ToHashSet();
        while (taken.Contains(month))
            month = month.AddMonths(1);
        return month;
    }

    /// <exception cref="RefusedException">The month has an edition.</exception>
    public async Task StartAsync(StartEdition start, CancellationToken cancellationToken = default)
    {
        var signOff = await db.Editions
            .Where(edition => edition.Month < start.Month)
            .OrderByDescending(edition => edition.Month)
            .Select(edition => new { edition.SignOffName, edition.SignOffRole })
            .FirstOrDefaultAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var edition = new Edition
        {
            Month = start.Month,
            SignOffName = signOff?.SignOffName,
            SignOffRole = signOff?.SignOffRole,
            CreatedUtc = now,
            ChangedUtc = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            db.Add(edition);
            // Twice, since the revision names the row's key, which the database gives.
            await db.SaveChangesAsync(cancellationToken);
            db.Add(Revisions.Of(edition, start.ById, now));
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Editions", nameof(Edition.Month)))
        {
            throw new RefusedException($"There is an edition of {start.Month.Title} already.");
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
