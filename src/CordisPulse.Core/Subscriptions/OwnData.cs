using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
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

/// <summary>
/// What people see, change, take with them and erase of what is held about them. It needs a link that is mailed to their address: that
/// link works once and opens a page whose forms hold a token of their own, which ends with the link's hour.
/// </summary>
public sealed class OwnData(
    PulseDbContext db, OneTimeTokens tokens, AddressRequests requests, PersonalData held, PersonErasure erasure, SuppressionList suppressions, TimeProvider time)
{
    /// <summary>Of the mailed link, and of the page that it opens.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of the link that goes to a new address.</summary>
    public static readonly TimeSpan AddressLifetime = TimeSpan.FromDays(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Queues the link for whoever holds this token's address, which need not be whoever asks.</summary>
    /// <returns>False for a token that nobody has.</returns>
    public Task<bool> AskAsync(ActWithToken act) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        if (await SubscriberRow.OwnerOf(db, act.Token).SingleOrDefaultAsync() is not { ErasedUtc: null } subscriber)
            return false;
        if (await requests.HasMailAsync(subscriber, QueuedMailKind.OwnDataLink, CancellationToken.None))
            return true;
        SubscriberRow.Owe(db, subscriber, QueuedMailKind.OwnDataLink, Now);
        SubscriberRow.Record(db, subscriber, ConsentEvent.DataAsked, "Asked for the link.", act.Way, Now).Network = act.Network;
        await db.SaveChangesAsync();
        return true;
    });

    /// <summary>Uses the mailed link up.</summary>
    /// <returns>The token of the page; null for a link that does not work (any more).</returns>
    public async Task<string?> OpenAsync(string token, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await tokens.FindAsync(TokenPurpose.OwnData, token, cancellationToken) is not { State: TokenState.Valid, SubscriberId: { } id }
            || !await tokens.ConsumeAsync(TokenPurpose.OwnData, token, cancellationToken))
            return null;
        var page = tokens.ForSubscriber(TokenPurpose.OwnDataPage, id, Lifetime);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return page;
    }

    /// <summary>Null when the page's hour is over, or the person was erased.</summary>
    public async Task<HeldPerson?> ReadAsync(string pageToken, CancellationToken cancellationToken = default)
        => await OwnerAsync(pageToken, cancellationToken) is { } id ? await held.ReadAsync(id, cancellationToken) : null;

    /// <returns>The file; null when the page's hour is over.</returns>
    public async Task<string?> DownloadAsync(string pageToken, string? network)
    {
        if (await OwnerAsync(pageToken) is not { } id)
            return null;
        await OnRowAsync(id, subscriber => Record(subscriber, ConsentEvent.DataGiven, "Downloaded it.", network));
        return await held.ReadAsync(id) is { } person ? PersonalData.ToJson(person) : null;
    }

    /// <returns>False when the page's hour is over.</returns>
    public async Task<bool> RenameAsync(string pageToken, string? name, string? organisation, string? network)
    {
        if (await OwnerAsync(pageToken) is not { } id)
            return false;
        return await OnRowAsync(id, subscriber =>
        {
            (subscriber.Name, subscriber.Organisation) = (PersonText.Clean(name), PersonText.Clean(organisation));
            SubscriberRow.Describe(subscriber);
            Record(subscriber, ConsentEvent.NameChanged, "Changed name or organisation.", network);
        });
    }

    /// <summary>Writes to the new address, which has to confirm.</summary>
    /// <returns>False when the page's hour is over.</returns>
    public async Task<bool> MoveAsync(string pageToken, EmailAddress to, string? network)
    {
        if (await OwnerAsync(pageToken) is not { } id)
            return false;
        await requests.WriteDownAsync(new AskByAddress { Kind = AddressRequestKind.ChangeAddress, Address = to, SubscriberId = id, Network = network });
        return true;
    }

    /// <returns>False when the page's hour is over.</returns>
    public async Task<bool> EraseAsync(string pageToken)
        => await OwnerAsync(pageToken) is { } id && await erasure.EraseAsync(new ErasePerson { SubscriberId = id, Way = Ways.OwnData });

    /// <summary>What the link that went to a new address would do now; <see cref="AddressChangeOutcome.Changed"/> when it would change it.</summary>
    public async Task<AddressChangeOutcome> AddressChangeAsync(string token, CancellationToken cancellationToken = default)
        => await tokens.FindAsync(TokenPurpose.ConfirmAddress, token, cancellationToken) switch
        {
            null => AddressChangeOutcome.Unknown,
            { State: TokenState.Valid } => AddressChangeOutcome.Changed,
            _ => AddressChangeOutcome.Ended,
        };

    /// <summary>Whoever reads the new address has confirmed.</summary>
    public Task<AddressChangeOutcome> ConfirmAddressAsync(string token, string? network) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        var hash = SecretToken.Hash(token);
        var link = await db.OneTimeTokens
            .Include(row => row.Subscriber)
            .Include(row => row.Request)
            .SingleOrDefaultAsync(row => row.Hash == hash && row.Purpose == TokenPurpose.ConfirmAddress);
        if (link is null)
            return AddressChangeOutcome.Unknown;
        if (link is not { UsedUtc: null, Subscriber: { ErasedUtc: null } subscriber, Request: { } request } || link.EndsUtc <= Now)
            return AddressChangeOutcome.Ended;
        var kept = await suppressions.FindAsync(request.NormalizedEmail, CancellationToken.None);
        // Left, bounced or erased meanwhile at the new address: that stands.
        if (kept?.IsFormerOf(subscriber) == false)
            return AddressChangeOutcome.Ended;
        await using var transaction = await db.Database.BeginTransactionAsync();
        link.UsedUtc = Now;
        var outcome = AddressChangeOutcome.Changed;
        if (await db.Subscribers.SingleOrDefaultAsync(row => row.NormalizedEmail == request.NormalizedEmail && row.Id != subscriber.Id) is { } other)
        {
            await SubscriberEditor.EmptyAsync(db, other, subscriber, Now, accountId: null);
            // The index allows the address to one row at a time.
            await db.SaveChangesAsync();
            outcome = AddressChangeOutcome.Merged;
        }

        if (kept is not null)
            db.Remove(kept);
        if (request.NormalizedEmail != subscriber.NormalizedEmail)
            await suppressions.KeepFormerAsync(subscriber, subscriber.NormalizedEmail!, Now);
        await SubscriberRow.EndLinksAsync(db, subscriber.Id, keepsOpenPage: true, Now);
        SubscriberRow.Address(subscriber, EmailAddress.Known(request.Email, request.NormalizedEmail));
        Record(subscriber, ConsentEvent.AddressChanged, "Confirmed at the new address.", network);
        link.Request = null;
        db.Remove(request);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return outcome;
    });

    private async Task<int?> OwnerAsync(string pageToken, CancellationToken cancellationToken = default)
        => await tokens.FindAsync(TokenPurpose.OwnDataPage, pageToken, cancellationToken) is { State: TokenState.Valid, SubscriberId: { } id } ? id : null;

    private Task<bool> OnRowAsync(int id, Action<Subscriber> change) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        if (await db.Subscribers.SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null) is not { } subscriber)
            return false;
        change(subscriber);
        await db.SaveChangesAsync();
        return true;
    });

    private void Record(Subscriber subscriber, ConsentEvent what, string note, string? network)
        => SubscriberRow.Record(db, subscriber, what, note, Ways.OwnData, Now).Network = network;
}
