using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Staff have found that somebody is on the list twice.</summary>
public sealed class SubscriberMerger(PulseDbContext db, SuppressionList suppressions, RowMerger rows, TimeProvider time)
{
    /// <summary>
    /// The kept row goes on with its address; the other is emptied and its mails stay under its number. How the person then stands says
    /// <see cref="MergedStanding.ByStaff"/>.
    /// </summary>
    /// <exception cref="RefusedException">There is no such person, both are the same, or the kept address is not theirs to be mailed at.</exception>
    public Task MergeAsync(MergeSubscribers merge) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        if (merge.KeptId == merge.GoneId)
            throw new RefusedException("That is the same person.");
        await using var transaction = await db.Database.BeginTransactionAsync();
        var (kept, gone, now) = (await FindAsync(merge.KeptId), await FindAsync(merge.GoneId), time.GetUtcNow().UtcDateTime);
        var standing = MergedStanding.ByStaff(await rows.StandingAsync(kept), await rows.StandingAsync(gone));
        if (standing.TakesOver)
            await FreeAsync(kept, gone);
        var former = gone.NormalizedEmail!;
        await rows.MergeAsync(gone, kept, standing, Ways.Desk, merge.AccountId, now);
        await suppressions.KeepFormerAsync(kept, former, now);
        if (standing.Reason is { } reason)
            await suppressions.KeepAwayAsync(kept.NormalizedEmail!, reason, now);
        db.Add(new AuditEntry { AccountId = merge.AccountId, Act = AuditedActs.MergePerson, SubscriberId = kept.Id, Subject = $"subscriber {gone.Id}" });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    });

    /// <summary>An address that one of the two had before is theirs again; that of a third person is not mailed unless whoever reads it says so.</summary>
    private async Task FreeAsync(Subscriber kept, Subscriber gone)
    {
        if (await suppressions.FindAsync(kept.NormalizedEmail!, CancellationToken.None) is not { } entry)
            return;
        if (!entry.IsFormerOf(kept) && !entry.IsFormerOf(gone))
            throw new RefusedException("Somebody else had the address of the row that would go on, and its reader has not confirmed. Let the other row go on.");
        db.Remove(entry);
    }

    private async Task<Subscriber> FindAsync(int id)
        => await db.Subscribers.SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null) ?? throw new RefusedException("There is no such subscriber.");
}
