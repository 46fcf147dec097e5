using CordisPulse.Core.Audit;
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
        SubscriberRow.TakeOff(subscriber, SuppressionReason.Unsubscribed, Now);
        await suppressions.KeepAwayAsync(subscriber.NormalizedEmail!, SuppressionReason.Unsubscribed, Now);
        SubscriberRow.Record(db, subscriber, ConsentEvent.Unsubscribed, note, Ways.Desk, Now, act.AccountId);
        Keep(AuditedActs.UnsubscribePerson, subscriber, act.AccountId);
        await Leaving.EndWhatWaitsAsync(db, [subscriber.Id], Now, CancellationToken.None);
    });

    /// <exception cref="RefusedException">There is no such person, or erasing is meant.</exception>
    public Task SuppressAsync(SuppressSubscriber act) => OnRowAsync(act.SubscriberId, async subscriber =>
    {
        var note = ConsentNote.Checked(act.Note);
        if (act.Reason == SuppressionReason.Erased)
            throw new RefusedException("Erasing is an act of its own.");
        SubscriberRow.TakeOff(subscriber, act.Reason, Now);
        await suppressions.KeepAwayAsync(subscriber.NormalizedEmail!, act.Reason, Now);
        SubscriberRow.Record(db, subscriber, ConsentEvent.Suppressed, note, Ways.Desk, Now, act.AccountId);
        Keep(AuditedActs.SuppressPerson, subscriber, act.AccountId, act.Reason.ToString());
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
            Keep(AuditedActs.ChangePerson, subscriber, edit.AccountId, "address");
        }

        var (name, organisation) = (PersonText.Clean(edit.Name), PersonText.Clean(edit.Organisation));
        if (name != subscriber.Name || organisation != subscriber.Organisation)
        {
            (subscriber.Name, subscriber.Organisation) = (name, organisation);
            SubscriberRow.Describe(subscriber);
            SubscriberRow.Record(db, subscriber, ConsentEvent.NameChanged, note, Ways.Desk, Now, edit.AccountId);
            Keep(AuditedActs.ChangePerson, subscriber, edit.AccountId, "name or organisation");
        }

        var wanted = await WantedSectors.ChosenAsync(db, edit.SectorIds, CancellationToken.None);
        if (wanted == subscriber.Sectors)
            return;
        subscriber.Sectors = wanted;
        var words = SubscriptionService.SectorWords(await SectorNames.ReadAsync(db, CancellationToken.None), wanted);
        SubscriberRow.Record(db, subscriber, ConsentEvent.SectorsChosen, $"{words} {note}", Ways.Desk, Now, edit.AccountId);
        Keep(AuditedActs.ChangePerson, subscriber, edit.AccountId, "sectors");
    });

    private void Keep(string act, Subscriber subscriber, int? accountId, string? detail = null)
        => db.Add(new AuditEntry { AccountId = accountId, Act = act, SubscriberId = subscriber.Id, Detail = detail });

    private Task<bool> OnRowAsync(int id, Func<Subscriber, Task> change) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await change(await db.Subscribers.SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null) ?? throw new RefusedException(Nobody));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    });
}
