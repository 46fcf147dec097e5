using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Carries over into a backup that is restored who left, bounced, complained or was erased since it was made, and who has another address:
/// leaving is for good, by whatever address the backup knows them. Who came back since by their own choice has to say so again.
/// </summary>
public sealed class RestoredList(AddressHash hash, TimeProvider time)
{
    private const int BatchSize = 500;
    private const string Moved = "Had this address when an older backup was restored.";
    private const string Since = "Had left, or could not be mailed, when an older backup was restored.";

    /// <param name="now">The database as it is.</param>
    /// <param name="restored">The backup, of the same schema.</param>
    /// <returns>How many were taken off or erased anew.</returns>
    public async Task<int> KeepAwayAsync(PulseDbContext now, PulseDbContext restored)
    {
        var known = await restored.Suppressions
            .Select(row => new { row.Id, Key = row.NormalizedEmail ?? row.EmailHash!, row.Reason })
            .ToDictionaryAsync(row => row.Key, row => (row.Id, row.Reason));
        await foreach (var row in now.Suppressions.AsNoTracking().AsAsyncEnumerable())
            if (known.TryGetValue(row.NormalizedEmail ?? row.EmailHash!, out var there))
            {
                // Who left can come back by a link that others may have; who has complained since can't.
                if (there.Reason != row.Reason && row.Reason is not (SuppressionReason.Unsubscribed or SuppressionReason.Moved))
                    await restored.Suppressions.Where(one => one.Id == there.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Reason, row.Reason));
            }
            else
                restored.Add(new Suppression { NormalizedEmail = row.NormalizedEmail, EmailHash = row.EmailHash, Reason = row.Reason, SinceUtc = row.SinceUtc });

        await restored.SaveChangesAsync();
        restored.ChangeTracker.Clear();
        await using (var transaction = await restored.Database.BeginTransactionAsync())
        {
            await WaitingLists.WithdrawAsync(restored, WaitingLists.Restored, time.GetUtcNow().UtcDateTime);
            await transaction.CommitAsync();
        }

