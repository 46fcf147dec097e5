using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Somebody names an address on a page. Nothing tells that it is the person whose address it is.</summary>
public sealed record AskByAddress
{
    public required AddressRequestKind Kind { get; init; }

    public required EmailAddress Address { get; init; }

    public string? Name { get; init; }

    public string? Organisation { get; init; }

    /// <summary>Keys of sectors; none for all.</summary>
    public IReadOnlyCollection<int> SectorIds { get; init; } = [];

    /// <summary>Of the subscriber whose link was used to ask; null where any address may be named.</summary>
    public int? SubscriberId { get; init; }

    /// <summary>As <see cref="NetworkAddress.Of"/> has it.</summary>
    public required string? Network { get; init; }

    /// <summary>The text of the privacy page that was shown, as <see cref="PrivacyText.Sha256"/>; null for the one that stands now.</summary>
    public string? PrivacyText { get; init; }
}

/// <summary>What somebody was mailed already.</summary>
internal enum EarlierMail
{
    None,

    /// <summary>It waits, or was written a moment ago.</summary>
    SaysTheSame,

    /// <summary>As many of the kind as a person gets in a day, whoever asks.</summary>
    MostOfDay,
}

/// <summary>
/// Requests by address: written down by a page, settled a moment later in the background. What follows depends on the address, so none of
/// it happens while somebody waits for the page, who could tell from the time what is true of the address.
/// </summary>
public sealed class AddressRequests(PulseDbContext db, PrivacyTexts privacy, SuppressionList suppressions, Database database, IOptions<JoiningOptions> options, TimeProvider time)
{
    /// <summary>Whoever asks again sooner gets the mail that is already on its way, so that nobody can fill another's inbox.</summary>
    private static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private const int LargestClaim = 100;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <exception cref="RefusedException">A sector was removed meanwhile.</exception>
    public async Task WriteDownAsync(AskByAddress ask, CancellationToken cancellationToken = default)
    {
        // Names alone, so that nothing in this depends on the address.
        db.Add(new AddressRequest
        {
            Kind = ask.Kind,
            Email = ask.Address.Address,
            NormalizedEmail = ask.Address.Normalized,
            Name = PersonText.Clean(ask.Name),
            Organisation = PersonText.Clean(ask.Organisation),
            Sectors = await WantedSectors.ChosenAsync(db, ask.SectorIds, cancellationToken),
            SubscriberId = ask.SubscriberId,
            AskedUtc = Now,
            Network = ask.Network,
            PrivacyText = ask.Kind == AddressRequestKind.Join ? await privacy.ShownAsync(ask.PrivacyText, cancellationToken) : null,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("PrivacyTexts", nameof(PrivacyText.Sha256)))
        {
            // Somebody was the first to agree to this text at the same moment.
            db.ChangeTracker.Clear();
            await WriteDownAsync(ask, cancellationToken);
        }
    }

    /// <summary>Keys of those that wait, the oldest first.</summary>
    /// <param name="last">Those that are to be looked at after all others.</param>
    public Task<List<int>> WaitingAsync(IEnumerable<int> last, CancellationToken cancellationToken = default)
    {
        var behind = last.ToList();
        return db.AddressRequests
            .Where(row => row.SettledUtc == null)
            .OrderBy(row => EF.Parameter(behind).Contains(row.Id))
            .ThenBy(row => row.Id)
            .Select(row => row.Id)
            .Take(LargestClaim)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Queues the mail that a request is owed, if it is owed one. Twice, or on two nodes at once, does it once. An address of which no more
    /// than a hash is to be held does not stay in the files of an embedded database for having been typed.
    /// </summary>
    public async Task SettleAsync(int id, CancellationToken cancellationToken = default)
    {
        if (await SubscriberRow.FollowingOthersAsync(db, () => SettleOnceAsync(id, cancellationToken)) is { } removed
            && await suppressions.FindAsync(removed, cancellationToken) is { EmailHash: not null })
            await database.ForgetAsync(cancellationToken);
    }

    /// <returns>The address of a request that is of no more use; null where none was removed.</returns>
    private async Task<string?> SettleOnceAsync(int id, CancellationToken cancellationToken)
    {
        var request = await db.AddressRequests.SingleOrDefaultAsync(row => row.Id == id && row.SettledUtc == null, cancellationToken);
        if (request is null)
            return null;
        request.SettledUtc = Now;
        var isOfUse = request.Kind switch
        {
            AddressRequestKind.Join => await JoinAsync(request, cancellationToken),
            AddressRequestKind.LeaveLink => await LeaveLinkAsync(request, cancellationToken),
            AddressRequestKind.OwnDataLink => await OwnDataLinkAsync(request, cancellationToken),
            _ => await ChangeAddressAsync(request, cancellationToken),
        };
        if (!isOfUse)
            db.Remove(request);
        await db.SaveChangesAsync(cancellationToken);
        return isOfUse ? null : request.NormalizedEmail;
    }

    /// <returns>Whether the request is looked at again when its link is used.</returns>
    private async Task<bool> JoinAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        var subscriber = await FindAsync(request, cancellationToken);
        // Coming back is a person's own choice, so they are asked; but who bounced, complained or was erased no more often than a link lasts.
        var isGrave = subscriber is { Status: SubscriberStatus.Suppressed }
            || await suppressions.FindAsync(request.NormalizedEmail, cancellationToken) is { Reason: not (SuppressionReason.Unsubscribed or SuppressionReason.Moved) };
        if (subscriber is not null && await HasMailAsync(subscriber, QueuedMailKind.ConfirmSubscription, isGrave ? SubscriptionService.ConfirmationLifetime : BetweenMails, cancellationToken))
        {
            await RetypeAsync(subscriber, request, cancellationToken);
            return false;
        }

        if (subscriber is null)
        {
            var address = EmailAddress.Known(request.Email, request.NormalizedEmail);
            subscriber = db.Add(SubscriberRow.New(address, SubscriberStatus.Pending, Now)).Entity;
            (subscriber.Name, subscriber.Organisation, subscriber.Sectors) = (request.Name, request.Organisation, request.Sectors);
            SubscriberRow.Describe(subscriber);
        }

        SubscriberRow.Owe(db, subscriber, QueuedMailKind.ConfirmSubscription, Now, request.Id);
        // Of somebody whom only staff put on the list, this is the first word of their own: it keeps them there, whatever becomes of the other.
        if (subscriber is { Status: SubscriberStatus.Active, BasisId: null })
            return false;
        var record = SubscriberRow.Record(db, subscriber, ConsentEvent.Requested, ConsentWords.Joining, Ways.Page, Now);
        (record.Network, record.PrivacyTextId) = (request.Network, request.PrivacyTextId);
        request.Subscriber = subscriber;
        return true;
    }

    /// <summary>The mail that is on its way confirms what was typed last.</summary>
    private async Task RetypeAsync(Subscriber subscriber, AddressRequest typed, CancellationToken cancellationToken)
    {
        var earlier = await db.AddressRequests
            .Where(row => row.Kind == AddressRequestKind.Join && row.SubscriberId == subscriber.Id && row.Id != typed.Id && row.SettledUtc != null)
            .ToListAsync(cancellationToken);
        // A newcomer's row says what an earlier form said; any other is the person's own, and waits for the link.
        if (subscriber.Status == SubscriberStatus.Pending
            && earlier.Exists(row => (row.Name, row.Organisation, row.Sectors) == (subscriber.Name, subscriber.Organisation, subscriber.Sectors)))
        {
            (subscriber.Name, subscriber.Organisation, subscriber.Sectors) = (typed.Name, typed.Organisation, typed.Sectors);
            SubscriberRow.Describe(subscriber);
        }

        foreach (var row in earlier)
            (row.Name, row.Organisation, row.Sectors, row.Network, row.PrivacyTextId) = (typed.Name, typed.Organisation, typed.Sectors, typed.Network, typed.PrivacyTextId);
    }

    private async Task<bool> LeaveLinkAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request, cancellationToken) is { Status: SubscriberStatus.Active } subscriber
            && !await HasMailAsync(subscriber, QueuedMailKind.UnsubscribeLink, BetweenMails, cancellationToken))
            SubscriberRow.Owe(db, subscriber, QueuedMailKind.UnsubscribeLink, Now);
        return false;
    }

    /// <summary>
    /// What is held is theirs, whether they are on the list, wait to be confirmed or have left. Nothing is mailed where mail comes back: it would
    /// come back again, and count against all that we send. Nor to who called a mail of ours unwanted: here anybody can name their address,
    /// and would have us write to them once more. Nor to who was erased: at most somebody has asked since for that address to join. They all
    /// can write to whom the page names.
    /// </summary>
    private async Task<bool> OwnDataLinkAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(request, cancellationToken) is not { } subscriber
            || !await MayHaveLinkAsync(subscriber, cancellationToken)
            || await EarlierDataLinkAsync(subscriber, cancellationToken) != EarlierMail.None)
            return false;
        SubscriberRow.Owe(db, subscriber, QueuedMailKind.OwnDataLink, Now);
        SubscriberRow.Record(db, subscriber, ConsentEvent.DataAsked, OwnData.AskedWords, Ways.Page, Now).Network = request.Network;
        return false;
    }

    /// <summary>The new address gets the link, unless it must not be mailed: whoever reads it there may say so.</summary>
    private async Task<bool> ChangeAddressAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        if (await db.Subscribers.SingleOrDefaultAsync(row => row.Id == request.SubscriberId, cancellationToken) is not { ErasedUtc: null } subscriber
            || await HasMailAsync(subscriber, QueuedMailKind.ConfirmAddress, BetweenMails, cancellationToken, at: request.NormalizedEmail)
            || (await suppressions.FindAsync(request.NormalizedEmail, cancellationToken))?.IsFormerOf(subscriber) == false
            || await FindAsync(request, cancellationToken) is { Status: SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed } there && there.Id != subscriber.Id)
            return false;
        SubscriberRow.Owe(db, subscriber, QueuedMailKind.ConfirmAddress, Now, request.Id);
        return true;
    }

    private Task<Subscriber?> FindAsync(AddressRequest request, CancellationToken cancellationToken)
        => db.Subscribers.SingleOrDefaultAsync(row => row.NormalizedEmail == request.NormalizedEmail, cancellationToken);

    /// <summary>Whether the link to what is held may be mailed to whoever is named.</summary>
    private async Task<bool> MayHaveLinkAsync(Subscriber subscriber, CancellationToken cancellationToken)
    {
        var reason = (await suppressions.FindAsync(subscriber.NormalizedEmail!, cancellationToken))?.Reason;
        return reason is not (SuppressionReason.Bounced or SuppressionReason.Complained or SuppressionReason.Erased)
            && (subscriber.Status != SubscriberStatus.Suppressed || reason == SuppressionReason.Unsubscribed);
    }

    internal Task<EarlierMail> EarlierDataLinkAsync(Subscriber subscriber, CancellationToken cancellationToken)
        => EarlierMailAsync(subscriber, QueuedMailKind.OwnDataLink, BetweenMails, cancellationToken);

    private async Task<bool> HasMailAsync(Subscriber subscriber, QueuedMailKind kind, TimeSpan pause, CancellationToken cancellationToken, string? at = null)
        => await EarlierMailAsync(subscriber, kind, pause, cancellationToken, at) != EarlierMail.None;

    /// <summary>
    /// A mail that waits, or was written a moment ago, says the same. Not so what was written before somebody left, nor a link to what is held
    /// that was used, was ended or did not get through.
    /// </summary>
    /// <param name="at">The new address that the mail asks at: one to another says something else.</param>
    private async Task<EarlierMail> EarlierMailAsync(Subscriber subscriber, QueuedMailKind kind, TimeSpan pause, CancellationToken cancellationToken, string? at = null)
    {
        var (since, day) = (Now - pause, Now - Day);
        if (subscriber.LeftUtc is { } left && left > since && pause == BetweenMails)
            since = left;
        var end = since + OwnData.Lifetime;
        var mails = await db.QueuedMails
            .Where(row => row.SubscriberId == subscriber.Id && row.Kind == kind && (row.NextAttemptUtc != null || row.QueuedUtc > since || row.QueuedUtc > day))
            .Select(row => new
            {
                IsWaiting = row.NextAttemptUtc != null,
                row.QueuedUtc,
                SaysTheSame = (at == null || db.AddressRequests.Any(asked => asked.Id == row.AboutId && asked.NormalizedEmail == at))
                    && (kind != QueuedMailKind.OwnDataLink || row.NextAttemptUtc != null || (row.SentUtc != null && db.OneTimeTokens.Any(
                        link => link.SubscriberId == row.SubscriberId && link.Purpose == TokenPurpose.OwnData && link.UsedUtc == null && link.EndsUtc > end))),
            })
            .ToListAsync(cancellationToken);
        if (mails.Exists(mail => mail.SaysTheSame && (mail.IsWaiting || mail.QueuedUtc > since)))
            return EarlierMail.SaysTheSame;
        return mails.Count(mail => mail.QueuedUtc > day) >= options.Value.MailsPerAddressPerDay ? EarlierMail.MostOfDay : EarlierMail.None;
    }
}
