using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Takes off the list whom mail does not reach, or who does not want it.</summary>
internal static class Suppressing
{
    /// <summary>In the caller's transaction. Whoever is no longer active stays off the list as they are, so it happens once.</summary>
    public static async Task<bool> SuppressAsync(
        PulseDbContext db, int subscriberId, SuppressionReason reason, string note, string way, CancellationToken cancellationToken)
    {
        var suppressed = await db.Subscribers
            .Where(s => s.Id == subscriberId && s.Status == SubscriberStatus.Active)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(s => s.Status, SubscriberStatus.Suppressed)
                    .SetProperty(s => s.LeftUtc, s => DateTime.UtcNow)
                    .SetProperty(s => s.PausedUntilUtc, (DateTime?)null)
                    .SetProperty(s => s.Version, s => s.Version + 1),
                cancellationToken);
        if (suppressed == 0)
        {
            // Who left may come back by a link that others can have; who complained may not.
            if (reason == SuppressionReason.Complained)
                await db.Suppressions
                    .Where(x => x.Reason == SuppressionReason.Unsubscribed && db.Subscribers.Any(s => s.Id == subscriberId && s.NormalizedEmail == x.NormalizedEmail))
                    .ExecuteUpdateAsync(set => set.SetProperty(x => x.Reason, reason), cancellationToken);
            return false;
        }

        var found = await db.Subscribers.AsNoTracking()
            .Where(s => s.Id == subscriberId)
            .Select(s => new { s.NormalizedEmail, Now = DateTime.UtcNow, IsSuppressed = db.Suppressions.Any(x => x.NormalizedEmail == s.NormalizedEmail) })
            .SingleAsync(cancellationToken);
        if (!found.IsSuppressed)
            db.Add(new Suppression { NormalizedEmail = found.NormalizedEmail!, Reason = reason, SinceUtc = found.Now });
        db.Add(new ConsentRecord { SubscriberId = subscriberId, Event = ConsentEvent.Suppressed, AtUtc = found.Now, Note = note, Way = way });
        await db.SaveChangesAsync(cancellationToken);
        await Leaving.EndWhatWaitsAsync(db, [subscriberId], found.Now, cancellationToken);
        return true;
    }
}
