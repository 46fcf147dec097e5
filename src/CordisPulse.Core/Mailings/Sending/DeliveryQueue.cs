using System.Diagnostics.CodeAnalysis;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// What the nodes do to the rows of a running mailing. Every write is conditional on state and lease number, so that one that comes
/// too late changes nothing; all times are the database's.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, though the collection is a table.")]
public sealed class DeliveryQueue(IDbContextFactory<PulseDbContext> contexts, LedgerWriter ledger, IOptions<MailOptions> mail)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly double LeaseSeconds = Lease.TotalSeconds;

    /// <summary>Mailings that this node may claim from now, the oldest first.</summary>
    public async Task<List<int>> FindWorkAsync(string transport, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Mailings
            .Where(m => m.State == MailingState.Sending && m.Transport == transport && (m.HoldUntilUtc == null || m.HoldUntilUtc <= DateTime.UtcNow))
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Takes a lease on up to <paramref name="count"/> rows that wait, those whose pause is over included, and on no more than
    /// <c>Mail:MaxPerMinute</c> and <c>Mail:MaxPerDay</c> leave to all nodes.
    /// </summary>
    /// <param name="claim">Names the node and this claim; no other claim has the same.</param>
    public Task<List<ClaimedDelivery>> ClaimAsync(int mailingId, string claim, int count) => ledger.WriteAsync(async (db, cancellationToken) =>
    {
        var rows = db.Deliveries.Where(d => d.MailingId == mailingId);
        if (await db.FirstReadersOfAsync(mailingId, cancellationToken) is { } first)
            rows = rows.Where(d => first.Contains(d.SubscriberId));
        var again = rows.Where(d => d.NextAttemptUtc <= DateTime.UtcNow);
        foreach (var act in new[] { DeliveryAct.Due, DeliveryAct.SendAgain })
            await again.Ready(act).ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryTransitions.Of(act).To)
                    .SetProperty(d => d.NextAttemptUtc, (DateTime?)null)
                    .SetProperty(d => d.LeaseEndUtc, (DateTime?)null),
                cancellationToken);

        var room = Math.Min(count, await RoomAsync(db, mailingId, cancellationToken));
        if (room <= 0)
            return [];
        var free = rows.Ready(DeliveryAct.Attempt)
            // One that ends later than any that began by this clock is of a time before the clock was set back.
            .Where(d => d.LeaseEndUtc == null || d.LeaseEndUtc <= DateTime.UtcNow || d.LeaseEndUtc > DateTime.UtcNow.AddSeconds(2 * LeaseSeconds));
        // In the order of the index; of rows that wait, none has a next attempt.
        var chosen = free.OrderBy(d => d.NextAttemptUtc).ThenBy(d => d.Id).Take(room).Select(d => d.Id);
        // Asked of the row itself once more: where readers do not wait for writers, another node may have it since it was chosen.
        await free.Where(d => chosen.Contains(d.Id)).ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.LeaseOwner, claim)
                    .SetProperty(d => d.LeaseEndUtc, d => DateTime.UtcNow.AddSeconds(LeaseSeconds))
                    .SetProperty(d => d.LeaseNumber, d => d.LeaseNumber + 1),
                cancellationToken);

        return await rows.Ready(DeliveryAct.Attempt)
            .Where(d => d.LeaseOwner == claim)
            .OrderBy(d => d.Id)
            .Select(d => new ClaimedDelivery
            {
                Id = d.Id,
                LeaseNumber = d.LeaseNumber,
                MailingId = d.MailingId,
                VariantId = d.VariantId,
                SubscriberId = d.SubscriberId,
                Address = d.Address,
                Name = d.Name,
                UnsubscribeToken = d.Subscriber!.UnsubscribeToken,
                Follows = d.FollowsId == null ? null : new MessageIds(d.Follows!.Mailing!.Edition!.Month, d.Follows.Mailing.Kind, d.Follows.Mailing.Number, d.Follows.Mailing.PublicUrl),
                Attempts = d.Attempts,
                TriedFor = TriedFor(d.Attempts, d.FirstAttemptedUtc, d.LeaseEndUtc),
            })
            .ToListAsync(cancellationToken);
    });

    /// <summary>The lease has just been made, for a known time, by the clock that the first try was noted by.</summary>
    private static TimeSpan TriedFor(int attempts, DateTime? first, DateTime? leaseEnd)
        => attempts > 0 && leaseEnd - Lease - first is { Ticks: > 0 } time ? time : TimeSpan.Zero;

    /// <summary>
    /// Records what became of the last message and marks the next as begun, in one commit. The look at the recipient is part of the
    /// mark, so that nobody who has left by then is mailed.
    /// </summary>
    public Task<BeginAnswer> BeginAsync(ClaimedDelivery next, DeliveryOutcome? last) => ledger.WriteAsync(async (db, cancellationToken) =>
    {
        if (last is not null)
            await RecordAsync(db, last, cancellationToken);

        if (await LedgerStatements.Of(db).MarkAsync(next, cancellationToken) || await WasBegunAsync(db, next, cancellationToken))
            return BeginAnswer.Go;

        // Subqueries in place of navigations: on SQLite an update that joins can't name its own columns in the join's condition.
        var wanted = db.WhoGetMail();
        var left = await Held(db, next).Ready(DeliveryAct.Leave)
            .Where(d => !wanted.Any(s => s.Id == d.SubscriberId))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryTransitions.Of(DeliveryAct.Leave).To)
                    .SetProperty(d => d.SettledUtc, d => DateTime.UtcNow)
                    .SetProperty(d => d.LeaseEndUtc, (DateTime?)null)
                    .SetProperty(d => d.Code, (int?)null)
                    .SetProperty(d => d.Answer, "Left the list, or paused, before the message was sent."),
                cancellationToken);
        return left == 1 ? BeginAnswer.Skipped : BeginAnswer.NotNow;
    });

    /// <summary>
    /// Whether a message that was begun may still be ended: the row is still this node's, the recipient still wants it and the mailing
    /// still sends. The lease begins anew.
    /// </summary>
    public Task<bool> IsStillBegunAsync(ClaimedDelivery row)
        => ledger.WriteAsync((db, cancellationToken) => LedgerStatements.Of(db).MarkAgainAsync(row, cancellationToken));

    /// <returns>False when the row was another's by then.</returns>
    public Task<bool> RecordAsync(DeliveryOutcome outcome)
        => ledger.WriteAsync((db, cancellationToken) => RecordAsync(db, outcome, cancellationToken));

    /// <summary>Gives up the leases on rows that were not begun.</summary>
    public Task ReturnAsync(IReadOnlyList<ClaimedDelivery> rows) => ledger.WriteAsync(async (db, cancellationToken) =>
    {
        var changed = 0;
        foreach (var row in rows)
            changed += await Held(db, row).Ready(DeliveryAct.Attempt).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.LeaseEndUtc, (DateTime?)null).SetProperty(d => d.LeaseOwner, (string?)null), cancellationToken);
        return changed;
    });

    /// <summary>Lengthens the leases of a node that is alive, on the rows that are still its own.</summary>
    /// <param name="claims">What the claims of the node begin with.</param>
    public Task RenewAsync(string claims, IReadOnlyList<long> rows) => ledger.WriteAsync((db, cancellationToken) => db.Deliveries
        .Where(d => rows.Contains(d.Id) && d.LeaseOwner!.StartsWith(claims) && d.LeaseEndUtc != null)
        .ExecuteUpdateAsync(set => set.SetProperty(d => d.LeaseEndUtc, d => DateTime.UtcNow.AddSeconds(LeaseSeconds)), cancellationToken));

    /// <summary>
    /// True when this very mark is on disk already: its commit was reported as failed, because the connection to the database was
    /// lost before the answer came. Nobody else marks a row under this lease number.
    /// </summary>
    private static Task<bool> WasBegunAsync(PulseDbContext db, ClaimedDelivery next, CancellationToken cancellationToken)
        => Held(db, next).AnyAsync(d => d.State == DeliveryState.Attempting && d.Attempts == next.Attempts + 1, cancellationToken);

    /// <summary>
    /// How many messages the limits leave to all nodes now; rows that somebody has claimed count as sent, and so do single mails. When a
    /// limit is used up, the mailing waits until the oldest of what has used it no longer counts.
    /// </summary>
    private async Task<int> RoomAsync(PulseDbContext db, int mailingId, CancellationToken cancellationToken)
    {
        var options = mail.Value;
        var perSecond = options.MaxPerSecondScope == MaxPerSecondScope.AllNodes ? options.MaxPerSecond : 0;
        if (perSecond == 0 && options is { MaxPerMinute: 0, MaxPerDay: 0 })
            return int.MaxValue;
        // Holds these rows until the claim is committed, so that two nodes count one after the other.
        await db.Mailings.Where(m => m.State == MailingState.Sending).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailingState.Sending), cancellationToken);
        var claimed = await db.Deliveries.CountAsync(
            d => db.Mailings.Any(m => m.Id == d.MailingId && m.State == MailingState.Sending)
                && d.State == DeliveryState.Pending && d.LeaseEndUtc > DateTime.UtcNow,
            cancellationToken);
        var room = int.MaxValue;
        foreach (var (limit, seconds, key) in new[] { (perSecond, 1.0, ""), (options.MaxPerMinute, 60.0, Notices.PerMinute), (options.MaxPerDay, 86400.0, Notices.PerDay) })
        {
            if (limit == 0)
                continue;
            var used = await UsedAsync(db, seconds, cancellationToken);
            room = Math.Min(room, limit - claimed - used);
            // A second is not worth a word.
            if (used >= limit && seconds > 1)
                await HoldForLimitAsync(db, mailingId, seconds, Notices.Limit(key, limit), cancellationToken);
        }

        return room;
    }

    private static async Task<int> UsedAsync(PulseDbContext db, double seconds, CancellationToken cancellationToken)
        // What lies ahead is of a time before the clock was set back.
        => await db.Deliveries.CountAsync(d => d.AttemptedUtc > DateTime.UtcNow.AddSeconds(-seconds) && d.AttemptedUtc < DateTime.UtcNow.AddSeconds(LeaseSeconds), cancellationToken)
            + await db.QueuedMails.CountAsync(m => m.SentUtc > DateTime.UtcNow.AddSeconds(-seconds), cancellationToken);

    private static async Task HoldForLimitAsync(PulseDbContext db, int mailingId, double seconds, string notice, CancellationToken cancellationToken)
    {
        var oldest = await db.Deliveries.Where(d => d.AttemptedUtc > DateTime.UtcNow.AddSeconds(-seconds)).MinAsync(d => d.AttemptedUtc, cancellationToken);
        var oldestSingle = await db.QueuedMails.Where(m => m.SentUtc > DateTime.UtcNow.AddSeconds(-seconds)).MinAsync(m => m.SentUtc, cancellationToken);
        var until = (oldest is null || oldestSingle < oldest ? oldestSingle : oldest)?.AddSeconds(seconds);
        await db.Mailings
            .Where(m => m.Id == mailingId && m.State == MailingState.Sending && (m.HoldUntilUtc == null || m.HoldUntilUtc < until))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.HoldUntilUtc, until)
                    .SetProperty(m => m.Notice, notice)
                    .SetProperty(m => m.Version, m => m.Version + 1),
                cancellationToken);
    }

    private static IQueryable<Delivery> Held(PulseDbContext db, ClaimedDelivery row)
        => db.Deliveries.Where(d => d.Id == row.Id && d.LeaseNumber == row.LeaseNumber);

    private async Task<bool> RecordAsync(PulseDbContext db, DeliveryOutcome outcome, CancellationToken cancellationToken)
    {
        var isWritten = await LedgerStatements.Of(db).RecordAsync(outcome, cancellationToken);
        if (isWritten && outcome.Act is (DeliveryAct.Defer or DeliveryAct.Release))
            await SkipCancelledAsync(db, Held(db, outcome.Delivery), cancellationToken);
        if (isWritten && outcome.Fault == DeliveryFault.Address && mail.Value.SuppressAfterBadAddress is > 0 and var most)
            await BadAddress.SuppressAsync(db, outcome.Delivery.SubscriberId, most, cancellationToken);
        return isWritten;
    }

    /// <summary>What was under way while its mailing was cancelled, and was not taken, is not tried again.</summary>
    internal static Task<int> SkipCancelledAsync(PulseDbContext db, IQueryable<Delivery> rows, CancellationToken cancellationToken)
        => rows.Ready(DeliveryAct.Cancel).Where(d => db.Mailings.Any(m => m.Id == d.MailingId && m.State == MailingState.Cancelled)).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.State, DeliveryTransitions.Of(DeliveryAct.Cancel).To)
                .SetProperty(d => d.SettledUtc, d => DateTime.UtcNow)
                .SetProperty(d => d.NextAttemptUtc, (DateTime?)null)
                .SetProperty(d => d.LeaseEndUtc, (DateTime?)null)
                .SetProperty(d => d.Code, (int?)null)
                .SetProperty(d => d.Answer, "The mailing was cancelled before the message was sent."),
            cancellationToken);
}
