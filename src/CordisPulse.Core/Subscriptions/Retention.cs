using CordisPulse.Core.Data;
using CordisPulse.Core.Mail.Returns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Removes once a day what was held for long enough, and reports it.</summary>
public sealed class Retention(PulseDbContext db, PersonErasure erasure, Database database, IOptions<RetentionOptions> options, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>Links, and requests by address, for some days after they ended: the page then still says that they have.</summary>
    private const int LinkDays = 30;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>Null when this or another node has cleaned today.</returns>
    public async Task<RetentionReport?> CleanAsync(CancellationToken cancellationToken = default)
    {
        var today = DateOnly.FromDateTime(Now);
        if (await db.RetentionReports.AnyAsync(row => row.Day >= today, cancellationToken))
            return null;
        var report = db.Add(new RetentionReport { Day = today, AtUtc = Now }).Entity;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("RetentionReports", nameof(RetentionReport.Day)))
        {
            return null;
        }

        report.Requests = await CleanRequestsAsync(cancellationToken);
        report.Unconfirmed = await CleanUnconfirmedAsync(cancellationToken);
        report.Networks = await ShortenNetworksAsync(cancellationToken);
        report.Left = await CleanLeftAsync(cancellationToken);
        if (Before(options.Value.DeliveryAddressDays) is { } before)
            report.Deliveries = await db.Deliveries
                .Where(row => row.Address != "" && db.Mailings.Any(mailing => mailing.Id == row.MailingId && mailing.EndedUtc < before))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Address, "")
                        .SetProperty(row => row.Name, (string?)null)
                        .SetProperty(row => row.Answer, row => row.Answer!.Contains('@') ? null : row.Answer),
                    cancellationToken);
        if (Before(options.Value.ReplyDays) is { } repliedBefore)
            report.Replies = await PersonReplies.EmptyAsync(db.PersonReplies.Where(row => row.ReceivedUtc < repliedBefore), Now, cancellationToken);
        if (Before(options.Value.ReadDays) is { } readBefore)
            report.Reads = await db.AuditEntries.Where(row => row.AtUtc < readBefore && row.Act == AuditedActs.ReadPerson).ExecuteDeleteAsync(cancellationToken);
        // Erasing has cleared the tracker's sight of it.
        db.Update(report);
        await db.SaveChangesAsync(cancellationToken);
        await database.ForgetAsync(cancellationToken);
        return report;
    }

    private async Task<int> CleanRequestsAsync(CancellationToken cancellationToken)
    {
        var before = Now.AddDays(-LinkDays);
        var tokens = await db.OneTimeTokens.Where(row => row.SubscriberId != null && row.EndsUtc < before).ExecuteDeleteAsync(cancellationToken);
        var requests = await db.AddressRequests
            .Where(row => row.SettledUtc < before && !db.OneTimeTokens.Any(token => token.RequestId == row.Id))
            .ExecuteDeleteAsync(cancellationToken);
        return tokens + requests;
    }

    /// <summary>Who asked and never confirmed is no subscriber and never was: the row goes, with all that hangs on it.</summary>
    private async Task<int> CleanUnconfirmedAsync(CancellationToken cancellationToken)
    {
        if (Before(options.Value.UnconfirmedDays) is not { } before)
            return 0;
        var removed = 0;
        while (true)
        {
            var ids = await db.Subscribers
                .Where(row => row.Status == SubscriberStatus.Pending && row.CreatedUtc < before && row.ConfirmedUtc == null
                    && !db.Deliveries.Any(delivery => delivery.SubscriberId == row.Id)
                    && !db.QueuedMails.Any(mail => mail.SubscriberId == row.Id && (mail.NextAttemptUtc != null || mail.QueuedUtc >= before)))
                .OrderBy(row => row.Id)
                .Select(row => row.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (ids.Count == 0)
                return removed;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.OneTimeTokens.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync(cancellationToken);
            await db.AddressRequests.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync(cancellationToken);
            await db.QueuedMails.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteDeleteAsync(cancellationToken);
            await db.ConsentRecords.Where(row => ids.Contains(row.SubscriberId)).ExecuteDeleteAsync(cancellationToken);
            // What came back stays, without whom it was about.
            await db.ReturnReports.Where(row => ids.Contains(row.SubscriberId!.Value)).ExecuteUpdateAsync(set => set.SetProperty(row => row.SubscriberId, (int?)null), cancellationToken);
            removed += await db.Subscribers.Where(row => ids.Contains(row.Id) && row.Status == SubscriberStatus.Pending).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task<int> ShortenNetworksAsync(CancellationToken cancellationToken)
    {
        if (Before(options.Value.NetworkAddressDays) is not { } before)
            return 0;
        var shortened = 0;
        while (true)
        {
            var addresses = await db.ConsentRecords
                .Where(row => row.Network != null && !row.Network.Contains('/') && row.AtUtc < before)
                .Select(row => row.Network!)
                .Distinct()
                .OrderBy(address => address)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (addresses.Count == 0)
                return shortened;
            foreach (var address in addresses)
            {
                var network = NetworkAddress.Shortened(address);
                shortened += await db.ConsentRecords
                    .Where(row => row.Network == address && row.AtUtc < before)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Network, network), cancellationToken);
            }
        }
    }

    private async Task<int> CleanLeftAsync(CancellationToken cancellationToken)
    {
        if (Before(options.Value.LeftDays) is not { } before)
            return 0;
        var erased = 0;
        while (true)
        {
            var ids = await db.Subscribers
                .Where(row => (row.Status == SubscriberStatus.Unsubscribed || row.Status == SubscriberStatus.Suppressed) && row.ErasedUtc == null && row.LeftUtc < before)
                .OrderBy(row => row.Id)
                .Select(row => row.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            var done = await erasure.EraseWhoLeftAsync(ids);
            erased += done;
            if (done == 0)
                return erased;
            db.ChangeTracker.Clear();
        }
    }

    private DateTime? Before(int days) => days == 0 ? null : Now.AddDays(-days);
}
