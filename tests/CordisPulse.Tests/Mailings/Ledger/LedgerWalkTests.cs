using CordisPulse.Core;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>Every act is tried on a delivery in every state: what the table allows happens in the database, and nothing else does.</summary>
public sealed class LedgerWalkTests(PulseApp app) : IClassFixture<PulseApp>
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public static TheoryData<DeliveryAct> Acts => [.. Enum.GetValues<DeliveryAct>()];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_changes_the_states_that_it_may_come_from(DeliveryAct act)
    {
        var transition = DeliveryTransitions.Of(act);
        foreach (var state in Enum.GetValues<DeliveryState>())
        {
            // A claim brings back both at once, what was deferred and what is uncertain; only one of them is this act.
            if (act == DeliveryAct.Due && state == DeliveryState.Uncertain)
                continue;
            var row = await PutAsync(state);

            await TakeAsync(act, row);

            var now = await app.QueryAsync(db => db.Deliveries.Where(delivery => delivery.Id == row.Id).Select(delivery => delivery.State).SingleAsync());
            Assert.Equal((act, state, transition.From.Contains(state) ? transition.To : state), (act, state, now));
        }
    }

    /// <summary>As the ledger has a delivery that a node holds and has tried once.</summary>
    private async Task<ClaimedDelivery> PutAsync(DeliveryState state)
    {
        var (mailing, ids) = await LedgerMailing.AddAsync(app, 1);
        await app.QueryAsync(db => db.Deliveries.Where(delivery => delivery.Id == ids[0]).ExecuteUpdateAsync(set => set
            .SetProperty(delivery => delivery.State, state)
            .SetProperty(delivery => delivery.Attempts, 1)
            .SetProperty(delivery => delivery.LeaseNumber, 1)
            .SetProperty(delivery => delivery.LeaseOwner, "walk!1#1")
            .SetProperty(delivery => delivery.LeaseEndUtc, DateTime.UtcNow.AddMinutes(1))));
        return await app.QueryAsync(db => db.Deliveries.Where(delivery => delivery.Id == ids[0]).Select(delivery => new ClaimedDelivery
        {
            Id = delivery.Id,
            LeaseNumber = 1,
            MailingId = mailing,
            VariantId = delivery.VariantId,
            SubscriberId = delivery.SubscriberId,
            Address = delivery.Address,
            UnsubscribeToken = delivery.Subscriber!.UnsubscribeToken,
            // What the claim saw: a claim of a row that is tried now has seen no try.
            Attempts = 1,
        }).SingleAsync());
    }

    private async Task TakeAsync(DeliveryAct act, ClaimedDelivery row)
    {
        var queue = app.Services.GetRequiredService<DeliveryQueue>();
        switch (act)
        {
            case DeliveryAct.Attempt:
                await queue.BeginAsync(row, last: null);
                break;
            case DeliveryAct.Leave:
                await app.QueryAsync(db => db.Subscribers.Where(subscriber => subscriber.Id == row.SubscriberId)
                    .ExecuteUpdateAsync(set => set.SetProperty(subscriber => subscriber.Status, SubscriberStatus.Unsubscribed)));
                await queue.BeginAsync(row, last: null);
                break;
            case DeliveryAct.Due:
                await app.QueryAsync(db => db.Deliveries.Where(delivery => delivery.Id == row.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.NextAttemptUtc, DateTime.UtcNow - Later)));
                await queue.ClaimAsync(row.MailingId, "walk!2#1", 1);
                break;
            case DeliveryAct.Cancel:
                await ControlAsync(control => control.CancelAsync(MailingLab.Month));
                break;
            case DeliveryAct.SendAgain or DeliveryAct.CountAsSent:
                await ControlAsync(control => control.DecideAsync(MailingLab.Month, row.Id, sendAgain: act == DeliveryAct.SendAgain));
                break;
            case DeliveryAct.RetryFailed:
                await ControlAsync(control => control.RetryFailedAsync(MailingLab.Month));
                break;
            default:
                await queue.RecordAsync(new DeliveryOutcome(row, act, 250, "answer", act == DeliveryAct.Defer ? Later : null));
                break;
        }
    }

    private Task<bool> ControlAsync(Func<MailingControl, Task> act) => app.InScopeAsync(async services =>
    {
        try
        {
            await act(services.GetRequiredService<MailingControl>());
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    });
}
