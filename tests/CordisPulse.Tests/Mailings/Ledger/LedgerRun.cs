using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>One mailing in the real ledger, to which a history happens; after each step the ledger must be what the model says.</summary>
internal sealed class LedgerRun
{
    private const int Readers = 7;

    // Most messages are taken.
    private static readonly ServerAct[] ServerActs = [.. Enum.GetValues<ServerAct>(), ServerAct.Takes, ServerAct.Takes, ServerAct.Takes];

    private readonly PulseApp _app;
    private readonly WhenUncertain _whenUncertain;
    private readonly LedgerModel _model;
    private readonly DeliveryQueue _queue;
    private readonly MailingUpkeep _upkeep;
    private readonly DeliveryDecision _decision;
    private readonly SimulatedNode[] _nodes;
    private readonly List<string> _dead = [];
    private readonly int _mailing;
    private readonly long[] _ids;
    private int _nodesEver;

    private LedgerRun(PulseApp app, WhenUncertain whenUncertain, int mailing, long[] ids)
    {
        (_app, _whenUncertain, _mailing, _ids) = (app, whenUncertain, mailing, ids);
        _model = new LedgerModel(Readers, whenUncertain);
        _queue = app.Services.GetRequiredService<DeliveryQueue>();
        _upkeep = app.Services.GetRequiredService<MailingUpkeep>();
        _decision = new DeliveryDecision(new RetrySchedule(new MailRetryOptions()), whenUncertain);
        _nodes = [.. Enumerable.Range(0, LedgerStep.Nodes).Select(_ => NewNode())];
    }

    public static async Task<LedgerRun> StartAsync(PulseApp app, WhenUncertain whenUncertain)
    {
        var (mailing, ids) = await LedgerMailing.AddAsync(app, Readers);
        return new LedgerRun(app, whenUncertain, mailing, ids);
    }

    public async Task TakeAsync(LedgerStep step)
    {
        var node = _nodes[step.Node];
        await (step.Act switch
        {
            LedgerAct.Claim => ClaimAsync(node, (step.Choice % 3) + 1),
            LedgerAct.Begin => BeginAsync(node),
            LedgerAct.Answer => AnswerAsync(node, ServerActs[step.Choice % ServerActs.Length]),
            LedgerAct.Record => RecordAsync(node),
            LedgerAct.GiveBack => GiveBackAsync(node),
            LedgerAct.Crash => CrashAsync(step.Node, isTaken: step.Choice % 2 == 0),
            LedgerAct.TakeOver => TakeOverAsync(),
            LedgerAct.EndLeases => EndLeasesAsync(HolderOf(step)),
            LedgerAct.TimePasses => PassTimeAsync(),
            LedgerAct.Pause => PauseAsync(),
            LedgerAct.Resume => ResumeAsync(),
            LedgerAct.Leave => LeaveAsync(step.Choice % Readers),
            LedgerAct.RetryFailed => RetryFailedAsync(),
            _ => DecideAsync(step.Choice),
        });
        await CompareAsync(step.ToString());
    }

    /// <summary>From here nothing goes wrong any more; then the mailing ends, nobody is missed and every repeat is explained.</summary>
    public async Task EndAsync()
    {
        await ResumeAsync();
        foreach (var node in _nodes)
        {
            await AnswerAsync(node, ServerAct.Takes);
            await RecordAsync(node);
            await GiveBackAsync(node);
        }

        await TakeOverAsync();
        for (var round = 0; _model.Deliveries.Any(delivery => DeliveryTransitions.Open.Contains(delivery.State)); round++)
        {
            Assert.True(round < 20, "The mailing does not come to its end.");
            await PassTimeAsync();
            await DecideAsync(round);
            await ClaimAsync(_nodes[0], Readers);
            while (_nodes[0].Held.Count > 0)
            {
                await BeginAsync(_nodes[0]);
                await AnswerAsync(_nodes[0], ServerAct.Takes);
            }

            await RecordAsync(_nodes[0]);
            await CompareAsync("the end");
        }

        Assert.True(await _upkeep.TryCompleteAsync(_mailing, CancellationToken.None));
        Assert.All(_model.Deliveries, delivery =>
        {
            Assert.True(delivery.State != DeliveryState.Sent || delivery.Taken > 0 || delivery.IsCountedAsSent, "Somebody was missed.");
            Assert.True(delivery.State != DeliveryState.Skipped || delivery.HasLeft, "Somebody was skipped who had not left.");
            Assert.True(delivery.Taken <= 1 + delivery.Doubts, "Somebody got it twice, and the ledger never was in doubt.");
            Assert.True(_whenUncertain != WhenUncertain.Ask || delivery.Taken <= 1 + delivery.SentAgain, "Somebody got it twice, and no person had it sent again.");
        });
    }

