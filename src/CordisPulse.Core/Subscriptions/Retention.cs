using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Removes once a day what was held for long enough, and reports it.</summary>
public sealed class Retention(
    PulseDbContext db, PersonErasure erasure, Database database, RetentionArrears arrears, IOptions<RetentionOptions> options, TimeProvider time, ILogger<Retention> log)
{
    private const int BatchSize = 500;

    /// <summary>Links, and requests by address, for some days after they ended: the page then still says that they have.</summary>
    internal const int LinkDays = 30;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Each does what is left of it to do, and adds to the report as it goes.</summary>
    private Dictionary<string, Func<RetentionReport, CancellationToken, Task>> Kinds => new()
    {
        ["links and requests"] = CleanRequestsAsync,
        ["unconfirmed addresses"] = CleanUnconfirmedAsync,
        ["unconfirmed addresses that were mailed"] = EraseUnconfirmedAsync,
        ["addresses of networks"] = ShortenNetworksAsync,
        ["people who left"] = CleanLeftAsync,
        ["addresses of deliveries"] = CleanDeliveriesAsync,
        ["replies"] = CleanRepliesAsync,
        ["readings"] = CleanReadsAsync,
        ["acts of staff"] = CleanActsAsync,
    };

    /// <summary>A kind that fails holds up none of the others, and is tried again at the next call.</summary>
    /// <returns>Null when this or another node has cleaned today, and when nothing more could be done of what had failed.</returns>
    public async Task<RetentionReport?> CleanAsync(CancellationToken cancellationToken = default)
    {
        var today = DateOnly.FromDateTime(Now);
        var report = await db.RetentionReports.OrderByDescending(row => row.Day).FirstOrDefaultAsync(row => row.Day >= today, cancellationToken);
        var failedBefore = report is null ? [] : arrears.Of(report.Day);
        if (report is not null && failedBefore.Count == 0)
            return null;
        if (report is null)
        {
            report = db.Add(new RetentionReport { Day = today, AtUtc = Now }).Entity;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (e.IsUniqueViolation("RetentionReports", nameof(RetentionReport.Day)))
            {
                return null;
            }
        }

        var failed = new List<string>();
        foreach (var (kind, cleanAsync) in Kinds.Where(kind => failedBefore.Count == 0 || failedBefore.Contains(kind.Key)))
        {
            try
            {
                await cleanAsync(report, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add(kind);
                if (!failedBefore.Contains(kind))
                    log.LogError("Retention: the cleaning of {Kind} failed ({Exception}) and is tried again", kind, e.GetType().Name);
            }

            // What a failure has left there must not be saved with what comes next.
            db.ChangeTracker.Clear();
        }

        arrears.Keep(report.Day, failed);
        db.Update(report);
        await db.SaveChangesAsync(cancellationToken);
        await database.ForgetAsync(cancellationToken);
        return failed.Count > 0 && failed.Count == failedBefore.Count ? null : report;
    }

    private async Task CleanRequestsAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        var before = Now.AddDays(-LinkDays);
        report.Requests += await db.OneTimeTokens.Where(row => row.SubscriberId != null && row.EndsUtc < before).ExecuteDeleteAsync(cancellationToken);
        report.Requests += await db.AddressRequests
            .Where(row => row.SettledUtc < before && !db.OneTimeTokens.Any(token => token.RequestId == row.Id))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Who asked and never confirmed is no subscriber and never was: the row goes, with all that hangs on it.</summary>
    private async Task CleanUnconfirmedAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        if (Before(options.Value.UnconfirmedDays) is not { } before)
            return;
        var removable = Pending(before).Where(row => row.ConfirmedUtc == null
            && !db.Deliveries.Any(delivery => delivery.SubscriberId == row.Id) && !db.Subscribers.Any(merged => merged.MergedIntoId == row.Id));
        while (true)
        {
            var found = await removable.OrderBy(row => row.Id).Select(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken);
            if (found.Count == 0)
                return;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Written to first: whoever confirms from here on waits, and finds the row gone. Whoever has just done so is not among the second look.
            await db.Subscribers.Where(row => found.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
            var ids = await removable.Where(row => found.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
            await db.OneTimeTokens.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync(cancellationToken);
            await db.AddressRequests.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync(cancellationToken);
            await db.QueuedMails.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync(cancellationToken);
            await db.ConsentRecords.Where(row => ids.Contains(row.SubscriberId)).ExecuteDeleteAsync(cancellationToken);
            // What came back stays, without whom it was about.
            await db.ReturnReports.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteUpdateAsync(set => set.SetProperty(row => row.SubscriberId, (int?)null), cancellationToken);
            var removed = await db.Subscribers.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            report.Unconfirmed += removed;
        }
    }

    /// <summary>The list that had added them was taken back after a mailing, or others go on as them: their number is needed, and nothing else of them.</summary>
    private async Task EraseUnconfirmedAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        if (Before(options.Value.UnconfirmedDays) is not { } before)
            return;
        var erasable = Pending(before).Where(row => row.Email != null
            && !db.ConsentRecords.Any(record => record.SubscriberId == row.Id && record.AtUtc >= before)
            && (row.ConfirmedUtc != null || db.Deliveries.Any(delivery => delivery.SubscriberId == row.Id) || db.Subscribers.Any(merged => merged.MergedIntoId == row.Id)));
        await EraseAsync(erasable, erased => report.Unconfirmed += erased, cancellationToken);
    }

    /// <summary>Those who are not on the list, have been there since before, and are owed no mail that could put them on it.</summary>
    private IQueryable<Subscriber> Pending(DateTime before) => db.Subscribers.Where(row => row.Status == SubscriberStatus.Pending && row.CreatedUtc < before
        && !db.QueuedMails.Any(mail => mail.SubscriberId == row.Id && (mail.NextAttemptUtc != null || mail.QueuedUtc >= before)));

    private async Task ShortenNetworksAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        if (Before(options.Value.NetworkAddressDays) is not { } before)
            return;
        for (var last = 0L; ;)
        {
            var from = last;
            var batch = await db.ConsentRecords
                .Where(row => row.Id > from && row.Network != null && !row.Network.Contains('/') && row.AtUtc < before)
                .OrderBy(row => row.Id)
                .Take(BatchSize)
                .Select(row => new { row.Id, row.Network })
                .ToListAsync(cancellationToken);
            if (batch.Count == 0)
                break;
            foreach (var group in batch.GroupBy(row => NetworkAddress.Shortened(row.Network!)))
            {
                var ids = group.Select(row => row.Id).ToList();
                report.Networks += await db.ConsentRecords
                    .Where(row => EF.Parameter(ids).Contains(row.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Network, group.Key), cancellationToken);
            }

            last = batch[^1].Id;
        }

        while (await db.AddressRequests.Where(row => row.Network != null && row.Network != "" && !row.Network.Contains('/') && row.AskedUtc < before).OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken) is { Count: > 0 } requests)
        {
            foreach (var request in requests)
                request.Network = NetworkAddress.Shortened(request.Network!);
            await db.SaveChangesAsync(cancellationToken);
            report.Networks += requests.Count;
            db.ChangeTracker.Clear();
        }
    }

    private async Task CleanLeftAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        if (Before(options.Value.LeftDays) is not { } before)
            return;
        await EraseAsync(
            db.Subscribers.Where(row => (row.Status == SubscriberStatus.Unsubscribed || row.Status == SubscriberStatus.Suppressed) && row.ErasedUtc == null && row.LeftUtc < before),
            erased => report.Left += erased,
            cancellationToken);
    }

    private async Task EraseAsync(IQueryable<Subscriber> due, Action<int> erased, CancellationToken cancellationToken)
    {
        for (var last = 0; ;)
        {
            var from = last;
            var ids = await due.Where(row => row.Id > from).OrderBy(row => row.Id).Select(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken);
            if (ids.Count == 0)
                return;
            // Erasing many takes a while, in which somebody may confirm or come back: they are not due any more.
            await erasure.EraseWhoLeftAsync(due, ids, erased);
            db.ChangeTracker.Clear();
            last = ids[^1];
        }
    }

    private async Task CleanDeliveriesAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        if (Before(options.Value.DeliveryAddressDays) is { } before)
            report.Deliveries += await DeliveryAddresses.EmptyAsync(
                db.Deliveries.Where(row => row.Address != "" && db.Mailings.Any(mailing => mailing.Id == row.MailingId && mailing.EndedUtc < before)), cancellationToken);
    }

    private async Task CleanRepliesAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        if (Before(options.Value.ReplyDays) is { } before)
            report.Replies += await PersonReplies.EmptyAsync(db.PersonReplies.Where(row => row.ReceivedUtc < before), Now, cancellationToken);
    }

    private async Task CleanReadsAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        var readings = AuditedActs.Readings;
        if (Before(options.Value.ReadDays) is { } before)
            report.Reads += await db.AuditEntries.TagWith(AuditEntry.Retention)
                .Where(row => row.AtUtc < before && EF.Parameter(readings).Contains(row.Act)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task CleanActsAsync(RetentionReport report, CancellationToken cancellationToken)
    {
        var readings = AuditedActs.Readings;
        if (Before(options.Value.AuditDays) is { } before)
            report.Acts += await db.AuditEntries.TagWith(AuditEntry.Retention)
                .Where(row => row.AtUtc < before && !EF.Parameter(readings).Contains(row.Act)).ExecuteDeleteAsync(cancellationToken);
    }

    private DateTime? Before(int days) => days == 0 ? null : Now.AddDays(-days);
}
