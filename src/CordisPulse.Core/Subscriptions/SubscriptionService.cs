using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Joining and leaving by the people themselves. Two acts on one person at the same moment follow one another: whoever comes
/// second looks again at what the first has left.
/// </summary>
public sealed class SubscriptionService(PulseDbContext db, LateMailings late, TimeProvider time)
{
    /// <summary>How long the link of a confirmation mail works.</summary>
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromDays(7);

    /// <summary>Whoever asks again sooner gets the mail that is already on its way, so that nobody can fill another's inbox.</summary>
    private static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(10);

    private const int MostTries = 10;

    /// <summary>Queues a mail that asks to confirm. Says nothing of whether the address was known.</summary>
    public Task RequestAsync(RequestSubscription request, CancellationToken cancellationToken = default) => FollowingOthersAsync(async () =>
    {
        var email = request.Address.Normalized;
        // Coming back is the person's own choice; whoever bounced, complained or was erased is not written to.
        if (await db.Suppressions.AnyAsync(row => row.NormalizedEmail == email && row.Reason != SuppressionReason.Unsubscribed, cancellationToken))
            return true;
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(row => row.NormalizedEmail == email, cancellationToken)
            ?? db.Add(SubscriberRow.New(request.Address, SubscriberStatus.Pending, Now)).Entity;
        if (subscriber.Status == SubscriberStatus.Suppressed || await IsOwedAsync(subscriber, QueuedMailKind.ConfirmSubscription, cancellationToken))
            return true;
        if (subscriber.Status == SubscriberStatus.Pending)
        {
            subscriber.Name = PersonText.Clean(request.Name) ?? subscriber.Name;
            subscriber.Organisation = PersonText.Clean(request.Organisation) ?? subscriber.Organisation;
        }

        if (subscriber.Status != SubscriberStatus.Active)
            Record(subscriber, ConsentEvent.Requested, ConsentWords.Joining, Ways.Page);
        Owe(subscriber, QueuedMailKind.ConfirmSubscription);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    });

    public async Task<ConfirmationOutcome> ConfirmAsync(ConfirmSubscription confirm, CancellationToken cancellationToken = default)
    {
        var (outcome, newcomer) = await FollowingOthersAsync(() => ConfirmOnceAsync(confirm, cancellationToken));
        if (newcomer is { } id)
            await late.WelcomeAsync(id, cancellationToken);
        return outcome;
    }

    /// <returns>The key of somebody who gets mail from now on; null for nobody, and for who did before.</returns>
    private async Task<(ConfirmationOutcome Outcome, int? Newcomer)> ConfirmOnceAsync(ConfirmSubscription confirm, CancellationToken cancellationToken)
    {
        if (!SecretToken.IsWellFormed(confirm.Token))
            return (ConfirmationOutcome.Unknown, null);
        var hash = SecretToken.Hash(confirm.Token);
        var token = await db.OneTimeTokens
            .Include(row => row.Subscriber)
            .SingleOrDefaultAsync(row => row.Hash == hash && row.Purpose == TokenPurpose.ConfirmSubscription, cancellationToken);
        if (token?.Subscriber is not { } subscriber)
            return (ConfirmationOutcome.Unknown, null);
        if (token.UsedUtc is not null)
            return (ConfirmationOutcome.Used, null);
        var suppression = await SuppressionOfAsync(subscriber, cancellationToken);
        if (token.EndsUtc <= Now || subscriber.Status == SubscriberStatus.Suppressed || suppression is { Reason: not SuppressionReason.Unsubscribed })
            return (ConfirmationOutcome.Ended, null);

        token.UsedUtc = Now;
        var isNew = subscriber.Status != SubscriberStatus.Active;
        if (isNew)
        {
            Welcome(subscriber, suppression);
            subscriber.ConfirmedUtc = Now;
            Record(subscriber, ConsentEvent.Confirmed, ConsentWords.Confirming, Ways.Page);
        }

        await db.SaveChangesAsync(cancellationToken);
        return (ConfirmationOutcome.Confirmed, isNew ? subscriber.Id : null);
    }

    /// <summary>For good; twice is fine.</summary>
    /// <returns>False for a token that nobody has.</returns>
    public Task<bool> UnsubscribeAsync(ActWithToken act) => FollowingOthersAsync(async () =>
    {
        if (await OwnerOfAsync(act.Token) is not { } subscriber)
            return false;
        await LeaveAsync(subscriber, ConsentWords.Leaving, act.Way, accountId: null);
        return true;
    });

    /// <exception cref="RefusedException">There is no such person.</exception>
    public Task UnsubscribeAsync(UnsubscribeOnRequest act) => FollowingOthersAsync(async () =>
    {
        var note = ConsentNote.Checked(act.Note);
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(row => row.Id == act.SubscriberId)
            ?? throw new RefusedException("There is no such subscriber.");
        await LeaveAsync(subscriber, note, Ways.Desk, act.AccountId);
        return true;
    });