    private async Task ClaimAsync(SimulatedNode node, int count)
    {
        _model.BringBackDue();
        var free = _model.Deliveries.Count(LedgerModel.MayClaim);

        var claimed = await _queue.ClaimAsync(_mailing, node.NextClaim(), count);

        Assert.Equal(Math.Min(count, free), claimed.Count);
        foreach (var row in claimed)
        {
            var delivery = Of(row);
            Assert.True(LedgerModel.MayClaim(delivery), "A row was claimed that another node holds, or that is not waiting.");
            (delivery.Holder, delivery.IsLeaseOver, delivery.LeaseNumber) = (node.Id, false, delivery.LeaseNumber + 1);
            Assert.Equal(delivery.LeaseNumber, row.LeaseNumber);
            node.Held.Enqueue(row);
        }
    }

    private async Task BeginAsync(SimulatedNode node)
    {
        if (node.InAir is not null || !node.Held.TryDequeue(out var next))
            return;
        if (node.Last is { } last)
            _model.Record(Of(last.Outcome.Delivery), last.Outcome.Delivery.LeaseNumber, last.Act);
        var expected = _model.Begin(Of(next), next.LeaseNumber);

        var begun = await _queue.BeginAsync(next, node.Last?.Outcome);

        node.Last = null;
        Assert.Equal(expected.ToString(), begun.ToString());
        if (begun == BeginAnswer.Go)
            node.InAir = next;
        else if (begun == BeginAnswer.NotNow)
            await GiveBackAsync([next]);
    }

    private Task AnswerAsync(SimulatedNode node, ServerAct act)
    {
        if (node.InAir is not { } row)
            return Task.CompletedTask;
        if (act is ServerAct.Takes or ServerAct.TakesAndHangsUp)
            Of(row).Taken++;
        MailAnswer answer = act switch
        {
            ServerAct.Takes => new MailAnswer.Accepted(250, "2.0.0 taken"),
            ServerAct.TakesAndHangsUp or ServerAct.HangsUpAfterTheDot => new MailAnswer.Unknown("The connection was lost."),
            ServerAct.RefusesForNow => new MailAnswer.RefusedForNow(451, "4.3.0 later", RefusalScope.Recipient),
            ServerAct.RefusesForGood => new MailAnswer.RefusedForGood(550, "5.7.1 not from you", RefusalScope.Recipient),
            ServerAct.HangsUpBeforeTheDot => new MailAnswer.NotSent("The connection was lost."),
            _ => new MailAnswer.RefusedForNow(421, "4.3.2 closing", RefusalScope.Server),
        };
        node.Last = (_decision.Of(answer, row), act);
        node.InAir = null;
        return Task.CompletedTask;
    }

    private async Task RecordAsync(SimulatedNode node)
    {
        if (node.Last is not { } last)
            return;
        node.Last = null;
        var expected = _model.Record(Of(last.Outcome.Delivery), last.Outcome.Delivery.LeaseNumber, last.Act);
        Assert.Equal(expected, await _queue.RecordAsync(last.Outcome));
    }

    private async Task GiveBackAsync(SimulatedNode node)
    {
        await GiveBackAsync([.. node.Held]);
        node.Held.Clear();
    }

    private Task GiveBackAsync(IReadOnlyList<ClaimedDelivery> rows)
    {
        foreach (var row in rows)
            if (Of(row) is { State: DeliveryState.Pending } delivery && delivery.LeaseNumber == row.LeaseNumber)
                (delivery.Holder, delivery.IsLeaseOver) = (null, false);
        return _queue.ReturnAsync(rows);
    }

    /// <param name="isTaken">Whether the message under way had reached the server whole.</param>
    private Task CrashAsync(int node, bool isTaken)
    {
        if (isTaken && _nodes[node].InAir is { } row)
            Of(row).Taken++;
        _dead.Add(_nodes[node].Id);
        _nodes[node] = NewNode();
        return Task.CompletedTask;
    }

    private async Task TakeOverAsync()
    {
        foreach (var node in _dead)
        {
            _model.Lose(node, isDead: true);
            await _upkeep.TakeOverAsync(node, CancellationToken.None);
        }

        _dead.Clear();
    }

