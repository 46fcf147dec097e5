using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What happens to subscriptions by itself: pauses end, silence is settled, and staff are told of what looks like a mail filter.</summary>
public sealed class SubscriptionUpkeep(PulseDbContext db, TimeProvider time)
{
    /// <summary>So many of one domain, within so long and out of so few, are more than chance.</summary>
    public const int FewestOfADomain = 5;

    /// <summary>One in so many of those that the domain has on the list.</summary>
    public const int ShareOfADomain = 5;

    /// <summary>So many are told of, however large the domain is.</summary>
    public const int ManyOfADomain = 20;

    public static readonly TimeSpan WithinMinutes = TimeSpan.FromMinutes(10);

    private const int BatchSize = 500;

    private static readonly ConsentEvent[] Answers =
    [
        ConsentEvent.Kept, ConsentEvent.Confirmed, ConsentEvent.CameBack, ConsentEvent.SectorsChosen, ConsentEvent.Paused, ConsentEvent.Resumed,
        ConsentEvent.NameChanged, ConsentEvent.AddressChanged, ConsentEvent.DataGiven,
    ];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task EndPausesAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        return db.Subscribers
            .Where(row => row.PausedUntilUtc <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PausedUntilUtc, (DateTime?)null).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
    }

    /// <summary>Writes down, once for each occasion, that several of one domain left or confirmed within minutes.</summary>
    public async Task NoticeDomainsAsync(CancellationToken cancellationToken)
    {
        var since = Now - WithinMinutes;
        foreach (var what in new[] { ConsentEvent.Unsubscribed, ConsentEvent.Confirmed })
        {
            var busy = await db.ConsentRecords
                .Where(row => row.Event == what && row.AtUtc >= since && (row.Way == Ways.Page || row.Way == Ways.OneClick) && row.Subscriber!.Domain != null)
                .GroupBy(row => row.Subscriber!.Domain!)
                .Select(group => new { Domain = group.Key, People = group.Select(row => row.SubscriberId).Distinct().Count(), First = group.Min(row => row.AtUtc), Last = group.Max(row => row.AtUtc) })
                .Where(group => group.People >= FewestOfADomain)
                .ToListAsync(cancellationToken);
            foreach (var group in busy)
            {
                var all = await db.Subscribers.CountAsync(
                    row => row.Domain == group.Domain && (row.Status == SubscriberStatus.Active || row.LeftUtc >= since), cancellationToken);
                if (group.People < ManyOfADomain && group.People * ShareOfADomain < all)
                    continue;
                var notice = await db.DomainNotices.FirstOrDefaultAsync(
                    row => row.Domain == group.Domain && row.Event == what && row.LastUtc >= since, cancellationToken);
                notice ??= db.Add(new DomainNotice { Domain = group.Domain, Event = what, FirstUtc = group.First }).Entity;
                if (notice.People < group.People)
                    (notice.LastUtc, notice.People) = (group.Last, group.People);
            }
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("DomainNotices", nameof(DomainNotice.Domain)))
        {
            // Another node has just written it down.
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>When the time to answer is over, whoever has neither answered nor done anything since is kept or taken off, as staff chose.</summary>
    public async Task SettleSilenceAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        foreach (var due in await db.PermissionRounds.AsNoTracking().Where(row => row.SettledUtc == null && row.AnswerByUtc <= now).ToListAsync(cancellationToken))
        {
            if (due.Silence == Silence.Leave)
                await TakeOffAsync(due, cancellationToken);
            // Each batch has counted those it took off, and staff may have stopped waiting meanwhile.
            if (await db.PermissionRounds.SingleOrDefaultAsync(row => row.Id == due.Id && row.SettledUtc == null, cancellationToken) is { } round)
                round.Settle(now);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task TakeOffAsync(PermissionRound round, CancellationToken cancellationToken)
    {
        while (true)
        {
            var silent = await db.Subscribers
                // Staff may stop waiting at any moment.
                .Where(row => db.PermissionRounds.Any(open => open.Id == round.Id && open.IsOpen == true)
                    && row.Status == SubscriberStatus.Active
                    && db.QueuedMails.Any(mail => mail.Kind == QueuedMailKind.StillWanted && mail.AboutId == round.Id && mail.SubscriberId == row.Id && mail.SentUtc != null)
                    // What staff change is no answer of the person's.
                    && !db.ConsentRecords.Any(record => (record.SubscriberId == row.Id || record.Subscriber!.MergedIntoId == row.Id) && record.AtUtc >= round.AskedUtc && Answers.Contains(record.Event)
                        && record.Way != Ways.Desk && record.Way != Ways.Csv))
                .OrderBy(row => row.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (silent.Count == 0)
                return;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var emails = silent.ConvertAll(row => row.NormalizedEmail);
            var suppressed = await db.Suppressions.Where(row => emails.Contains(row.NormalizedEmail)).Select(row => row.NormalizedEmail).ToListAsync(cancellationToken);
            foreach (var row in silent)
            {
                SubscriberRow.TakeOff(row, SuppressionReason.Unsubscribed, Now);
                if (!suppressed.Contains(row.NormalizedEmail))
                    db.Add(new Suppression { NormalizedEmail = row.NormalizedEmail, Reason = SuppressionReason.Unsubscribed, SinceUtc = Now });
                SubscriberRow.Record(db, row, ConsentEvent.Unsubscribed, "Was asked whether it is still wanted and did not answer.", Ways.Upkeep, Now);
            }

            await db.SaveChangesAsync(cancellationToken);
            await Leaving.EndWhatWaitsAsync(db, silent.ConvertAll(row => row.Id), Now, cancellationToken);
            // With those it counts, so that what comes after may fail. Nobody else writes it, and whoever stops the round must not be overtaken by it.
            await db.PermissionRounds
                .Where(row => row.Id == round.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Left, row => row.Left + silent.Count), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }
}
