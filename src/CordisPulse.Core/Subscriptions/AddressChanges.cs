using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

public enum AddressChangeOutcome
{
    Changed,

    /// <summary>The new address was on the list already: the two rows are one now.</summary>
    Merged,

    /// <summary>The link was used, has ended, or what it asked for is not possible any more.</summary>
    Ended,
    Unknown,
}

/// <param name="Token">The person's own, of the links in their mails; null where nothing was changed.</param>
public sealed record AddressChange(AddressChangeOutcome Outcome, string? Token = null);

/// <summary>The link that goes to a new address: whoever reads it there has that address from now on.</summary>
public sealed class AddressChanges(PulseDbContext db, OneTimeTokens tokens, SuppressionList suppressions, RowMerger rows, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>What the link would do now; <see cref="AddressChangeOutcome.Changed"/> when it would change the address.</summary>
    public async Task<AddressChangeOutcome> FindAsync(string token, CancellationToken cancellationToken = default)
        => await tokens.FindAsync(TokenPurpose.ConfirmAddress, token, cancellationToken) switch
        {
            null => AddressChangeOutcome.Unknown,
            { State: TokenState.Valid } => AddressChangeOutcome.Changed,
            _ => AddressChangeOutcome.Ended,
        };

    /// <summary>Whether anything is mailed afterwards says <see cref="MergedStanding.ByMoving"/>: an address is confirmed, and nothing else.</summary>
    public Task<AddressChange> ConfirmAsync(string token, string? network) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        var hash = SecretToken.Hash(token);
        var link = await db.OneTimeTokens
            .Include(row => row.Subscriber)
            .Include(row => row.Request)
            .SingleOrDefaultAsync(row => row.Hash == hash && row.Purpose == TokenPurpose.ConfirmAddress);
        if (link is null)
            return new AddressChange(AddressChangeOutcome.Unknown);
        if (link is not { UsedUtc: null, Subscriber: { ErasedUtc: null } subscriber, Request: { } request } || link.EndsUtc <= Now)
            return new AddressChange(AddressChangeOutcome.Ended);
        var entry = await suppressions.FindAsync(request.NormalizedEmail, CancellationToken.None);
        var there = await db.Subscribers.SingleOrDefaultAsync(row => row.NormalizedEmail == request.NormalizedEmail && row.Id != subscriber.Id);
        // Left, bounced or erased at the new address: that stands.
        if (entry?.IsFormerOf(subscriber) == false || there?.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
            return new AddressChange(AddressChangeOutcome.Ended);
        await using var transaction = await db.Database.BeginTransactionAsync();
        link.UsedUtc = Now;
        link.Request = null;
        db.Remove(request);
        if (entry is not null)
            db.Remove(entry);
        var standing = MergedStanding.ByMoving(await rows.StandingAsync(subscriber), there is null ? null : await rows.StandingAsync(there));
        if (there is not null)
            await rows.MergeAsync(there, subscriber, standing, Ways.OwnData, accountId: null, Now);
        // The index allows the address to one row at a time.
        await db.SaveChangesAsync();
        await MoveAsync(subscriber, EmailAddress.Known(request.Email, request.NormalizedEmail), standing, network, isOpenPageTheirs: there is null);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new AddressChange(there is null ? AddressChangeOutcome.Changed : AddressChangeOutcome.Merged, subscriber.UnsubscribeToken);
    });

    /// <param name="isOpenPageTheirs">Whoever named an address that others have must not see in an open page what was held of these.</param>
    private async Task MoveAsync(Subscriber subscriber, EmailAddress to, MergedStanding standing, string? network, bool isOpenPageTheirs)
    {
        if (to.Normalized != subscriber.NormalizedEmail)
        {
            await suppressions.KeepFormerAsync(subscriber, subscriber.NormalizedEmail!, Now);
            // Who has left has left with the old address, which stays suppressed, and with the new one.
            if (standing is { Reason: { } reason, Status: SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed })
                await suppressions.KeepAwayAsync(to.Normalized, reason, Now);
        }

        await SubscriberRow.EndLinksAsync(db, subscriber.Id, isOpenPageTheirs, Now);
        SubscriberRow.Address(subscriber, to);
        SubscriberRow.Record(db, subscriber, ConsentEvent.AddressChanged, "Confirmed at the new address.", Ways.OwnData, Now).Network = network;
    }
}
