using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Makes two rows one, within the transaction and the unit of work of the caller, who saves. What becomes of the address that the emptied
/// row had is the caller's to say.
/// </summary>
public sealed class RowMerger(PulseDbContext db, SuppressionList suppressions)
{
    private static readonly ConsentEvent[] Agreeing = [ConsentEvent.Confirmed, ConsentEvent.CameBack, ConsentEvent.Kept];

    internal async Task<RowStanding> StandingAsync(Subscriber row, CancellationToken cancellationToken = default)
    {
        var entry = row.NormalizedEmail is { } email ? await suppressions.FindAsync(email, cancellationToken) : null;
        SuppressionReason? reason = entry switch
        {
            // Whoever had the address before says nothing of who asks for it now.
            { Reason: not SuppressionReason.Moved } => entry.Reason,
            _ => row.Status switch
            {
                SubscriberStatus.Unsubscribed => SuppressionReason.Unsubscribed,
                SubscriberStatus.Suppressed => SuppressionReason.Bounced,
                _ => null,
            },
        };
        var ids = await SubscriberRow.NumbersAsync(db, row.Id, cancellationToken);
        var hasAgreed = row.BasisId is null || await db.ConsentRecords.AnyAsync(
            record => ids.Contains(record.SubscriberId) && Agreeing.Contains(record.Event) && record.Way != Ways.Desk && record.Way != Ways.Csv, cancellationToken);
        return new RowStanding(row.Status, reason, hasAgreed);
    }

    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <param name="accountId">Null for the person's own act and for what happens by itself.</param>
    internal async Task MergeAsync(Subscriber gone, Subscriber kept, MergedStanding standing, string way, int? accountId, DateTime now)
    {
        if (standing.TakesOver)
        {
            (kept.Status, kept.LeftUtc) = (SubscriberStatus.Active, null);
            (kept.Sectors, kept.PausedUntilUtc, kept.ConfirmedUtc) = (gone.Sectors, gone.PausedUntilUtc, gone.ConfirmedUtc ?? kept.ConfirmedUtc);
            (kept.BasisId, kept.NoticeBasisId) = (gone.BasisId, gone.NoticeBasisId);
        }

        var leftUtc = gone.LeftUtc;
        await EmptyAsync(gone, kept, now);
        SubscriberRow.Record(db, gone, ConsentEvent.Merged, $"Goes on as subscriber {kept.Id}.", way, now, accountId);
        SubscriberRow.Record(
            db, kept, ConsentEvent.Merged, $"Took over subscriber {gone.Id}{(standing.TakesOver ? ", and their subscription goes on" : "")}.", way, now, accountId);
        if (standing.Reason is { } reason && standing.Status != kept.Status)
        {
            // They are off the list since then: the merge is no leaving of its own, and none that came back.
            SubscriberRow.TakeOff(kept, reason, leftUtc ?? now);
            SubscriberRow.Record(db, kept, ConsentEvent.Merged, "Off the list, as the other of the two had left or could not be mailed.", way, now, accountId);
            await Leaving.EndWhatWaitsAsync(db, [kept.Id], now, CancellationToken.None);
        }
    }

    /// <summary>Leaves of a row its number and what happened.</summary>
    private async Task EmptyAsync(Subscriber gone, Subscriber kept, DateTime now)
    {
        await Leaving.EndWhatWaitsAsync(db, [gone.Id], now, CancellationToken.None);
        kept.Name ??= gone.Name;
        kept.Organisation ??= gone.Organisation;
        SubscriberRow.Describe(kept);
        (gone.Email, gone.NormalizedEmail, gone.Name, gone.Organisation) = (null, null, null, null);
        SubscriberRow.Describe(gone);
        gone.Status = SubscriberStatus.Unsubscribed;
        (gone.LeftUtc, gone.ErasedUtc, gone.PausedUntilUtc) = (gone.LeftUtc ?? now, now, null);
        // Links in mails to the old address go on leading to the person, and so do those of whom it had taken over.
        gone.MergedIntoId = kept.Id;
        await db.Subscribers.Where(row => row.MergedIntoId == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, kept.Id), CancellationToken.None);
        await db.Suppressions.Where(row => row.SubscriberId == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SubscriberId, kept.Id), CancellationToken.None);
    }
}