    private async Task EndLeasesAsync(string node)
    {
        _model.Lose(node, isDead: false);
        var prefix = MailingUpkeep.ClaimPrefix(node);
        await ChangeAsync(
            delivery => delivery.LeaseOwner!.StartsWith(prefix) && delivery.LeaseEndUtc != null,
            set => set.SetProperty(delivery => delivery.LeaseEndUtc, delivery => DateTime.UtcNow.AddHours(-1)));
        await _upkeep.DoubtLostAsync(CancellationToken.None);
    }

    private Task<int> PassTimeAsync()
    {
        foreach (var delivery in _model.Deliveries.Where(delivery => delivery.NextTry == NextTry.Later))
            delivery.NextTry = NextTry.Due;
        return ChangeAsync(
            delivery => delivery.NextAttemptUtc != null,
            set => set.SetProperty(delivery => delivery.NextAttemptUtc, delivery => DateTime.UtcNow.AddHours(-1)));
    }

    private async Task PauseAsync()
    {
        if (!_model.IsPaused)
            await ControlAsync(control => control.PauseAsync(MailingLab.Month));
        _model.IsPaused = true;
    }

    private async Task ResumeAsync()
    {
        if (_model.IsPaused)
            await ControlAsync(control => control.ResumeAsync(MailingLab.Month));
        _model.IsPaused = false;
    }

    private Task<int> LeaveAsync(int reader)
    {
        _model.Deliveries[reader].HasLeft = true;
        var id = _ids[reader];
        return _app.QueryAsync(db => db.Subscribers
            .Where(subscriber => db.Deliveries.Any(delivery => delivery.Id == id && delivery.SubscriberId == subscriber.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(subscriber => subscriber.Status, SubscriberStatus.Unsubscribed)));
    }

    private async Task RetryFailedAsync()
    {
        var failed = _model.Deliveries.Where(delivery => delivery.State == DeliveryState.Failed).ToList();
        if (failed.Count == 0)
            return;
        foreach (var delivery in failed)
        {
            delivery.Wait();
            delivery.Attempts = 0;
        }

        await ControlAsync(control => control.RetryFailedAsync(MailingLab.Month));
    }

    private async Task DecideAsync(int choice)
    {
        var uncertain = Enumerable.Range(0, Readers).Where(reader => _model.Deliveries[reader].State == DeliveryState.Uncertain).ToList();
        if (uncertain.Count == 0)
            return;
        var reader = uncertain[choice % uncertain.Count];
        var sendAgain = choice / 2 % 2 == 0;
        var delivery = _model.Deliveries[reader];
        if (sendAgain)
        {
            delivery.Wait();
            delivery.SentAgain++;
        }
        else
        {
            delivery.State = DeliveryState.Sent;
            delivery.IsCountedAsSent = true;
        }

        await ControlAsync(control => control.DecideAsync(MailingLab.Month, _ids[reader], sendAgain));
    }

    /// <summary>The whole of what is promised, read back: state, tries and lease number of every row.</summary>
    private async Task CompareAsync(string after)
    {
        var rows = await _app.QueryAsync(db => db.Deliveries
            .Where(delivery => delivery.MailingId == _mailing)
            .OrderBy(delivery => delivery.Id)
            .Select(delivery => new { delivery.State, delivery.Attempts, delivery.LeaseNumber })
            .ToListAsync());
        Assert.Equal(
            [after, .. _model.Deliveries.Select(delivery => $"{delivery.State} {delivery.Attempts} {delivery.LeaseNumber}")],
            [after, .. rows.Select(row => $"{row.State} {row.Attempts} {row.LeaseNumber}")]);
    }

    private SimulatedNode NewNode() => new($"model!{_mailing}!{++_nodesEver}");

    /// <summary>Nodes that live and nodes that died and were not found yet.</summary>
    private string HolderOf(LedgerStep step) => step.Choice % 2 == 0 || _dead.Count == 0 ? _nodes[step.Node].Id : _dead[step.Choice / 2 % _dead.Count];

    private ModelDelivery Of(ClaimedDelivery row) => _model.Deliveries[Array.IndexOf(_ids, row.Id)];

    private Task<int> ControlAsync(Func<MailingControl, Task> act) => _app.InScopeAsync(async services =>
    {
        await act(services.GetRequiredService<MailingControl>());
        return 0;
    });

    private Task<int> ChangeAsync(
        System.Linq.Expressions.Expression<Func<Delivery, bool>> which, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Delivery>> change)
        => _app.QueryAsync(db => db.Deliveries.Where(delivery => delivery.MailingId == _mailing).Where(which).ExecuteUpdateAsync(change));
}
