using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// What people do with their own subscription, by the links that are mailed to them. Two acts on one person at the same moment follow one
/// another: whoever comes second looks again at what the first has left. Leaving is <see cref="Leaving"/>.
/// </summary>
public sealed class SubscriptionService(PulseDbContext db, SuppressionList suppressions, PrivacyTexts privacy, LateMailings late, TimeProvider time)
{
    /// <summary>How long the link of a confirmation mail works.</summary>
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromDays(7);

    /// <summary>In months; longer than that is leaving.</summary>
    public static IReadOnlyList<int> Pauses { get; } = [1, 2, 3, 6, 12];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<ConfirmationOutcome> ConfirmAsync(ConfirmSubscription confirm, CancellationToken cancellationToken = default)
    {
        var (outcome, newcomer) = await SubscriberRow.FollowingOthersAsync(db, () => ConfirmOnceAsync(confirm, cancellationToken));
        if (newcomer is { } id)
            await late.WelcomeAsync(id, cancellationToken);
        return outcome;
    }

    /// <summary>Undoes a slip: only who left comes back this way, not whoever must not be mailed for another reason.</summary>
    /// <returns>False for a token that nobody has, and for somebody who can't come back.</returns>
    public Task<bool> ComeBackAsync(ActWithToken act) => OnOwnAsync(act, async subscriber =>
    {
        if (subscriber.Status != SubscriberStatus.Unsubscribed)
            return subscriber.Status == SubscriberStatus.Active;
        var suppression = await suppressions.FindAsync(subscriber.NormalizedEmail!, CancellationToken.None);
        if (suppression is { Reason: not SuppressionReason.Unsubscribed })
            return false;
        Welcome(subscriber, suppression);
        Record(subscriber, ConsentEvent.CameBack, ConsentWords.ComingBack, act).PrivacyText = await privacy.CurrentAsync();
        return true;
    });

    /// <summary>What comes from now on; a mailing that runs has been made up by then.</summary>
    /// <exception cref="RefusedException">A sector is no more.</exception>
    /// <returns>False for a token that nobody has, and for somebody who is not on the list.</returns>
    public Task<bool> ChooseSectorsAsync(ActWithToken act, IReadOnlyCollection<int> sectorIds) => OnOwnAsync(act, async subscriber =>
    {
        if (subscriber.Status != SubscriberStatus.Active)
            return false;
        var wanted = await WantedSectors.ChosenAsync(db, sectorIds, CancellationToken.None);
        // Whoever was asked and leaves all as it is has answered.
        if (wanted == subscriber.Sectors && !await PermissionRounds.IsAskedAsync(db, subscriber.Id))
            return true;
        subscriber.Sectors = wanted;
        Record(subscriber, ConsentEvent.SectorsChosen, SectorWords(await SectorNames.ReadAsync(db, CancellationToken.None), wanted), act);
        return true;
    });

    /// <summary>Nothing is mailed for some months, then it goes on by itself.</summary>
    /// <param name="months">One of <see cref="Pauses"/>.</param>
    /// <exception cref="RefusedException">It is none of them.</exception>
    /// <returns>False for a token that nobody has, and for somebody who is not on the list.</returns>
    public Task<bool> PauseAsync(ActWithToken act, int months) => OnOwnAsync(act, subscriber =>
    {
        if (subscriber.Status != SubscriberStatus.Active)
            return Task.FromResult(false);
        if (!Pauses.Contains(months))
            throw new RefusedException("Choose one of the times that are offered. Nothing has changed.");
        subscriber.PausedUntilUtc = Now.AddMonths(months);
        Record(subscriber, ConsentEvent.Paused, $"Paused for {months} month{(months == 1 ? "" : "s")}.", act);
        return Task.FromResult(true);
    });

    /// <inheritdoc cref="ComeBackAsync"/>
    public Task<bool> ResumeAsync(ActWithToken act) => OnOwnAsync(act, async subscriber =>
    {
        if (subscriber.Status != SubscriberStatus.Active)
            return false;
        if (subscriber.PausedUntilUtc is null && !await PermissionRounds.IsAskedAsync(db, subscriber.Id))
            return true;
        Record(subscriber, ConsentEvent.Resumed, subscriber.PausedUntilUtc is null ? "Wants it without a pause." : "Ended the pause.", act);
        subscriber.PausedUntilUtc = null;
        return true;
    });

