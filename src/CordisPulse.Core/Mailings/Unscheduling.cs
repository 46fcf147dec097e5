using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <summary>Takes a schedule back because what was to go out is not what was scheduled. Called in the transaction of the change; the publishers are told once that is saved.</summary>
internal static class Unscheduling
{
    /// <returns>Key of the mailing that was scheduled; null when none was.</returns>
    public static async Task<int?> UnscheduleEditedAsync(this PulseDbContext db, int editionId, CancellationToken cancellationToken)
    {
        if (await ScheduledAsync(db, editionId, cancellationToken) is not { } id)
            return null;
        var by = await db.Revisions
            .Where(revision => revision.EditionId == editionId || revision.EditionId == null)
            .OrderByDescending(revision => revision.Id)
            .Select(revision => db.Users.Where(user => user.Id == revision.SavedById).Select(user => user.Email).FirstOrDefault())
            .FirstOrDefaultAsync(cancellationToken);
        return await UnscheduleAsync(db, id, $"{by ?? "A command"} changed the edition after it was scheduled.", cancellationToken) ? id : null;
    }

    /// <inheritdoc cref="UnscheduleEditedAsync"/>
    public static async Task<int?> UnscheduleWithdrawnAsync(this PulseDbContext db, int editionId, CancellationToken cancellationToken)
        => await ScheduledAsync(db, editionId, cancellationToken) is { } id && await UnscheduleAsync(db, id, "The edition was taken back from readers after it was scheduled.", cancellationToken)
            ? id
            : null;

    /// <param name="db">Where it is kept.</param>
    /// <param name="mailingId">Which.</param>
    /// <param name="reason">For staff; null when somebody did it on purpose.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>False when it was no longer scheduled.</returns>
    public static async Task<bool> UnscheduleAsync(this PulseDbContext db, int mailingId, string? reason, CancellationToken cancellationToken)
        => await db.Mailings.Where(m => m.Id == mailingId && m.State == MailingState.Scheduled).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.State, MailingState.Cancelled)
                .SetProperty(m => m.EndedUtc, m => DateTime.UtcNow)
                .SetProperty(m => m.HoldUntilUtc, (DateTime?)null)
                .SetProperty(m => m.Notice, reason)
                .SetProperty(m => m.Version, m => m.Version + 1),
            cancellationToken) == 1;

    private static Task<int?> ScheduledAsync(PulseDbContext db, int editionId, CancellationToken cancellationToken)
        => db.Mailings.Where(m => m.EditionId == editionId && m.State == MailingState.Scheduled).Select(m => (int?)m.Id).FirstOrDefaultAsync(cancellationToken);
}
