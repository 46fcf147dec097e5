using System.Diagnostics;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Tests.Hosting;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mailings;

/// <summary>A process that stood still for longer than its leases, and then goes on as if nothing had been.</summary>
public sealed class FrozenNodeTests
{
    private const int Connections = 2;
    private const int Readers = 60;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_node_that_stood_still_sends_to_nobody_whom_another_has_taken_over()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), moment => moment.Connection <= Connections && moment.MessageOnConnection == 5);
        var watcher = lab.StartWatcher();
        await MailingLab.SeedAsync(watcher, Readers);
        await lab.StartByCommandAsync();
        using var slow = await lab.StartProcessAsync();
        // Both connections wait for an answer, and the rows behind them are claimed.
        await MailingLab.WaitAsync(watcher, status => status.Deliveries is { Attempting: Connections, Sent: 8 });
        var inTheAir = await watcher.QueryAsync(db => db.Deliveries.Where(delivery => delivery.State == DeliveryState.Attempting).Select(delivery => delivery.Address).ToListAsync());

        await FreezeAsync(slow, watcher);
        if (LongRun.IsAsked)
            await MailingLab.WaitAsync(watcher, status => status.Deliveries.Uncertain == Connections, Longest);
        else
            await watcher.QueryAsync(db => db.Deliveries.Where(delivery => delivery.LeaseEndUtc != null)
                .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.LeaseEndUtc, DateTime.UtcNow.AddSeconds(-1))));
        using var other = await lab.StartProcessAsync();
        await MailingLab.WaitAsync(watcher, status => status.State == MailingState.Completed, Longest);
        Assert.Equal(Readers, lab.Server.MessageCount);

        gate.SetResult();
        slow.GoOn();
        await lab.Server.WaitForMessagesAsync(Readers + Connections, MailingLab.Soon);
        // It has looked at all that it held once its own end is clean.
        var end = await slow.EndAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(Readers + Connections, lab.Server.MessageCount);
        var twice = lab.Server.Messages.GroupBy(message => message.Recipient).Where(messages => messages.Count() > 1).ToList();
        Assert.Equal(inTheAir.Order(), twice.Select(messages => messages.Key).Order());
        Assert.All(twice, messages => Assert.Single(messages.Select(message => message.Message.MessageId).Distinct()));
        Assert.Equal(new DeliveryCounts { Sent = Readers }, (await MailingLab.StatusAsync(watcher)).Deliveries);
        // The ledger tells that they were tried twice.
        Assert.Equal(Connections, await watcher.QueryAsync(db => db.Deliveries.CountAsync(delivery => delivery.Attempts == 2)));
    }

    [Fact]
    public async Task A_message_that_was_begun_before_the_standstill_is_not_ended_after_it()
    {
        const int readers = 10;
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.Data, SmtpReaction.HoldUntil(gate.Task), moment => moment is { Connection: 1, MessageOnConnection: 3 });
        var watcher = lab.StartWatcher();
        await MailingLab.SeedAsync(watcher, readers);
        await lab.StartByCommandAsync();
        using var slow = await lab.StartProcessAsync();
        await MailingLab.WaitAsync(watcher, status => status.Deliveries is { Attempting: 1, Sent: 2 });

        await FreezeAsync(slow, watcher);
        var frozen = Stopwatch.StartNew();
        await watcher.QueryAsync(db => db.Deliveries.Where(delivery => delivery.LeaseEndUtc != null)
            .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.LeaseEndUtc, DateTime.UtcNow.AddSeconds(-1))));
        using var other = await lab.StartProcessAsync();
        await MailingLab.WaitAsync(watcher, status => status.State == MailingState.Completed, Longest);
        Assert.Equal(readers, lab.Server.MessageCount);
        // A shorter one ends within the lease, which is then the sender's still.
        if ((DeliveryQueue.Lease / 2) + TimeSpan.FromSeconds(1) - frozen.Elapsed is { Ticks: > 0 } left)
            await Task.Delay(left);

        slow.GoOn();
        gate.SetResult();
        var end = await slow.EndAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(readers, lab.Server.MessageCount);
        Assert.Equal(new DeliveryCounts { Sent = readers }, (await MailingLab.StatusAsync(watcher)).Deliveries);
    }

    [Fact]
    public async Task Leases_that_end_long_after_they_can_have_begun_are_nobodys()
    {
        await using var lab = new MailingLab();
        var watcher = lab.StartWatcher();
        await MailingLab.SeedAsync(watcher, 3);
        await lab.StartByCommandAsync();
        // As a clock leaves them that was set back by two hours, on a machine that has gone since.
        await watcher.QueryAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set
            .SetProperty(delivery => delivery.LeaseOwner, "elsewhere!1!gone#1").SetProperty(delivery => delivery.LeaseEndUtc, DateTime.UtcNow.AddHours(2))));

        var node = lab.StartNode();
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 3 }, end.Deliveries);
        Assert.Equal(3, lab.Server.MessageCount);
    }

    /// <summary>While another has the turn to write: where one file has one writer, a process that is stopped in its own turn keeps everybody else out.</summary>
    private static Task<bool> FreezeAsync(RunningPulse node, PulseApp writer) => writer.QueryAsync(async db =>
    {
        await using var turn = await db.Database.BeginTransactionAsync();
        node.Freeze();
        return true;
    });
}
