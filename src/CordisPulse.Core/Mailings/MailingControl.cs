using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <summary>
/// What a person does to a mailing that runs. Each message is begun on condition that its mailing is being sent, so all of these act
/// with the next message; those under way are finished.
/// </summary>
public sealed class MailingControl(PulseDbContext db, LedgerWriter ledger, StaffMails staff, Acting acting)
{
    /// <summary>Whoever has such a delivery has nothing of the mailing.</summary>
    internal static readonly DeliveryState[] NotGiven = [DeliveryState.Failed, DeliveryState.Skipped];

    /// <summary>Whoever has such a delivery has its message, or may have it or get it yet.</summary>
    internal static readonly DeliveryState[] Given = [DeliveryState.Sent, DeliveryState.Uncertain, DeliveryState.Attempting];

    /// <exception cref="RefusedException">It is not being sent.</exception>
    public Task PauseAsync(MailingName name, CancellationToken cancellationToken = default)
        => ChangeAsync(name, [MailingState.Sending], MailingState.Paused, AuditedActs.PauseMailing, "Only a mailing that is being sent can be paused.", cancellationToken);

    /// <exception cref="RefusedException">It is not paused.</exception>
    public Task ResumeAsync(MailingName name, CancellationToken cancellationToken = default)
        => ChangeAsync(name, [MailingState.Paused], MailingState.Sending, AuditedActs.ResumeMailing, "Only a paused mailing can be resumed.", cancellationToken);

