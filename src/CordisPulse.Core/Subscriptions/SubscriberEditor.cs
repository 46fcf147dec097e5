using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What staff do with somebody's row. Nothing of it brings back who left: that is for the person alone.</summary>
public sealed class SubscriberEditor(PulseDbContext db, SuppressionList suppressions, TimeProvider time)
{
    private const string Nobody = "There is no such subscriber.";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <exception cref="RefusedException">There is no such person.</exception>
    public Task UnsubscribeAsync(UnsubscribeOnRequest act) => OnRowAsync(act.SubscriberId, async subscriber =>
    {
        var note = ConsentNote.Checked(act.Note);
        if (subscriber.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
            return;
        subscriber.Status = SubscriberStatus.Unsubscribed;
        (subscriber.LeftUtc, subscriber.PausedUntilUtc) = (Now, null);
        await SuppressAddressAsync(subscriber, SuppressionReason.Unsubscribed);
        SubscriberRow.Record(db, subscriber, ConsentEvent.Unsubscribed, note, Ways.Desk, Now, act.AccountId);
        await Leaving.EndWhatWaitsAsync(db, [subscriber.Id], Now, CancellationToken.None);
    });

    /// <exception cref="RefusedException">There is no such person, or erasing is meant.</exception>
    public Task SuppressAsync(SuppressSubscriber act) => OnRowAsync(act.SubscriberId, async subscriber =>
    {
        var note = ConsentNote.Checked(act.Note);
        if (act.Reason == SuppressionReason.Erased)
            throw new RefusedException("Erasing is an act of its own.");
        subscriber.Status = act.Reason == SuppressionReason.Unsubscribed ? SubscriberStatus.Unsubscribed : SubscriberStatus.Suppressed;
        (subscriber.LeftUtc, subscriber.PausedUntilUtc) = (subscriber.LeftUtc ?? Now, null);
        await SuppressAddressAsync(subscriber, act.Reason);
        SubscriberRow.Record(db, subscriber, ConsentEvent.Suppressed, note, Ways.Desk, Now, act.AccountId);
        await Leaving.EndWhatWaitsAsync(db, [subscriber.Id], Now, CancellationToken.None);
    });

    /// <summary>What has not changed is not recorded.</summary>
    /// <exception cref="RefusedException">There is no such person or sector.</exception>
    /// <exception cref="FieldRefusedException">The address is another person's, or must not be mailed.</exception>
    public Task EditAsync(EditSubscriber edit) => OnRowAsync(edit.SubscriberId, async subscriber =>
    {
        var note = ConsentNote.Checked(edit.Note);
        if (edit.Address.Normalized != subscriber.NormalizedEmail)
        {
            if (await db.Subscribers.Where(row => row.NormalizedEmail == edit.Address.Normalized).Select(row => (int?)row.Id).SingleOrDefaultAsync() is { } other)
                throw new FieldRefusedException(nameof(edit.Address), $"This address is that of subscriber {other}. If both are one person, merge them.");
            if (await suppressions.FindAsync(edit.Address.Normalized, CancellationToken.None) is { } kept)
            {
                if (!kept.IsFormerOf(subscriber))
                    throw new FieldRefusedException(nameof(edit.Address), "This address left or can't be mailed, and stays off the list.");
                db.Remove(kept);
            }

            // Who has left has left with the old address, which stays suppressed, and with the new one.
            if (subscriber.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
                db.Add(new Suppression
                {
                    NormalizedEmail = edit.Address.Normalized,
                    Reason = (await suppressions.FindAsync(subscriber.NormalizedEmail!, CancellationToken.None))?.Reason ?? SuppressionReason.Unsubscribed,
                    SinceUtc = Now,
                });
            await suppressions.KeepFormerAsync(subscriber, subscriber.NormalizedEmail!, Now);
            await SubscriberRow.EndLinksAsync(db, subscriber.Id, keepsOpenPage: false, Now);
        }

        if (edit.Address.Address != subscriber.Email)
        {
            SubscriberRow.Address(subscriber, edit.Address);
            SubscriberRow.Record(db, subscriber, ConsentEvent.AddressChanged, note, Ways.Desk, Now, edit.AccountId);
        }

        var (name, organisation) = (PersonText.Clean(edit.Name), PersonText.Clean(edit.Organisation));
        if (name != subscriber.Name || organisation != subscriber.Organisation)
        {
            (subscriber.Name, subscriber.Organisation) = (name, organisation);
            SubscriberRow.Describe(subscriber);
            SubscriberRow.Record(db, subscriber, ConsentEvent.NameChanged, note, Ways.Desk, Now, edit.AccountId);
        }

        var wanted = await WantedSectors.ChosenAsync(db, edit.SectorIds, CancellationToken.None);
        if (wanted == subscriber.Sectors)
            return;
        subscriber.Sectors = wanted;
        var words = SubscriptionService.SectorWords(await SectorNames.ReadAsync(db, CancellationToken.None), wanted);
        SubscriberRow.Record(db, subscriber, ConsentEvent.SectorsChosen, $"{words} {note}", Ways.Desk, Now, edit.AccountId);
    });

    /// <summary>
    /// Two rows become one: the kept row goes on with its address, the other is emptied and its mails stay under its number. If either of
    /// them left or must not be mailed, both have.
    /// </summary>
    /// <exception cref="RefusedException">There is no such person, or both are the same.</exception>
    public Task MergeAsync(MergeSubscribers merge) => OnRowAsync(merge.KeptId, async kept =>
    {
        if (merge.KeptId == merge.GoneId)
            throw new RefusedException("That is the same person.");
        var gone = await db.Subscribers.SingleOrDefaultAsync(row => row.Id == merge.GoneId && row.ErasedUtc == null) ?? throw new RefusedException(Nobody);
        var reason = await ReasonAsync(kept) ?? await ReasonAsync(gone);
        var former = gone.NormalizedEmail!;
        await EmptyAsync(db, gone, kept, Now, merge.AccountId);
        await suppressions.KeepFormerAsync(kept, former, Now);
        if (reason is not { } why)
            return;
        if (kept.Status is not (SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed))
        {
            kept.Status = why == SuppressionReason.Unsubscribed ? SubscriberStatus.Unsubscribed : SubscriberStatus.Suppressed;
            (kept.LeftUtc, kept.PausedUntilUtc) = (Now, null);
            SubscriberRow.Record(db, kept, ConsentEvent.Suppressed, "The other of the two had left, or could not be mailed.", Ways.Desk, Now, merge.AccountId);
        }

        await SuppressAddressAsync(kept, why);
    });

    /// <summary>Leaves of a row its number and what happened. What becomes of the address that it had is the caller's to say.</summary>
    internal static async Task EmptyAsync(PulseDbContext db, Subscriber gone, Subscriber kept, DateTime now, int? accountId)
    {
        var way = accountId is null ? Ways.OwnData : Ways.Desk;
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
        SubscriberRow.Record(db, gone, ConsentEvent.Merged, $"Goes on as subscriber {kept.Id}.", way, now, accountId);
        SubscriberRow.Record(db, kept, ConsentEvent.Merged, $"Took over subscriber {gone.Id}.", way, now, accountId);
    }

    private async Task<SuppressionReason?> ReasonAsync(Subscriber subscriber) => subscriber.NormalizedEmail is { } email
        && await suppressions.FindAsync(email, CancellationToken.None) is { } suppression
            ? suppression.Reason
            : subscriber.Status switch
            {
                SubscriberStatus.Unsubscribed => SuppressionReason.Unsubscribed,
                SubscriberStatus.Suppressed => SuppressionReason.Bounced,
                _ => null,
            };

    private async Task SuppressAddressAsync(Subscriber subscriber, SuppressionReason reason)
    {
        if (await suppressions.FindAsync(subscriber.NormalizedEmail!, CancellationToken.None) is not { } found)
            db.Add(new Suppression { NormalizedEmail = subscriber.NormalizedEmail, Reason = reason, SinceUtc = Now });
        else if (found.Reason == SuppressionReason.Unsubscribed)
            found.Reason = reason;
    }

    private Task<bool> OnRowAsync(int id, Func<Subscriber, Task> change) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await change(await db.Subscribers.SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null) ?? throw new RefusedException(Nobody));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    });
}