    /// <summary>What comes from now on; a mailing that runs has been made up by then.</summary>
    /// <exception cref="RefusedException">There is no such person, or no such sector.</exception>
    public Task ChooseSectorsAsync(ChooseSectors choose) => FollowingOthersAsync(async () =>
    {
        var known = await db.Sectors.Select(sector => sector.Id).ToListAsync();
        if (choose.SectorIds.Any(id => !known.Contains(id)))
            throw new RefusedException("A sector was removed meanwhile. Look at the choice again.");
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(row => row.Id == choose.SubscriberId)
            ?? throw new RefusedException("There is no such subscriber.");
        // Whoever wants all there are wants those to come, too.
        subscriber.Sectors = known.TrueForAll(choose.SectorIds.Contains) ? WantedSectors.All : WantedSectors.Write(choose.SectorIds);
        await db.SaveChangesAsync();
        return true;
    });

    /// <summary>Undoes a slip: only who left by their own act comes back this way.</summary>
    /// <returns>False for a token that nobody has, and for somebody who can't come back.</returns>
    public Task<bool> ComeBackAsync(ActWithToken act) => FollowingOthersAsync(async () =>
    {
        if (await OwnerOfAsync(act.Token) is not { } subscriber)
            return false;
        if (subscriber.Status != SubscriberStatus.Unsubscribed)
            return subscriber.Status == SubscriberStatus.Active;
        var suppression = await SuppressionOfAsync(subscriber, CancellationToken.None);
        if (suppression is { Reason: not SuppressionReason.Unsubscribed })
            return false;
        Welcome(subscriber, suppression);
        Record(subscriber, ConsentEvent.CameBack, ConsentWords.ComingBack, act.Way);
        await db.SaveChangesAsync();
        return true;
    });

    /// <summary>Queues the link to leave by for whoever is on the list. Says nothing of whether the address is.</summary>
    public Task RequestLinkAsync(RequestUnsubscribeLink request, CancellationToken cancellationToken = default) => FollowingOthersAsync(async () =>
    {
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(
            row => row.NormalizedEmail == request.Address.Normalized && row.Status == SubscriberStatus.Active, cancellationToken);
        if (subscriber is null || await IsOwedAsync(subscriber, QueuedMailKind.UnsubscribeLink, cancellationToken))
            return true;
        Owe(subscriber, QueuedMailKind.UnsubscribeLink);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    });

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task LeaveAsync(Subscriber subscriber, string note, string way, int? accountId)
    {
        if (subscriber.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
            return;
        subscriber.Status = SubscriberStatus.Unsubscribed;
        subscriber.LeftUtc = Now;
        if (await SuppressionOfAsync(subscriber, CancellationToken.None) is null)
            db.Add(new Suppression { NormalizedEmail = subscriber.NormalizedEmail, Reason = SuppressionReason.Unsubscribed, SinceUtc = Now });
        Record(subscriber, ConsentEvent.Unsubscribed, note, way, accountId);
        // What was asked for before leaving must not bring anybody back.
        var now = Now;
        foreach (var token in await db.OneTimeTokens.Where(row => row.SubscriberId == subscriber.Id && row.UsedUtc == null && row.EndsUtc > now).ToListAsync())
            token.EndsUtc = now;
        foreach (var mail in await db.QueuedMails.Where(row => row.SubscriberId == subscriber.Id && row.NextAttemptUtc != null).ToListAsync())
        {
            mail.NextAttemptUtc = null;
            mail.Answer = "Left before it was sent.";
        }

        await db.SaveChangesAsync();
    }

    private void Welcome(Subscriber subscriber, Suppression? suppression)
    {
        subscriber.Status = SubscriberStatus.Active;
        subscriber.LeftUtc = null;
        if (suppression is not null)
            db.Remove(suppression);
    }

    private async Task<Subscriber?> OwnerOfAsync(string token) => SecretToken.Normalize(token) is { } owned
        ? await db.Subscribers.SingleOrDefaultAsync(row => row.UnsubscribeToken == owned)
        : null;

    private Task<Suppression?> SuppressionOfAsync(Subscriber subscriber, CancellationToken cancellationToken)
        => db.Suppressions.SingleOrDefaultAsync(row => row.NormalizedEmail == subscriber.NormalizedEmail, cancellationToken);

    /// <summary>A mail that waits, or was written a moment ago, says the same; what was written before somebody left says nothing any more.</summary>
    private Task<bool> IsOwedAsync(Subscriber subscriber, QueuedMailKind kind, CancellationToken cancellationToken)
    {
        var since = Now - BetweenMails;
        if (subscriber.LeftUtc is { } left && left > since)
            since = left;
        return db.QueuedMails.AnyAsync(
            row => row.SubscriberId == subscriber.Id && row.Kind == kind && (row.NextAttemptUtc != null || row.QueuedUtc > since), cancellationToken);
    }

    private void Owe(Subscriber subscriber, QueuedMailKind kind)
        => db.Add(new QueuedMail { Kind = kind, Subscriber = subscriber, QueuedUtc = Now, NextAttemptUtc = Now });

    private void Record(Subscriber subscriber, ConsentEvent what, string note, string way, int? accountId = null)
    {
        db.Add(new ConsentRecord { Subscriber = subscriber, Event = what, AtUtc = Now, Note = note, Way = way, AccountId = accountId });
        // The person's version goes up with every record, so that two acts at once meet even where the row itself stays as it is.
        if (db.Entry(subscriber).State == EntityState.Unchanged)
            db.Entry(subscriber).Property(row => row.Status).IsModified = true;
    }

    private async Task<T> FollowingOthersAsync<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (DbUpdateException e) when (attempt < MostTries && SubscriberRow.WasOvertaken(e))
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
