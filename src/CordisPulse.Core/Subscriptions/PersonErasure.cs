using System.Linq.Expressions;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

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
/// history, and of their address a keyed hash, so that no list brings them back.
/// </summary>
public sealed class PersonErasure(PulseDbContext db, Database database, PickupFolder pickup, AddressHash hash, TimeProvider time, ILogger<PersonErasure> log)
{
    private const string Gone = "Erased.";

    /// <summary>In one transaction, in which whoever leaves meanwhile waits.</summary>
    private const int AtOnce = 100;

    private static readonly Expression<Func<Subscriber, bool>> Held = row => row.ErasedUtc == null && row.Email != null;

    /// <returns>False for nobody, and for somebody who was erased before.</returns>
    /// <exception cref="RefusedException">A message to them in the pickup folder can't be deleted; nobody is erased.</exception>
    public async Task<bool> EraseAsync(ErasePerson erase)
    {
        var person = db.Subscribers.Where(row => row.Id == erase.SubscriberId);
        var mailed = await UnmailedAsync(person);
        if (await EmptyAsync(person, SuppressionReason.Erased, erase.Way, erase.AccountId, mailed) == 0)
            return false;
        await WaitingLists.RemoveAsync(db);
        await database.ForgetAsync();
        await ForgetAsync(mailed);
        return true;
    }

    /// <summary>As erasing does; the reason for which an address must not be mailed stays what it was.</summary>
    /// <param name="due">Who is to be erased: those among <paramref name="ids"/> who still are when it is their turn.</param>
    /// <param name="ids">Some hundreds of them.</param>
    /// <param name="erased">Told how many, each time that some are.</param>
    public async Task EraseWhoLeftAsync(IQueryable<Subscriber> due, IReadOnlyList<int> ids, Action<int> erased)
    {
        var mailed = await UnmailedAsync(due.Where(row => EF.Parameter(ids).Contains(row.Id)));
        try
        {
            foreach (var some in ids.Chunk(AtOnce))
                erased(await EmptyAsync(due.Where(row => EF.Parameter(some).Contains(row.Id)), reason: null, Ways.Upkeep, accountId: null, mailed));
        }
        finally
        {
            // Once for all of them, of whom some may be erased when others fail.
            await ForgetAsync(mailed);
        }
    }

    /// <summary>
    /// Deletes what lies in the pickup folder before they are erased: once nothing tells any more whose a message was, it would lie there for
    /// good. What is written meanwhile is looked for afterwards.
    /// </summary>
    /// <exception cref="RefusedException">Something else holds one of the files.</exception>
    private async Task<Mailed> UnmailedAsync(IQueryable<Subscriber> people)
    {
        var mailed = new Mailed();
        await FindMailedAsync(await people.Where(Held).AsNoTracking().ToListAsync(), mailed);
        if (await ForgetAsync(mailed) is { Count: > 0 } held)
            throw new RefusedException($"Nobody was erased: these files in the pickup folder, which hold messages, can't be deleted: {string.Join(", ", held)}. See to it that they can, and try again.");
        return mailed;
    }

    /// <returns>The names of those that something else holds, which are none of a person's.</returns>
    private async Task<IReadOnlyList<string>> ForgetAsync(Mailed mailed)
    {
        var held = await pickup.ForgetAsync(mailed.Addresses, mailed.SingleMails);
        foreach (var file in held)
            log.LogError("{File} in the pickup folder holds a message to somebody who is to be erased, and can't be deleted", file);
        return held;
    }

