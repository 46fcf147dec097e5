using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What became of asking for the link.</summary>
public enum DataLinkOutcome
{
    /// <summary>The token that it was asked with is nobody's.</summary>
    Unknown,

    /// <summary>It is mailed.</summary>
    OnItsWay,

    /// <summary>One was asked for a moment ago, and waits or has not been used.</summary>
    AskedBefore,

    /// <summary>As many as a person gets in a day were mailed.</summary>
    MostOfDay,
}

/// <summary>
/// What people see, change, take with them and erase of what is held about them. It needs a link that is mailed to their address: that
/// link works once and opens a page whose forms hold a token of their own, which ends after an hour.
/// </summary>
public sealed class OwnData(PulseDbContext db, OneTimeTokens tokens, AddressRequests requests, PersonalData held, PersonErasure erasure, TimeProvider time)
{
    /// <summary>Of the mailed link, and of the page that it opens.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of the link that goes to a new address.</summary>
    public static readonly TimeSpan AddressLifetime = TimeSpan.FromDays(1);

    internal const string AskedWords = "Asked for the link.";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Queues the link for whoever holds this token's address, which need not be whoever asks.</summary>
    public Task<DataLinkOutcome> AskAsync(ActWithToken act) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        if (await SubscriberRow.OwnerOf(db, act.Token).SingleOrDefaultAsync() is not { ErasedUtc: null } subscriber)
            return DataLinkOutcome.Unknown;
        // Whoever complained or bounced may want to see or move what is held, and holds a link that was mailed to them.
        switch (await requests.EarlierDataLinkAsync(subscriber, CancellationToken.None))
        {
            case EarlierMail.SaysTheSame:
                return DataLinkOutcome.AskedBefore;
            case EarlierMail.MostOfDay:
                return DataLinkOutcome.MostOfDay;
        }

        SubscriberRow.Owe(db, subscriber, QueuedMailKind.OwnDataLink, Now);
        SubscriberRow.Record(db, subscriber, ConsentEvent.DataAsked, AskedWords, act.Way, Now).Network = act.Network;
        await db.SaveChangesAsync();
        return DataLinkOutcome.OnItsWay;
    });

    /// <summary>
    /// Uses the mailed link up. Whoever did so and posts the same again, as a browser does that loads the page anew, has the page that they
    /// opened; whoever finds the link later has not, since the opening was never mailed.
    /// </summary>
    /// <param name="token">Of the link.</param>
    /// <param name="opening">Of the form that the link showed, as <see cref="SecretToken.Create"/> makes it: another each time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The token of the page; null for a link that does not work (any more).</returns>
    public async Task<string?> OpenAsync(string token, string? opening, CancellationToken cancellationToken = default)
    {
        if (!SecretToken.IsWellFormed(opening))
            return null;
        var page = SecretToken.Of(token, opening!);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await tokens.FindAsync(TokenPurpose.OwnData, token, cancellationToken) is not { SubscriberId: { } id })
            return null;
        if (!await tokens.ConsumeAsync(TokenPurpose.OwnData, token, cancellationToken))
            return await OwnerAsync(page, cancellationToken) == id ? page : null;
        tokens.ForSubscriber(TokenPurpose.OwnDataPage, id, Lifetime, made: page);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return page;
    }

    /// <summary>Ends the page before its hour is over.</summary>
    public Task CloseAsync(string pageToken) => tokens.ConsumeAsync(TokenPurpose.OwnDataPage, pageToken);

    /// <summary>Null when the page's hour is over, it was closed, or the person was erased.</summary>
    public async Task<HeldPerson?> ReadAsync(string pageToken, CancellationToken cancellationToken = default)
        => await OwnerAsync(pageToken, cancellationToken) is { } id ? await held.ReadAsync(id, cancellationToken) : null;

    /// <returns>The file; null when the page's hour is over.</returns>
    public async Task<string?> DownloadAsync(string pageToken, string? network)
    {
        if (await OwnerAsync(pageToken) is not { } id)
            return null;
        await OnRowAsync(id, subscriber =>
        {
            Record(subscriber, ConsentEvent.DataGiven, "Downloaded it.", network);
            return Task.CompletedTask;
        });
        return await held.ReadAsync(id) is { } person ? PersonalData.ToJson(person) : null;
    }

    /// <summary>What has not changed is not recorded.</summary>
    /// <returns>False when the page's hour is over.</returns>
    public async Task<bool> RenameAsync(string pageToken, string? name, string? organisation, string? network)
    {
        if (await OwnerAsync(pageToken) is not { } id)
            return false;
        return await OnRowAsync(id, async subscriber =>
        {
            var typed = (PersonText.Clean(name), PersonText.Clean(organisation));
            // Whoever was asked whether they still want it and leaves all as it is has answered.
            if (typed == (subscriber.Name, subscriber.Organisation) && !await PermissionRounds.IsAskedAsync(db, id))
                return;
            (subscriber.Name, subscriber.Organisation) = typed;
            SubscriberRow.Describe(subscriber);
            Record(subscriber, ConsentEvent.NameChanged, "Changed name or organisation.", network);
        });
    }

    /// <summary>Writes to the new address, which has to confirm (<see cref="AddressChanges"/>).</summary>
    /// <exception cref="RefusedException">The address is theirs already.</exception>
    /// <returns>False when the page's hour is over.</returns>
    public async Task<bool> MoveAsync(string pageToken, EmailAddress to, string? network)
    {
        if (await OwnerAsync(pageToken) is not { } id)
            return false;
        if (await db.Subscribers.AnyAsync(row => row.Id == id && row.NormalizedEmail == to.Normalized))
            throw new RefusedException("This is the address that we use already. Nothing is sent, and nothing changes.");
        await requests.WriteDownAsync(new AskByAddress { Kind = AddressRequestKind.ChangeAddress, Address = to, SubscriberId = id, Network = network });
        return true;
    }

    /// <returns>False when the page's hour is over.</returns>
    public async Task<bool> EraseAsync(string pageToken)
        => await OwnerAsync(pageToken) is { } id && await erasure.EraseAsync(new ErasePerson { SubscriberId = id, Way = Ways.OwnData });

    private async Task<int?> OwnerAsync(string pageToken, CancellationToken cancellationToken = default)
        => await tokens.FindAsync(TokenPurpose.OwnDataPage, pageToken, cancellationToken) is { State: TokenState.Valid, SubscriberId: { } id } ? id : null;

    private Task<bool> OnRowAsync(int id, Func<Subscriber, Task> change) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        if (await db.Subscribers.SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null) is not { } subscriber)
            return false;
        await change(subscriber);
        await db.SaveChangesAsync();
        return true;
    });

    private void Record(Subscriber subscriber, ConsentEvent what, string note, string? network)
        => SubscriberRow.Record(db, subscriber, what, note, Ways.OwnData, Now).Network = network;
}
