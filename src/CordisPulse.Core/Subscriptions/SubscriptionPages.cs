using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What the page behind a mailed link may show: whoever holds the link need not be the person.</summary>
/// <param name="MaskedAddress">Empty for somebody who was erased.</param>
/// <param name="Sectors">Keys of what is wanted; none for all.</param>
/// <param name="IsAsked">Whether an answer is awaited to whether it is still wanted.</param>
/// <param name="HasSaidWhy">Whether a reason for leaving was given.</param>
public sealed record TokenHolder(
    string MaskedAddress, SubscriberStatus Status, bool IsErased, IReadOnlyList<int> Sectors, DateTime? PausedUntilUtc, bool IsAsked, bool HasSaidWhy)
{
    /// <summary>Whether a link to confirm with was mailed, or is about to be, and still works.</summary>
    public bool CanConfirm { get; init; }

    /// <summary>Whether the last that happened was that the list which had added them was taken back.</summary>
    public bool IsTakenBack { get; init; }

    public bool HasLeft => Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed;
}

/// <summary>Reads for the pages that mailed links lead to. They change nothing.</summary>
public sealed class SubscriptionPages(PulseDbContext db, OneTimeTokens tokens, TimeProvider time)
{
    /// <summary>What there is to choose from.</summary>
    public async Task<IReadOnlyList<SectorChoice>> SectorsAsync(CancellationToken cancellationToken = default)
        => (await SectorNames.ReadAsync(db, cancellationToken)).Choices;

    /// <summary>Null for a token that nobody has; what can't be a token is not looked up.</summary>
    public async Task<TokenHolder?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        if (SecretToken.Normalize(token) is null)
            return null;
        var row = await SubscriberRow.OwnerOf(db, token)
            .Select(row => new
            {
                row.Id,
                row.Email,
                row.Status,
                row.ErasedUtc,
                row.Sectors,
                row.PausedUntilUtc,
                IsAsked = db.PermissionRounds.Any(round => round.SettledUtc == null
                    && db.QueuedMails.Any(mail => mail.Kind == QueuedMailKind.StillWanted && mail.AboutId == round.Id
                        && (mail.SubscriberId == row.Id || mail.Subscriber!.MergedIntoId == row.Id))
                    && !db.ConsentRecords.Any(record => (record.SubscriberId == row.Id || record.Subscriber!.MergedIntoId == row.Id) && record.Event == ConsentEvent.Kept && record.AtUtc >= round.AskedUtc)),
                HasSaidWhy = db.ConsentRecords.Any(record => record.SubscriberId == row.Id && record.Event == ConsentEvent.GaveReason && record.AtUtc >= row.LeftUtc),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        var holder = new TokenHolder(
            row.Email is { } email ? AddressMask.Of(email) : "", row.Status, row.ErasedUtc is not null, WantedSectors.Read(row.Sectors), row.PausedUntilUtc, row.IsAsked, row.HasSaidWhy);
        return holder.Status == SubscriberStatus.Pending
            ? holder with { CanConfirm = await CanConfirmAsync(row.Id, cancellationToken), IsTakenBack = await IsTakenBackAsync(row.Id, cancellationToken) }
            : holder;
    }

    /// <summary>What the link of a confirmation mail would do now; <see cref="ConfirmationOutcome.Confirmed"/> when it would confirm.</summary>
    public async Task<ConfirmationOutcome> ConfirmationAsync(string token, CancellationToken cancellationToken = default)
        => await tokens.FindAsync(TokenPurpose.ConfirmSubscription, token, cancellationToken) switch
        {
            null => ConfirmationOutcome.Unknown,
            { State: TokenState.Used } => ConfirmationOutcome.Used,
            { State: TokenState.Ended } => ConfirmationOutcome.Ended,
            _ => ConfirmationOutcome.Confirmed,
        };

    private Task<bool> CanConfirmAsync(int id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return db.Subscribers.AnyAsync(
            row => row.Id == id
                && (db.OneTimeTokens.Any(token => token.SubscriberId == id && token.Purpose == TokenPurpose.ConfirmSubscription && token.UsedUtc == null && token.EndsUtc > now)
                    || db.QueuedMails.Any(mail => mail.SubscriberId == id && mail.Kind == QueuedMailKind.ConfirmSubscription && mail.NextAttemptUtc != null)),
            cancellationToken);
    }

    private async Task<bool> IsTakenBackAsync(int id, CancellationToken cancellationToken)
        => SubscriberWords.IsTakenBack(SubscriberStatus.Pending, await db.ConsentRecords.Where(row => row.SubscriberId == id).OrderByDescending(row => row.Id).Select(row => row.Event).ToListAsync(cancellationToken));
}
