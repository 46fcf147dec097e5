using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Somebody asks to be erased: article 17 of the UK GDPR.</summary>
public sealed record ErasePerson
{
    public required int SubscriberId { get; init; }

    /// <summary>One of <see cref="Ways"/>.</summary>
    public required string Way { get; init; }

    /// <summary>Null for the person's own act and for a command.</summary>
    public int? AccountId { get; init; }
}

/// <summary>
/// Empties the row that says who somebody is and what else holds a word of it. Their number stays in the ledger and in the consent
/// history, and of their address a keyed hash, so that it is never mailed again.
/// </summary>
public sealed class PersonErasure(PulseDbContext db, Database database, PickupFolder pickup, AddressHash hash, TimeProvider time)
{
    private const string Gone = "Erased.";

    /// <returns>False for nobody, and for somebody who was erased before.</returns>
    public async Task<bool> EraseAsync(ErasePerson erase)
    {
        if (await EmptyAsync(erase, SuppressionReason.Erased) is not { } mailed)
            return false;
        await WaitingLists.ForgetAsync(db);
        await database.ForgetAsync();
        await pickup.ForgetAsync(mailed.Addresses, mailed.SingleMails);
        return true;
    }

    /// <summary>As erasing does; the reason for which the address must not be mailed stays what it was.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EraseWhoLeftAsync(IReadOnlyList<int> ids)
    {
        var erased = 0;
        foreach (var id in ids)
            if (await EmptyAsync(new ErasePerson { SubscriberId = id, Way = Ways.Upkeep }, reason: null) is { } mailed)
            {
                await pickup.ForgetAsync(mailed.Addresses, mailed.SingleMails);
                erased++;
            }

        return erased;
    }