    /// <summary>Answers the question whether it is still wanted.</summary>
    /// <inheritdoc cref="ComeBackAsync"/>
    public Task<bool> KeepAsync(ActWithToken act) => OnOwnAsync(act, async subscriber =>
    {
        if (subscriber.Status != SubscriberStatus.Active)
            return false;
        Record(subscriber, ConsentEvent.Kept, ConsentWords.Keeping, act).PrivacyText = await privacy.CurrentAsync();
        return true;
    });

    /// <summary>Why somebody left, of the answers that the page offers; once.</summary>
    /// <returns>False for a token that nobody has, and for somebody who has not left.</returns>
    public Task<bool> GiveReasonAsync(ActWithToken act, LeavingReason reason) => OnOwnAsync(act, async subscriber =>
    {
        if (subscriber.Status != SubscriberStatus.Unsubscribed)
            return false;
        if (!await db.ConsentRecords.AnyAsync(row => row.SubscriberId == subscriber.Id && row.Event == ConsentEvent.GaveReason && row.AtUtc >= subscriber.LeftUtc))
            Record(subscriber, ConsentEvent.GaveReason, reason.InWords(), act);
        return true;
    });

    internal static string SectorWords(SectorNames sectors, string wanted)
        => wanted.Length == 0 ? "Wants all sectors." : $"Wants: {sectors.Write(wanted)}.";

    /// <returns>The key of somebody who gets mail from now on; null for nobody, and for who did before.</returns>
    private async Task<(ConfirmationOutcome Outcome, int? Newcomer)> ConfirmOnceAsync(ConfirmSubscription confirm, CancellationToken cancellationToken)
    {
        if (!SecretToken.IsWellFormed(confirm.Token))
            return (ConfirmationOutcome.Unknown, null);
        var hash = SecretToken.Hash(confirm.Token);
        var token = await db.OneTimeTokens
            .Include(row => row.Subscriber)
            .Include(row => row.Request)
            .SingleOrDefaultAsync(row => row.Hash == hash && row.Purpose == TokenPurpose.ConfirmSubscription, cancellationToken);
        if (token?.Subscriber is not { ErasedUtc: null } subscriber)
            return (ConfirmationOutcome.Unknown, null);
        if (token.UsedUtc is not null)
            return (ConfirmationOutcome.Used, null);
        if (token.EndsUtc <= Now)
            return (ConfirmationOutcome.Ended, null);

        token.UsedUtc = Now;
        var isNew = subscriber.Status != SubscriberStatus.Active;
        // Of somebody whom staff put on the list while they made up their mind, this is the first word of their own.
        if (isNew || subscriber.BasisId is not null)
        {
            // Whatever had kept them off the list: this is their own new word.
            Welcome(subscriber, await suppressions.FindAsync(subscriber.NormalizedEmail!, cancellationToken));
            subscriber.ConfirmedUtc = Now;
            (subscriber.BasisId, subscriber.NoticeBasisId) = (null, null);
            if (token.Request is { } request)
            {
                (subscriber.Name, subscriber.Organisation) = (request.Name ?? subscriber.Name, request.Organisation ?? subscriber.Organisation);
                subscriber.Sectors = request.Sectors;
                SubscriberRow.Describe(subscriber);
            }

            var record = SubscriberRow.Record(db, subscriber, ConsentEvent.Confirmed, ConsentWords.Confirming, Ways.Page, Now);
            record.Network = confirm.Network;
            record.PrivacyTextId = token.Request?.PrivacyTextId;
            record.SecondsSinceMail = (int)(Now - (token.EndsUtc - ConfirmationLifetime)).TotalSeconds;
        }

        if (token.Request is { } served)
        {
            token.Request = null;
            db.Remove(served);
        }

        await db.SaveChangesAsync(cancellationToken);
        return (ConfirmationOutcome.Confirmed, isNew ? subscriber.Id : null);
    }

    private Task<bool> OnOwnAsync(ActWithToken act, Func<Subscriber, Task<bool>> change) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        if (await SubscriberRow.OwnerOf(db, act.Token).SingleOrDefaultAsync() is not { ErasedUtc: null } subscriber || !await change(subscriber))
            return false;
        await db.SaveChangesAsync();
        return true;
    });

    private ConsentRecord Record(Subscriber subscriber, ConsentEvent what, string note, ActWithToken act)
    {
        var record = SubscriberRow.Record(db, subscriber, what, note, act.Way, Now);
        record.Network = act.Network;
        return record;
    }

    private void Welcome(Subscriber subscriber, Suppression? suppression)
    {
        subscriber.Status = SubscriberStatus.Active;
        (subscriber.LeftUtc, subscriber.PausedUntilUtc) = (null, null);
        if (suppression is not null)
            db.Remove(suppression);
    }
}