    /// <summary>Ends the wait in which only colleagues are sent to.</summary>
    /// <exception cref="RefusedException">It does not wait.</exception>
    public async Task SendNowAsync(MailingName name, CancellationToken cancellationToken = default)
    {
        var id = await FindAsync(name, cancellationToken);
        var ended = await WriteAsync(AuditedActs.SendNow, name, (write, token) => write.Mailings
            .Where(m => m.Id == id && m.State == MailingState.Sending && m.WaitUntilUtc > DateTime.UtcNow)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.WaitUntilUtc, (DateTime?)null).SetProperty(m => m.Version, m => m.Version + 1), token));
        if (ended == 0)
            throw new RefusedException("The mailing does not wait.");
    }

    /// <summary>Ends the mailing for good: whoever has not been sent to is skipped.</summary>
    /// <exception cref="RefusedException">It has ended.</exception>
    public async Task CancelAsync(MailingName name, CancellationToken cancellationToken = default)
    {
        const string ended = "The mailing has ended; there is nothing to cancel.";
        var id = await FindAsync(name, cancellationToken);
        var cancelled = await WriteAsync(AuditedActs.CancelMailing, name, async (write, token) =>
        {
            var changed = await SetStateAsync(write, id, [MailingState.Scheduled, MailingState.Sending, MailingState.Paused], MailingState.Cancelled, token);
            if (changed > 0)
                await DeliveryQueue.SkipCancelledAsync(write, write.Deliveries.Where(d => d.MailingId == id), token);
            return changed;
        });
        if (cancelled == 0)
            throw new RefusedException(ended);
        await staff.MailingStoppedAsync(id, cancellationToken);
    }

    /// <summary>
    /// All failed deliveries are tried again, as if for the first time, but for those to people who have been sent the edition by another
    /// mailing since.
    /// </summary>
    /// <returns>How many.</returns>
    /// <exception cref="RefusedException">None has failed, or the mailing was cancelled.</exception>
    public async Task<int> RetryFailedAsync(MailingName name, CancellationToken cancellationToken = default)
    {
        var id = await FindAsync(name, cancellationToken);
        var count = await WriteAsync(AuditedActs.RetryFailed, name, async (write, token) =>
        {
            var retried = await write.Deliveries.Where(d => d.MailingId == id && write.Mailings.Any(m => m.Id == id && m.State != MailingState.Cancelled))
                .Ready(DeliveryAct.RetryFailed)
                .Where(d => !write.Deliveries.Any(other => other.SubscriberId == d.SubscriberId && other.MailingId != id && !NotGiven.Contains(other.State)
                    && write.Mailings.Any(one => one.Id == id && one.Kind != MailingKind.Correction
                        && write.Mailings.Any(two => two.Id == other.MailingId && two.EditionId == one.EditionId && two.Kind != MailingKind.Correction
                            && (two.Kind == MailingKind.Late || one.Kind == MailingKind.Late)))))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(d => d.State, DeliveryTransitions.Of(DeliveryAct.RetryFailed).To)
                        .SetProperty(d => d.Attempts, 0)
                        .SetProperty(d => d.SettledUtc, (DateTime?)null)
                        .SetProperty(d => d.NextAttemptUtc, (DateTime?)null)
                        .SetProperty(d => d.LeaseEndUtc, (DateTime?)null),
                    token);
            if (retried > 0)
                await SetStateAsync(write, id, [MailingState.Completed], MailingState.Sending, token);
            return retried;
        });
        return count > 0 ? count : throw new RefusedException("There are no failed deliveries to try again.");
    }

    /// <summary>Settles one uncertain delivery: send it again, or count it as sent.</summary>
    /// <param name="byId">Who decides; null for a command.</param>
    /// <exception cref="RefusedException">It is no longer uncertain.</exception>
    public async Task DecideAsync(MailingName name, long deliveryId, bool sendAgain, int? byId = null, CancellationToken cancellationToken = default)
    {
        var id = await FindAsync(name, cancellationToken);
        if (await WriteAsync(AuditedActs.DecideUncertain, name, (write, token) => DecideAsync(write, write.Deliveries.Where(d => d.Id == deliveryId && d.MailingId == id), sendAgain, byId, token), Decision(sendAgain)) == 0)
            throw new RefusedException("That delivery can no longer be decided; its state has changed.");
    }

    /// <summary>Settles all uncertain deliveries, if they are as many as were looked at.</summary>
    /// <param name="seen">So many were uncertain when the person decided.</param>
    /// <exception cref="RefusedException">They are more or fewer by now, or none can be sent again.</exception>
    public async Task<int> DecideAllAsync(MailingName name, int seen, bool sendAgain, int? byId = null, CancellationToken cancellationToken = default)
    {
        var id = await FindAsync(name, cancellationToken);
        var decided = await WriteAsync(AuditedActs.DecideUncertain, name, async (write, token) =>
        {
            var rows = write.Deliveries.Where(d => d.MailingId == id && d.State == DeliveryState.Uncertain);
            return await rows.CountAsync(token) == seen ? await DecideAsync(write, rows, sendAgain, byId, token) : 0;
        }, Decision(sendAgain));
        return decided > 0 ? decided : throw new RefusedException("Nothing was decided: the uncertain deliveries are others by now, or the mailing was cancelled. Look at them again.");
    }

    private static Task<int> DecideAsync(PulseDbContext write, IQueryable<Delivery> rows, bool sendAgain, int? byId, CancellationToken cancellationToken)
    {
        var act = sendAgain ? DeliveryAct.SendAgain : DeliveryAct.CountAsSent;
        return rows
            .Where(d => !sendAgain || write.Mailings.Any(m => m.Id == d.MailingId && m.State != MailingState.Cancelled))
            .Ready(act)
            .ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(d => d.State, DeliveryTransitions.Of(act).To)
                        .SetProperty(d => d.NextAttemptUtc, (DateTime?)null)
                        .SetProperty(d => d.LeaseEndUtc, (DateTime?)null)
                        .SetProperty(d => d.Decided, act)
                        .SetProperty(d => d.DecidedUtc, d => DateTime.UtcNow)
                        .SetProperty(d => d.DecidedById, byId);
                    if (!sendAgain)
                        set.SetProperty(d => d.SettledUtc, d => DateTime.UtcNow);
                },
                cancellationToken);
    }

    private async Task ChangeAsync(MailingName name, MailingState[] from, MailingState to, string act, string refusal, CancellationToken cancellationToken)
    {
        var id = await FindAsync(name, cancellationToken);
        if (await WriteAsync(act, name, (write, token) => SetStateAsync(write, id, from, to, token)) == 0)
            throw new RefusedException(refusal);
    }

    private static string Decision(bool sendAgain) => sendAgain ? "send again" : "count as sent";

    /// <summary>Writes what is done, and, where that changed rows, who did it.</summary>
    /// <param name="act">One of <see cref="AuditedActs"/>.</param>
    /// <param name="name">Of the mailing.</param>
    /// <param name="write">Answers how many rows it changed.</param>
    /// <param name="detail">What the act alone does not say.</param>
    private Task<int> WriteAsync(string act, MailingName name, Func<PulseDbContext, CancellationToken, Task<int>> write, string? detail = null)
    {
        // The writer's own thread knows of no request.
        var actor = acting.Now;
        return ledger.WriteAsync(async (db, token) =>
        {
            var changed = await write(db, token);
            if (changed == 0)
                return 0;
            var entry = db.Add(new AuditEntry { Way = actor.Way, AccountId = actor.AccountId, Act = act, Subject = name.ToString(), Detail = detail });
            await db.SaveChangesAsync(token);
            // The writer's unit of work lives on.
            entry.State = EntityState.Detached;
            return changed;
        });
    }

    private static Task<int> SetStateAsync(PulseDbContext write, int id, MailingState[] from, MailingState to, CancellationToken cancellationToken)
    {
        var hasEnded = to == MailingState.Cancelled;
        return write.Mailings.Where(m => m.Id == id && from.Contains(m.State)).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(m => m.State, to)
                    .SetProperty(m => m.HoldUntilUtc, (DateTime?)null)
                    .SetProperty(m => m.Notice, (string?)null)
                    .SetProperty(m => m.Version, m => m.Version + 1);
                if (hasEnded)
                    set.SetProperty(m => m.EndedUtc, m => DateTime.UtcNow);
                else
                    set.SetProperty(m => m.EndedUtc, (DateTime?)null);
            },
            cancellationToken);
    }

    private async Task<int> FindAsync(MailingName name, CancellationToken cancellationToken)
        => await db.Mailings.Named(name).Select(m => (int?)m.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no mailing of {name.Title}.");
}
