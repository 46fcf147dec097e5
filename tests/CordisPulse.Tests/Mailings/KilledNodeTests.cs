using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mailings;

/// <summary>Processes that are killed while they send, again and again in one mailing.</summary>
public sealed class KilledNodeTests
{
    private const int Connections = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly int Kills = LongRun.Pick(3, 100);
    private static readonly int Readers = LongRun.Pick(800, 20_000);

    [Fact]
    public async Task Kills_repeat_at_most_the_message_under_way_on_each_connection()
    {
        await using var lab = new MailingLab(new LoopbackSmtpSettings { KeepsHeadersOnly = true });

        var (end, _) = await SendAsync(lab);

        Assert.Equal(new DeliveryCounts { Sent = Readers }, end.Deliveries);
        var received = lab.Server.Messages.GroupBy(message => message.Recipient).ToList();
        Assert.Equal(Readers, received.Count);
        Assert.InRange(lab.Server.MessageCount - Readers, 0, Kills * Connections);
        Assert.All(received, messages => Assert.Single(messages.Select(message => message.Message.MessageId).Distinct()));
    }

    [Fact]
    public async Task Kills_repeat_nothing_when_a_person_is_to_be_asked()
    {
        await using var lab = new MailingLab(new LoopbackSmtpSettings { KeepsHeadersOnly = true }).With("Mail:WhenUncertain", nameof(WhenUncertain.Ask));

        var (end, watcher) = await SendAsync(lab);

        Assert.InRange(end.Deliveries.Uncertain, 0, Kills * Connections);
        Assert.Equal(new DeliveryCounts { Sent = Readers - end.Deliveries.Uncertain, Uncertain = end.Deliveries.Uncertain }, end.Deliveries);
        var received = lab.Server.Messages.Select(message => message.Recipient).ToHashSet();
        Assert.Equal(lab.Server.MessageCount, received.Count);
        var sent = await watcher.QueryAsync(db => db.Deliveries.Where(delivery => delivery.State == DeliveryState.Sent).Select(delivery => delivery.Address).ToListAsync());
        Assert.Subset(received, sent.ToHashSet());
    }

    /// <summary>Sends to all readers with processes that are killed somewhere in their work; the last is left alive.</summary>
    private static async Task<(MailingStatus End, PulseApp Watcher)> SendAsync(MailingLab lab)
    {
        var watcher = lab.StartWatcher();
        await MailingLab.SeedAsync(watcher, Readers);
        await lab.StartByCommandAsync();
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var node = await lab.StartProcessAsync();
            var share = (Readers - lab.Server.MessageCount) / (Kills + 1 - kill + 1);
            await lab.Server.WaitForMessagesAsync(lab.Server.MessageCount + 1 + Random.Shared.Next(Math.Max(1, share)), Longest);
            await node.KillAsync();
            Assert.All(await InDoubtAsync(watcher), messages => Assert.InRange(messages, 1, Connections));
        }

        using var last = await lab.StartProcessAsync();
        var end = await MailingLab.WaitAsync(
            watcher, status => status.State == MailingState.Completed || status.Deliveries is { Pending: 0, Attempting: 0, Deferred: 0 }, Longest);
        return (end, watcher);
    }

    /// <summary>How many messages are in doubt, for each process that has any; another may have called them so by now.</summary>
    private static async Task<IEnumerable<int>> InDoubtAsync(PulseApp watcher)
    {
        var owners = await watcher.QueryAsync(db => db.Deliveries
            .Where(delivery => delivery.State == DeliveryState.Attempting || delivery.State == DeliveryState.Uncertain)
            .Select(delivery => delivery.LeaseOwner!)
            .ToListAsync());
        return owners.CountBy(owner => owner.Split('#')[0]).Select(process => process.Value);
    }
}