    /// <param name="reason">Why the address must not be mailed from now on; null for the reason that there is.</param>
    /// <returns>What was mailed to them and where; null for nobody.</returns>
    private Task<Mailed?> EmptyAsync(ErasePerson erase, SuppressionReason? reason) => SubscriberRow.FollowingOthersAsync<Mailed?>(db, async () =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await db.Subscribers.SingleOrDefaultAsync(row => row.Id == erase.SubscriberId && row.ErasedUtc == null) is not { Email: { } email } subscriber)
            return null;
        var now = time.GetUtcNow().UtcDateTime;
        var ids = await SubscriberRow.NumbersAsync(db, subscriber.Id);
        // Earlier addresses are in the ledger alone.
        var addresses = await db.Deliveries.Where(row => ids.Contains(row.SubscriberId) && row.Address != "").Select(row => row.Address).Distinct().ToListAsync();
        var singleMails = await db.QueuedMails.Where(row => ids.Contains(row.SubscriberId!.Value)).Select(row => row.Id).ToListAsync();
        await EmptyAsync(db, subscriber, hash, reason, erase.Way, erase.AccountId, now);
        // What retention erases was there for years: a list that waits is gone within a day.
        if (reason is not null)
            await WaitingLists.WithdrawAsync(db, WaitingLists.Erased, now);
        db.Add(new AuditEntry { AtUtc = now, AccountId = erase.AccountId, Act = AuditedActs.ErasePerson, SubscriberId = subscriber.Id });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new Mailed(addresses.Append(email).ToHashSet(StringComparer.OrdinalIgnoreCase), singleMails);
    });

    /// <summary>Within the transaction and the unit of work of the caller, who saves.</summary>
    internal static async Task EmptyAsync(
        PulseDbContext db, Subscriber subscriber, AddressHash hash, SuppressionReason? reason, string way, int? accountId, DateTime now)
    {
        var normalized = subscriber.NormalizedEmail!;
        var suppression = await new SuppressionList(db, hash).HashedAsync(normalized, reason ?? SuppressionReason.Unsubscribed, now);
        suppression.Reason = reason ?? suppression.Reason;
        subscriber.UnsubscribeToken = SecretToken.Erased(subscriber.UnsubscribeToken);
        (subscriber.Email, subscriber.NormalizedEmail, subscriber.Name, subscriber.Organisation) = (null, null, null, null);
        SubscriberRow.Describe(subscriber);
        subscriber.Sectors = WantedSectors.All;
        subscriber.Status = SubscriberStatus.Suppressed;
        (subscriber.ErasedUtc, subscriber.PausedUntilUtc) = (now, null);
        (subscriber.BasisId, subscriber.NoticeBasisId) = (null, null);
        await EmptyRecordsAsync(db, await SubscriberRow.NumbersAsync(db, subscriber.Id), normalized, hash, now);
        SubscriberRow.Record(db, subscriber, ConsentEvent.Erased, Gone, way, now, accountId);
    }

    private static async Task EmptyRecordsAsync(PulseDbContext db, List<int> ids, string normalized, AddressHash hash, DateTime now)
    {
        foreach (var merged in await db.Subscribers.Where(row => ids.Contains(row.Id) && row.MergedIntoId != null).ToListAsync())
            merged.UnsubscribeToken = SecretToken.Erased(merged.UnsubscribeToken);
        await DeliveryAddresses.EmptyAsync(db.Deliveries.Where(row => ids.Contains(row.SubscriberId)), CancellationToken.None);
        await db.QueuedMails.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.NextAttemptUtc, (DateTime?)null)
            .SetProperty(row => row.Answer, Gone));
        // What staff wrote down about somebody can name them; what the pages say can't.
        await db.ConsentRecords.Where(row => ids.Contains(row.SubscriberId)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Network, (string?)null)
            .SetProperty(row => row.Note, row => row.Way == Ways.Desk || row.Way == Ways.Csv ? Gone : row.Note));
        // What other servers said of the address, and what the person wrote.
        await db.ReturnReports.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, (string?)null));
        var written = await WrittenFromAsync(db, ids, normalized, hash);
        await PersonReplies.EmptyAsync(db.PersonReplies.Where(row => written.Contains(row.From!) || ids.Contains(row.Report!.SubscriberId!.Value)), now, CancellationToken.None);
        await EmptyBasesAsync(db, ids);
        // Somebody else may have asked to be written to at this address.
        var requests = db.AddressRequests.Where(row => ids.Contains(row.SubscriberId!.Value) || row.NormalizedEmail == normalized);
        await db.OneTimeTokens.Where(row => ids.Contains(row.SubscriberId!.Value) || requests.Any(request => request.Id == row.RequestId)).ExecuteDeleteAsync();
        await requests.ExecuteDeleteAsync();
        await db.Colleagues.Where(row => row.NormalizedEmail == normalized).ExecuteDeleteAsync();
        var domain = normalized[(normalized.LastIndexOf('@') + 1)..];
        if (!await db.Subscribers.AnyAsync(row => row.Domain == domain && !ids.Contains(row.Id)))
            await db.DomainNotices.Where(row => row.Domain == domain).ExecuteDeleteAsync();
    }

    /// <summary>The person's address, and those among the replies that were theirs before: of these only a hash is held.</summary>
    private static async Task<List<string>> WrittenFromAsync(PulseDbContext db, List<int> ids, string normalized, AddressHash hash)
    {
        var former = await db.Suppressions.Where(row => row.EmailHash != null && ids.Contains(row.SubscriberId!.Value)).Select(row => row.EmailHash!).ToHashSetAsync();
        return former.Count == 0
            ? [normalized]
            : [normalized, .. (await db.PersonReplies.Where(row => row.From != null).Select(row => row.From!).Distinct().ToListAsync()).Where(from => former.Contains(hash.Of(from)))];
    }

    /// <summary>A basis that was stated for this person alone can name them.</summary>
    private static async Task EmptyBasesAsync(PulseDbContext db, List<int> ids)
    {
        var own = await db.ConsentRecords.Where(row => ids.Contains(row.SubscriberId) && row.BasisId != null).Select(row => row.BasisId!.Value).Distinct().ToListAsync();
        foreach (var basis in own)
            if (!await db.ConsentRecords.AnyAsync(row => row.BasisId == basis && !ids.Contains(row.SubscriberId)))
                await db.ConsentBases.Where(row => row.Id == basis).ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.ObtainedFrom, Gone)
                    .SetProperty(row => row.Told, (string?)null)
                    .SetProperty(row => row.Assessment, (string?)null));
    }

    private sealed record Mailed(IReadOnlySet<string> Addresses, IReadOnlyList<long> SingleMails);
}
