using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

public sealed class ServerHealthTests
{
    private const int Connections = 8;

    [Theory]
    [InlineData(1, "1, 5, 15, 30, 60")]
    [InlineData(60, "2, 5, 15, 30, 60")]
    public void The_pauses_begin_no_later_than_the_first_retry_and_grow_to_a_minute(int firstDelay, string seconds)
    {
        var health = new ServerHealth(null!, new MailOptions { Retry = { FirstDelay = TimeSpan.FromSeconds(firstDelay) } }, new SetClock());
        Assert.Equal(seconds, string.Join(", ", health.Pauses.Select(pause => pause.TotalSeconds)));
    }

    [Fact]
    public async Task Connections_that_fail_at_the_same_moment_make_one_pause_of_it_and_the_next_one_is_longer()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Greeting, SmtpReaction.HoldUntil(new TaskCompletionSource().Task));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        var mailing = (await MailingLab.StartAsync(node)).MailingId;
        var clock = new SetClock();
        var health = new ServerHealth(node.Services.GetRequiredService<MailingUpkeep>(), new MailOptions { Retry = { FirstDelay = TimeSpan.FromSeconds(1) } }, clock);

        foreach (var pause in health.Pauses)
        {
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => Task.Run(() => health.FailsAsync(mailing, $"refused {i}"))));
            clock.Now += pause - TimeSpan.FromMilliseconds(1);
            Assert.True(health.IsHeld(mailing));
            clock.Now += TimeSpan.FromMilliseconds(1);
            Assert.False(health.IsHeld(mailing), $"Held for longer than {pause}.");
        }

        Assert.StartsWith("refused", await node.QueryAsync(db => db.Mailings.Select(m => m.Notice).SingleAsync()), StringComparison.Ordinal);
    }
}