        await WaitingLists.RemoveAsync(restored);
        return await FollowAsync(now, restored) + await TakeOffAsync(restored);
    }

    /// <summary>Of each row that stands in both: who was erased or merged since is erased anew, who moved has the address that they have now.</summary>
    /// <returns>How many were erased.</returns>
    private async Task<int> FollowAsync(PulseDbContext now, PulseDbContext restored)
    {
        var (erased, last) = (0, 0);
        var moved = new List<(int Id, EmailAddress To)>();
        while (true)
        {
            var rows = await restored.Subscribers.Where(row => row.Id > last && row.ErasedUtc == null && row.NormalizedEmail != null).OrderBy(row => row.Id).Take(BatchSize).ToListAsync();
            if (rows.Count == 0)
                break;
            // A number may have been given anew; a token is nobody else's.
            var tokens = rows.SelectMany(row => new[] { row.UnsubscribeToken, SecretToken.Erased(row.UnsubscribeToken) }).ToList();
            var present = (await now.Subscribers
                .Where(row => EF.Parameter(tokens).Contains(row.UnsubscribeToken))
                .Select(row => new
                {
                    row.UnsubscribeToken,
                    row.Email,
                    row.NormalizedEmail,
                    GoesOnAs = row.MergedInto!.UnsubscribeToken,
                    GoesOn = (SubscriberStatus?)row.MergedInto.Status,
                    GoesOnAt = row.MergedInto.NormalizedEmail,
                })
                .ToListAsync()).ToDictionary(row => row.UnsubscribeToken);
            foreach (var row in rows)
                if ((present.GetValueOrDefault(row.UnsubscribeToken) ?? present.GetValueOrDefault(SecretToken.Erased(row.UnsubscribeToken))) is not { } one)
                    continue;
                else if (one.NormalizedEmail is null)
                {
                    erased++;
                    if (await restored.Subscribers.SingleOrDefaultAsync(other => other.UnsubscribeToken == one.GoesOnAs && other.ErasedUtc == null) is { } goesOn)
                    {
                        await MergeAsync(restored, row, goesOn, isMailed: one.GoesOn == SubscriberStatus.Active, isSameAddress: one.GoesOnAt == row.NormalizedEmail);
                        continue;
                    }

                    await PersonErasure.EmptyAsync(restored, row, hash, reason: null, Ways.Upkeep, accountId: null, time.GetUtcNow().UtcDateTime);
                    // Links in the mails of a row that was merged go on leading to who took it over.
                    row.MergedIntoId = await restored.Subscribers.Where(other => other.UnsubscribeToken == one.GoesOnAs).Select(other => (int?)other.Id).SingleOrDefaultAsync();
                }
                else if (one.NormalizedEmail != row.NormalizedEmail)
                    moved.Add((row.Id, EmailAddress.Known(one.Email!, one.NormalizedEmail)));
            last = rows[^1].Id;
            await restored.SaveChangesAsync();
            restored.ChangeTracker.Clear();
        }

        foreach (var chunk in moved.Chunk(BatchSize))
            await MoveAsync(restored, chunk);
        return erased;
    }

    /// <summary>
    /// As it was done since. Only the subscription of the two that the backup knows goes on; whoever has left by then is taken off
    /// afterwards, by their address.
    /// </summary>
    private async Task MergeAsync(PulseDbContext restored, Subscriber gone, Subscriber kept, bool isMailed, bool isSameAddress)
    {
        var (list, now, former) = (new SuppressionList(restored, hash), time.GetUtcNow().UtcDateTime, gone.NormalizedEmail!);
        var takesOver = isMailed && kept.Status != SubscriberStatus.Active && gone.Status == SubscriberStatus.Active;
        var standing = new MergedStanding(takesOver ? SubscriberStatus.Active : kept.Status, Reason: null, takesOver);
        await new RowMerger(restored, list).MergeAsync(gone, kept, standing, Ways.Upkeep, accountId: null, now);
        // The address may be what they moved to.
        if (!isSameAddress)
            await list.KeepFormerAsync(kept, former, now);
    }

    private async Task MoveAsync(PulseDbContext restored, (int Id, EmailAddress To)[] moved)
    {
        var ids = moved.Select(one => one.Id).ToList();
        var rows = await restored.Subscribers.Where(row => EF.Parameter(ids).Contains(row.Id)).ToDictionaryAsync(row => row.Id);
        var former = rows.Values.ToDictionary(row => row.Id, row => row.NormalizedEmail!);
        // Two may have changed places, and an address is one row's at a time.
        foreach (var row in rows.Values)
            (row.Email, row.NormalizedEmail) = (null, null);
        await restored.SaveChangesAsync();
        var list = new SuppressionList(restored, hash);
        foreach (var (id, to) in moved)
        {
            SubscriberRow.Address(rows[id], to);
            await SubscriberRow.EndLinksAsync(restored, id, keepsOpenPage: false, time.GetUtcNow().UtcDateTime);
            await list.KeepFormerAsync(rows[id], former[id], time.GetUtcNow().UtcDateTime);
            SubscriberRow.Record(restored, rows[id], ConsentEvent.AddressChanged, Moved, Ways.Upkeep, time.GetUtcNow().UtcDateTime);
        }

        await restored.SaveChangesAsync();
        restored.ChangeTracker.Clear();
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
            foreach (var row in rows.Where(row => suppressed.ContainsKey(row.NormalizedEmail!)))
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
                    SubscriberRow.TakeOff(row, reason, time.GetUtcNow().UtcDateTime);
                    SubscriberRow.Record(restored, row, ConsentEvent.Suppressed, Since, Ways.Upkeep, time.GetUtcNow().UtcDateTime);
                    await Leaving.EndWhatWaitsAsync(restored, [row.Id], time.GetUtcNow().UtcDateTime, CancellationToken.None);
                    taken++;
                }
            }

            last = rows[^1].Id;
            await restored.SaveChangesAsync();
            restored.ChangeTracker.Clear();
        }
    }
}
