using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Leaving by the person's own link. Those who leave while a commit is under way share the next one, with each other and with the
/// sending of mail: hundreds who press the button as an edition arrives are gone within a moment, and the sender, who looks before each
/// message, sees it.
/// </summary>
public sealed class Leaving(LedgerWriter ledger, TimeProvider time)
{
    private const int MostInOneBatch = 500;
    private const int MostTries = 5;

    private readonly Lock _gate = new();
    private Batch? _next;

    /// <summary>For good; twice is fine.</summary>
    /// <returns>False for a token that nobody has.</returns>
    public async Task<bool> LeaveAsync(ActWithToken act)
    {
        if (SecretToken.Normalize(act.Token) is not { } token)
            return false;
        Batch batch;
        lock (_gate)
        {
            if (_next is null || _next.Acts.Count >= MostInOneBatch)
            {
                var begun = new Batch();
                begun.Known = Task.Run(() => WriteAsync(begun));
                _next = begun;
            }

            batch = _next;
            batch.Acts[token] = act;
        }

        return (await batch.Known).Contains(token);
    }

    /// <returns>Those of the tokens that somebody has.</returns>
    private async Task<HashSet<string>> WriteAsync(Batch batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ledger.WriteAsync((db, cancellationToken) =>
                {
                    lock (_gate)
                    {
                        if (_next == batch)
                            _next = null;
                    }

                    return LeaveAsync(db, batch.Acts, time.GetUtcNow().UtcDateTime, cancellationToken);
                });
            }
            catch (DbUpdateException e) when (attempt < MostTries && SubscriberRow.WasOvertaken(e))
            {
                // Somebody among them left on another node at the same moment.
            }
        }
    }

    private static async Task<HashSet<string>> LeaveAsync(PulseDbContext db, Dictionary<string, ActWithToken> acts, DateTime now, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        // Who was erased is gone already, and their link says so.
        var erased = acts.Keys.ToDictionary(SecretToken.Erased);
        var tokens = acts.Keys.Concat(erased.Keys).ToList();
        var found = await db.Subscribers
            // One parameter, so that the statement is the same however many they are.
            .Where(holder => EF.Parameter(tokens).Contains(holder.UnsubscribeToken))
            .Join(db.Subscribers, holder => holder.MergedIntoId ?? holder.Id, row => row.Id, (holder, row) => new { row.Id, holder.UnsubscribeToken, row.Status, row.NormalizedEmail })
            .ToListAsync(cancellationToken);
        var leaving = found.Where(row => row is { Status: SubscriberStatus.Active or SubscriberStatus.Pending, NormalizedEmail: not null }).DistinctBy(row => row.Id).ToList();
        if (leaving.Count > 0)
        {
            var ids = leaving.ConvertAll(row => row.Id);
            await db.Subscribers
                // On a server, somebody may have been erased since the question.
                .Where(row => EF.Parameter(ids).Contains(row.Id) && row.ErasedUtc == null && (row.Status == SubscriberStatus.Active || row.Status == SubscriberStatus.Pending))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Status, SubscriberStatus.Unsubscribed)
                        .SetProperty(row => row.LeftUtc, now)
                        .SetProperty(row => row.PausedUntilUtc, (DateTime?)null)
                        .SetProperty(row => row.Version, row => row.Version + 1),
                    cancellationToken);
            var mailed = await db.Deliveries
                .Where(row => EF.Parameter(ids).Contains(row.SubscriberId) && row.State == DeliveryState.Sent)
                .GroupBy(row => row.SubscriberId)
                .Select(group => new { group.Key, Last = group.Max(row => row.AttemptedUtc) })
                .ToDictionaryAsync(group => group.Key, group => group.Last, cancellationToken);
            await db.AddLeavingAsync(
                leaving.Select(row => (Act: acts[Given(row.UnsubscribeToken)], row.Id)).Select(one => new LeavingLine(
                    one.Id, one.Act.Way, one.Act.Network,
                    mailed.GetValueOrDefault(one.Id) is { } last ? (int)Math.Clamp((now - last).TotalSeconds, 0, int.MaxValue) : null)),
                ConsentWords.Leaving, now, cancellationToken);
            await EndWhatWaitsAsync(db, ids, now, cancellationToken);
        }

        return [.. found.Select(row => Given(row.UnsubscribeToken))];

        // The link as it was used, of what a row holds of it.
        string Given(string held) => erased.GetValueOrDefault(held, held);
    }

    /// <summary>What was asked for before leaving must not bring anybody back. What shows people their own data stays.</summary>
    internal static async Task EndWhatWaitsAsync(PulseDbContext db, List<int> ids, DateTime now, CancellationToken cancellationToken)
    {
        await db.OneTimeTokens
            .Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value) && row.UsedUtc == null && row.EndsUtc > now
                && (row.Purpose == TokenPurpose.ConfirmSubscription || row.Purpose == TokenPurpose.ConfirmAddress))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsUtc, now), cancellationToken);
        await db.QueuedMails
            .Where(row => EF.Parameter(ids).Contains(row.SubscriberId!.Value) && row.NextAttemptUtc != null && row.Kind != QueuedMailKind.OwnDataLink)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.NextAttemptUtc, (DateTime?)null).SetProperty(row => row.Answer, "Left before it was sent."), cancellationToken);
    }

    private sealed class Batch
    {
        public Dictionary<string, ActWithToken> Acts { get; } = [];

        public Task<HashSet<string>> Known { get; set; } = null!;
    }
}
