using CordisPulse.Core;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mailings;

/// <summary>What goes wrong between us and the mail server, and what people do about it.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_connection_cut_after_the_final_dot_is_sent_again_with_the_same_message_id()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.StoreAndCut(), moment => moment.Message == 2, times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await MailingLab.StartAsync(node);

        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 3 }, end.Deliveries);
        Assert.Equal(4, lab.Server.MessageCount);
        var twice = Assert.Single(lab.Server.Messages.GroupBy(m => m.Recipient), group => group.Count() == 2);
        Assert.Single(twice.Select(m => m.Message.MessageId).Distinct());
    }

    [Fact]
    public async Task An_uncertain_delivery_waits_for_a_person_when_asked_to()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1").With("Mail:WhenUncertain", "Ask");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.StoreAndCut(), times: 2);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 4);
        await MailingLab.StartAsync(node);
        var held = await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 2, Uncertain: 2 });
        Assert.Equal(MailingState.Sending, held.State);

        var uncertain = await node.QueryAsync(db => db.Deliveries.Where(d => d.State == DeliveryState.Uncertain).Select(d => d.Id).ToListAsync());
        await MailingLab.ControlAsync(node, control => control.DecideAsync(MailingLab.Month, uncertain[0], sendAgain: true));
        await MailingLab.ControlAsync(node, control => control.DecideAsync(MailingLab.Month, uncertain[1], sendAgain: false));
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 4 }, end.Deliveries);
        Assert.Equal(5, lab.Server.MessageCount);
        await Assert.ThrowsAsync<RefusedException>(() => MailingLab.ControlAsync(node, control => control.DecideAsync(MailingLab.Month, uncertain[0], sendAgain: true)));
    }

    [Fact]
    public async Task A_server_that_does_not_work_makes_the_mailing_wait_and_no_delivery_fail()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Greeting, SmtpReaction.AnswerAndCut(421, "4.3.2 closed for now"));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 5);
        await MailingLab.StartAsync(node);
        await lab.Server.WaitUntilAsync(() => lab.Server.ConnectionCount > 0, MailingLab.Soon);
        var waiting = await MailingLab.WaitAsync(node, status => status.Deliveries.Pending == 5 && HasNotice());
        Assert.Equal(MailingState.Sending, waiting.State);
        Assert.InRange(lab.Server.ConnectionCount, 1, 8);

        lab.Server.ClearRules();
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 5 }, end.Deliveries);
        Assert.All(await node.QueryAsync(db => db.Deliveries.Select(d => d.Attempts).ToListAsync()), attempts => Assert.Equal(1, attempts));

        bool HasNotice() => node.QueryAsync(db => db.Mailings.AnyAsync(m => m.HoldUntilUtc != null && m.Notice!.Contains("421"))).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task What_a_dead_process_had_under_way_is_sent_again_and_what_it_had_claimed_is_taken_over()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.Greeting, SmtpReaction.HoldUntil(gate.Task));
        await MailingLab.StartAsync(node);
        await lab.Server.WaitUntilAsync(() => lab.Server.ConnectionCount > 0, MailingLab.Soon);
        // As a process leaves the ledger that was killed: one message under way, one row claimed, its file unlocked.
        var dead = $"{Environment.MachineName}!999999!dead";
        await node.QueryAsync(db => db.Deliveries.ExecuteUpdateAsync(set => set
            .SetProperty(d => d.LeaseOwner, dead + "#1").SetProperty(d => d.LeaseNumber, 7).SetProperty(d => d.LeaseEndUtc, DateTime.UtcNow.AddHours(1))));
        await node.QueryAsync(db => db.Deliveries.Where(d => d.Address.StartsWith("Reader.2@")).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, DeliveryState.Attempting).SetProperty(d => d.Attempts, 1).SetProperty(d => d.AttemptedUtc, DateTime.UtcNow)));
        await File.WriteAllTextAsync(Path.Combine(lab.Directory, "nodes", dead + ".lock"), "");
        gate.SetResult();

        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 3 }, end.Deliveries);
        Assert.Equal(2, (await MailingLab.DeliveryAsync(node, 2)).Attempts);
        Assert.False(File.Exists(Path.Combine(lab.Directory, "nodes", dead + ".lock")));
    }

    [Fact]
    public async Task A_paused_mailing_sends_nothing_until_it_is_resumed_and_a_cancelled_one_skips_the_rest()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), times: 1);
        var second = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(second.Task), _ => lab.Server.MessageCount == 2, times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 10);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries.Attempting == 1);

        await MailingLab.ControlAsync(node, control => control.PauseAsync(MailingLab.Month));
        gate.SetResult();
        var paused = await MailingLab.WaitAsync(node, status => status.Deliveries.Attempting == 0);
        Assert.Equal((MailingState.Paused, 1, 9), (paused.State, paused.Deliveries.Sent, paused.Deliveries.Pending));
        await Assert.ThrowsAsync<RefusedException>(() => MailingLab.ControlAsync(node, control => control.PauseAsync(MailingLab.Month)));

        await MailingLab.ControlAsync(node, control => control.ResumeAsync(MailingLab.Month));
        await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 2, Attempting: 1 });
        await MailingLab.ControlAsync(node, control => control.CancelAsync(MailingLab.Month));
        second.SetResult();
        var cancelled = await MailingLab.WaitAsync(node, status => status.Deliveries.Attempting == 0);

        Assert.Equal(MailingState.Cancelled, cancelled.State);
        Assert.Equal(new DeliveryCounts { Sent = 3, Skipped = 7 }, cancelled.Deliveries);
        Assert.Equal(3, lab.Server.MessageCount);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => MailingLab.StartAsync(node));
        Assert.Contains("was cancelled", refused.Message, StringComparison.Ordinal);
    }
}
