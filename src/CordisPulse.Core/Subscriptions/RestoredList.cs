using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Carries over into a backup that is restored who left, bounced, complained or was erased since it was made: leaving is for good. Who
/// came back since by their own choice has to say so again.
/// </summary>
public sealed class RestoredList(AddressHash hash, TimeProvider time)
{
    private const int BatchSize = 500;
    private const string Since = "Had left, or could not be mailed, when an older backup was restored.";

    /// <param name="now">The database as it is.</param>
    /// <param name="restored">The backup, of the same schema.</param>
    /// <returns>How many were taken off or erased anew.</returns>
    public async Task<int> KeepAwayAsync(PulseDbContext now, PulseDbContext restored)
    {
        var known = await restored.Suppressions.Select(row => row.NormalizedEmail ?? row.EmailHash).ToHashSetAsync();
        await foreach (var row in now.Suppressions.AsNoTracking().AsAsyncEnumerable())
            if (!known.Contains(row.NormalizedEmail ?? row.EmailHash))
                restored.Add(new Suppression { NormalizedEmail = row.NormalizedEmail, EmailHash = row.EmailHash, Reason = row.Reason, SinceUtc = row.SinceUtc });

        await restored.SaveChangesAsync();
        restored.ChangeTracker.Clear();
        return await TakeOffAsync(restored);
    }

    private async Task<int> TakeOffAsync(PulseDbContext restored)
    {
        var (taken, last) = (0, 0);
        while (true)
        {
            var rows = await restored.Subscribers.Where(row => row.Id > last && row.ErasedUtc == null && row.NormalizedEmail != null).OrderBy(row => row.Id).Take(BatchSize).ToListAsync();
            if (rows.Count == 0)
                return taken;
            var list = new SuppressionList(restored, hash);
            var suppressed = await list.AmongAsync(rows.ConvertAll(row => row.NormalizedEmail!), CancellationToken.None);
            foreach (var row in rows.Where(row => suppressed.Contains(row.NormalizedEmail!)))
            {
                var found = (await list.FindAsync(row.NormalizedEmail!, CancellationToken.None))!;
                var reason = found.Reason;
                // Of whoever was erased, or had left for long enough, nothing but the hash was held.
                if (found.EmailHash is not null)
                {
                    await PersonErasure.EmptyAsync(restored, row, hash, reason, Ways.Upkeep, accountId: null, time.GetUtcNow().UtcDateTime);
                    taken++;
                }
                else if (row.Status is SubscriberStatus.Active or SubscriberStatus.Pending)
                {
                    (row.Status, row.LeftUtc, row.PausedUntilUtc) =
                        (reason == SuppressionReason.Unsubscribed ? SubscriberStatus.Unsubscribed : SubscriberStatus.Suppressed, time.GetUtcNow().UtcDateTime, null);
                    SubscriberRow.Record(restored, row, ConsentEvent.Suppressed, Since, Ways.Upkeep, time.GetUtcNow().UtcDateTime);
                    taken++;
                }
            }

            last = rows[^1].Id;
            await restored.SaveChangesAsync();
            restored.ChangeTracker.Clear();
        }
    }
}
