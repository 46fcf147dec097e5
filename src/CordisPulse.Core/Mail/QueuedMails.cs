using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail;

/// <summary>A mail that this node alone may send until its lease ends.</summary>
/// <param name="Attempts">Tries begun, this one included; also the number of the lease.</param>
/// <param name="Subscriber">Null for a mail to staff.</param>
/// <param name="AccountId">Null for a mail to a subscriber.</param>
public sealed record ClaimedMail(
    long Id, QueuedMailKind Kind, int Attempts, DateTime QueuedUtc, MailedSubscriber? Subscriber, int? AccountId, int? AboutId);

public sealed record MailedSubscriber(int Id, string Email, string? Name, SubscriberStatus Status, DateTime? PausedUntilUtc, string UnsubscribeToken);

/// <summary>The single mails that are owed, as rows: claimed by one node at a time, settled or put off.</summary>
public sealed class QueuedMails(IDbContextFactory<PulseDbContext> contexts, IOptions<MailOptions> options, TimeProvider time)
{
    private const int LargestClaim = 20;

    /// <summary>Longer than a server may take over one message.</summary>
    private TimeSpan Lease => options.Value.Smtp.Timeout + TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Ids of what is due, the longest waiting first.</summary>
    public async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.QueuedMails
            .Where(mail => mail.NextAttemptUtc != null && mail.NextAttemptUtc <= now)
            // Thousands may be asked at once whether they still want it; somebody who waits for a link does not wait for them.
            .OrderBy(mail => mail.Kind == QueuedMailKind.StillWanted)
            .ThenBy(mail => mail.NextAttemptUtc)
            .Select(mail => mail.Id)
            .Take(LargestClaim)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null when another node was first.</summary>
    public async Task<ClaimedMail?> ClaimAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        var mail = await db.QueuedMails
            .Where(mail => mail.Id == id && mail.NextAttemptUtc != null && mail.NextAttemptUtc <= now)
            .Select(mail => new ClaimedMail(
                mail.Id, mail.Kind, mail.Attempts + 1, mail.QueuedUtc,
                mail.Subscriber == null || mail.Subscriber.Email == null
                    ? null
                    : new MailedSubscriber(mail.Subscriber.Id, mail.Subscriber.Email!, mail.Subscriber.Name, mail.Subscriber.Status, mail.Subscriber.PausedUntilUtc, mail.Subscriber.UnsubscribeToken),
                mail.AccountId, mail.AboutId))
            .SingleOrDefaultAsync(cancellationToken);
        if (mail is null)
            return null;
        var end = now + Lease;
        var claimed = await db.QueuedMails
            .Where(row => row.Id == id && row.Attempts == mail.Attempts - 1 && row.NextAttemptUtc != null)
            .ExecuteUpdateAsync(row => row.SetProperty(it => it.Attempts, mail.Attempts).SetProperty(it => it.NextAttemptUtc, end), cancellationToken);
        return claimed == 1 ? mail : null;
    }

    /// <summary>Makes the token that a mail brings; only its hash is kept.</summary>
    public async Task<string> NewTokenAsync(ClaimedMail mail, MailedSubscriber subscriber, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (purpose, lifetime) = mail.Kind switch
        {
            QueuedMailKind.OwnDataLink => (TokenPurpose.OwnData, OwnData.Lifetime),
            QueuedMailKind.ConfirmAddress => (TokenPurpose.ConfirmAddress, OwnData.AddressLifetime),
            _ => (TokenPurpose.ConfirmSubscription, SubscriptionService.ConfirmationLifetime),
        };
        var token = new OneTimeTokens(db, time).ForSubscriber(purpose, subscriber.Id, lifetime, mail.AboutId);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    /// <summary>The address that was named in the request that a mail is about; null when the request is no more.</summary>
    public async Task<string?> RequestedAddressAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AddressRequests.Where(row => row.Id == mail.AboutId).Select(row => row.Email).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The round of asking that a mail belongs to; null when it is no more.</summary>
    public async Task<PermissionRound?> RoundAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.PermissionRounds.AsNoTracking().SingleOrDefaultAsync(row => row.Id == mail.AboutId, cancellationToken);
    }

    public Task SentAsync(ClaimedMail mail, string answer)
    {
        var now = Now;
        return SettleAsync(mail, answer, sent: now, next: null);
    }

    /// <summary>Not to be tried again.</summary>
    public Task GivenUpAsync(ClaimedMail mail, string answer) => SettleAsync(mail, answer, sent: null, next: null);

    /// <summary>To be tried again after a pause, until the pauses are used up.</summary>
    /// <returns>When; null when it was given up.</returns>
    public async Task<DateTime?> PutOffAsync(ClaimedMail mail, string answer)
    {
        DateTime? next = new RetrySchedule(options.Value.Retry).AfterAttempt(mail.Attempts) is { } pause ? Now + pause : null;
        await SettleAsync(mail, answer, sent: null, next);
        return next;
    }

    private async Task SettleAsync(ClaimedMail mail, string answer, DateTime? sent, DateTime? next)
    {
        // What has happened is written down even while the program stops.
        await using var db = await contexts.CreateDbContextAsync();
        await db.QueuedMails
            .Where(row => row.Id == mail.Id && row.Attempts == mail.Attempts && row.SentUtc == null)
            .ExecuteUpdateAsync(row => row
                .SetProperty(it => it.SentUtc, sent)
                .SetProperty(it => it.NextAttemptUtc, it => it.NextAttemptUtc == null ? null : next)
                .SetProperty(it => it.Answer, answer));
    }
}