    private async Task<List<int>> FindMailedAsync(List<Subscriber> people, Mailed mailed)
    {
        var ids = (await OwnersAsync(db, people)).Keys.ToList();
        // Earlier addresses are in the ledger alone.
        mailed.Addresses.UnionWith(await db.Deliveries.Where(row => EF.Parameter(ids).Contains(row.SubscriberId) && row.Address != "").Select(row => row.Address).Distinct().ToListAsync());
        mailed.Addresses.UnionWith(people.Select(row => row.Email!));
        mailed.SingleMails.UnionWith(await db.QueuedMails.Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value)).Select(row => row.Id).ToListAsync());
        return ids;
    }

    /// <param name="people">Those of them who were not erased before are.</param>
    /// <param name="reason">Why their addresses must not be mailed from now on; null for the reason that there is.</param>
    /// <param name="way">One of <see cref="Ways"/>.</param>
    /// <param name="accountId">Who erases them.</param>
    /// <param name="mailed">Told what was mailed to them, and where.</param>
    /// <returns>How many.</returns>
    private Task<int> EmptyAsync(IQueryable<Subscriber> people, SuppressionReason? reason, string way, int? accountId, Mailed mailed) => SubscriberRow.FollowingOthersAsync(db, async () =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rows = await people.Where(Held).OrderBy(row => row.Id).ToListAsync();
        if (rows.Count == 0)
            return 0;
        var now = time.GetUtcNow().UtcDateTime;
        var ids = await FindMailedAsync(rows, mailed);
        await EmptyAsync(db, rows, hash, reason, way, accountId, now);
        // What retention erases was there for years: a list that waits is gone within a day.
        if (reason is not null)
            await WaitingLists.WithdrawAsync(db, WaitingLists.Erased, now);
        await WaitingLists.UnnameAsync(db, ids);
        db.AddRange(rows.Select(row => new AuditEntry { AccountId = accountId, Act = AuditedActs.ErasePerson, SubscriberId = row.Id }));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return rows.Count;
    });

    /// <summary>Within the transaction and the unit of work of the caller, who saves.</summary>
    internal static Task EmptyAsync(
        PulseDbContext db, Subscriber subscriber, AddressHash hash, SuppressionReason? reason, string way, int? accountId, DateTime now)
        => EmptyAsync(db, [subscriber], hash, reason, way, accountId, now);

    private static async Task EmptyAsync(
        PulseDbContext db, IReadOnlyList<Subscriber> people, AddressHash hash, SuppressionReason? reason, string way, int? accountId, DateTime now)
    {
        var normalized = people.Select(row => row.NormalizedEmail!).ToList();
        foreach (var suppression in await new SuppressionList(db, hash).HashedAsync(normalized, reason ?? SuppressionReason.Unsubscribed, now))
            suppression.Reason = reason ?? suppression.Reason;
        foreach (var subscriber in people)
        {
            subscriber.UnsubscribeToken = SecretToken.Erased(subscriber.UnsubscribeToken);
            (subscriber.Email, subscriber.NormalizedEmail, subscriber.Name, subscriber.Organisation) = (null, null, null, null);
            SubscriberRow.Describe(subscriber);
            subscriber.Sectors = WantedSectors.All;
            subscriber.Status = SubscriberStatus.Suppressed;
            (subscriber.ErasedUtc, subscriber.PausedUntilUtc) = (now, null);
            (subscriber.BasisId, subscriber.NoticeBasisId) = (null, null);
        }

        await EmptyRecordsAsync(db, await OwnersAsync(db, people), normalized, hash, now);
        foreach (var subscriber in people)
            SubscriberRow.Record(db, subscriber, ConsentEvent.Erased, Gone, way, now, accountId);
    }

    /// <summary>Whose number each is: their own, and those of rows that they took over.</summary>
    private static async Task<Dictionary<int, int>> OwnersAsync(PulseDbContext db, IReadOnlyList<Subscriber> people)
    {
        var ids = people.Select(row => row.Id).ToList();
        var owners = await db.Subscribers
            .Where(row => EF.Parameter(ids).Contains(row.MergedIntoId!.Value))
            .Select(row => new { row.Id, Owner = row.MergedIntoId!.Value })
            .ToDictionaryAsync(row => row.Id, row => row.Owner);
        foreach (var id in ids)
            owners[id] = id;
        return owners;
    }

    /// <param name="db">Where.</param>
    /// <param name="owners">All numbers, and whose they are.</param>
    /// <param name="emails">All addresses.</param>
    /// <param name="hash">Of an address.</param>
    /// <param name="now">When.</param>
    private static async Task EmptyRecordsAsync(PulseDbContext db, Dictionary<int, int> owners, List<string> emails, AddressHash hash, DateTime now)
    {
        // As one parameter: a statement is the same then, however many they are. Not so the addresses: what comes as JSON has the
        // database's order, and an address has its own.
        var ids = owners.Keys.ToList();
        foreach (var merged in await db.Subscribers.Where(row => EF.Parameter(ids).Contains(row.Id) && row.MergedIntoId != null).ToListAsync())
            merged.UnsubscribeToken = SecretToken.Erased(merged.UnsubscribeToken);
        await DeliveryAddresses.EmptyAsync(db.Deliveries.Where(row => EF.Parameter(ids).Contains(row.SubscriberId)), CancellationToken.None);
        await db.QueuedMails.Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.NextAttemptUtc, (DateTime?)null)
            .SetProperty(row => row.Answer, Gone));
        // What staff wrote down about somebody can name them; what the pages say can't.
        await db.ConsentRecords.Where(row => EF.Parameter(ids).Contains(row.SubscriberId)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Network, (string?)null)
            .SetProperty(row => row.Note, row => row.Way == Ways.Desk || row.Way == Ways.Csv ? Gone : row.Note));
        // What other servers said of the address, and what the person wrote.
        await db.ReturnReports.Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, (string?)null));
        var written = await WrittenFromAsync(db, ids, emails, hash);
        await PersonReplies.EmptyAsync(
            db.PersonReplies.Where(row => written.Contains(row.From!) || EF.Parameter(ids).Contains(row.Report!.SubscriberId!.Value)), now, CancellationToken.None);
        await EmptyBasesAsync(db, owners, ids);
        await RemoveRequestsAsync(db, ids, emails);
        await db.Colleagues.Where(row => emails.Contains(row.NormalizedEmail)).ExecuteDeleteAsync();
        var domains = emails.Select(email => email[(email.LastIndexOf('@') + 1)..]).Distinct().ToList();
        await db.DomainNotices
            .Where(row => EF.Parameter(domains).Contains(row.Domain) && !db.Subscribers.Any(other => other.Domain == row.Domain && !EF.Parameter(ids).Contains(other.Id)))
            .ExecuteDeleteAsync();
    }

    /// <summary>With the links that belong to them. Each way to find them is a question of its own, which an index answers.</summary>
    private static async Task RemoveRequestsAsync(PulseDbContext db, List<int> ids, List<string> emails)
    {
        var requests = await db.AddressRequests.Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value)).Select(row => row.Id).ToListAsync();
        // Somebody else may have asked to be written to at this address.
        requests.AddRange(await db.AddressRequests.Where(row => emails.Contains(row.NormalizedEmail)).Select(row => row.Id).ToListAsync());
        await db.OneTimeTokens.Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync();
        await db.OneTimeTokens.Where(row => EF.Parameter(requests).Contains(row.RequestId!.Value)).ExecuteDeleteAsync();
        await db.AddressRequests.Where(row => EF.Parameter(requests).Contains(row.Id)).ExecuteDeleteAsync();
    }

    /// <summary>The people's addresses, and those among the replies that were theirs before: of these only a hash is held.</summary>
    private static async Task<List<string>> WrittenFromAsync(PulseDbContext db, List<int> ids, List<string> emails, AddressHash hash)
    {
        var former = await db.Suppressions.Where(row => row.EmailHash != null && EF.Parameter(ids).Contains(row.SubscriberId!.Value)).Select(row => row.EmailHash!).ToHashSetAsync();
        return former.Count == 0
            ? emails
            : [.. emails, .. (await db.PersonReplies.Where(row => row.From != null).Select(row => row.From!).Distinct().ToListAsync()).Where(from => former.Contains(hash.Of(from)))];
    }

    /// <summary>A basis that was stated for one person alone can name them.</summary>
    private static async Task EmptyBasesAsync(PulseDbContext db, Dictionary<int, int> owners, List<int> ids)
    {
        var stated = await db.ConsentRecords
            .Where(row => EF.Parameter(ids).Contains(row.SubscriberId) && row.BasisId != null)
            .Select(row => new { BasisId = row.BasisId!.Value, row.SubscriberId })
            .Distinct()
            .ToListAsync();
        var own = stated.GroupBy(row => row.BasisId).Where(basis => basis.DistinctBy(row => owners[row.SubscriberId]).Count() == 1).Select(basis => basis.Key).ToList();
        await db.ConsentBases
            .Where(basis => EF.Parameter(own).Contains(basis.Id) && !db.ConsentRecords.Any(row => row.BasisId == basis.Id && !EF.Parameter(ids).Contains(row.SubscriberId)))
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.ObtainedFrom, Gone)
                .SetProperty(row => row.Told, (string?)null)
                .SetProperty(row => row.Assessment, (string?)null));
    }

    private sealed class Mailed
    {
        public HashSet<string> Addresses { get; } = new(StringComparer.OrdinalIgnoreCase);

        public HashSet<long> SingleMails { get; } = [];
    }
}
