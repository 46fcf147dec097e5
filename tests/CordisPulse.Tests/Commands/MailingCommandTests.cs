using System.Globalization;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Mailings;

namespace CordisPulse.Tests.Commands;

public sealed class MailingCommandTests
{
    [Fact]
    public async Task Send_with_wait_sends_from_its_own_process_and_status_says_so()
    {
        await using var lab = new MailingLab();
        var seed = lab.StartNode();
        await MailingLab.SeedAsync(seed, 12);
        await lab.StopAsync(seed);

        var sent = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03", "--wait");

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Contains("Completed: 12 sent", sent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" INF ", sent.Output, StringComparison.Ordinal);
        Assert.Equal(12, lab.Server.MessageCount);
        var status = await PulseCommand.RunAsync(lab.Settings, "mailing", "status", "2030-03", "--json");
        Assert.Equal(
            """{"edition":"2030-03","state":"Completed","deliveries":{"pending":0,"attempting":0,"deferred":0,"sent":12,"failed":0,"skipped":0,"uncertain":0}}""",
            status.Output.TrimEnd());
        var again = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03", "--wait");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("March 2030 was sent", again.Error, StringComparison.Ordinal);
        Assert.Contains("12 of 12", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "2030-13", "is not a month")]
    [InlineData(1, "2030-04", "is not published")]
    public async Task What_cannot_be_sent_is_refused_in_one_line(int exit, string month, string reason)
    {
        await using var lab = new MailingLab();

        var sent = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", month);

        Assert.Equal(exit, sent.ExitCode);
        Assert.Contains(reason, sent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edition_that_first_appeared_elsewhere_needs_its_month_once_more()
    {
        await using var lab = new MailingLab();
        await MailingLab.SeedAsync(lab.StartNode(), 1, publishedOn: new DateOnly(2030, 4, 2));

        var refused = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03");
        Assert.Equal(1, refused.ExitCode);
        Assert.EndsWith("add --confirm 2030-03.", Assert.Single(refused.Error.Trim().Split('\n')), StringComparison.Ordinal);
        var sent = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03", "--confirm", "2030-03");
        Assert.Contains("March 2030 to 1 recipient.", sent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_mailing_that_cannot_go_on_here_is_refused_at_once()
    {
        await using var lab = new MailingLab();
        // A node that sends by other means leaves the mailing alone, so that it stays as it is.
        var node = lab.With("Mail:Transport", "Pickup").StartNode();
        await MailingLab.SeedAsync(node, 2);
        lab.With("Mail:Transport", "Smtp");
        Assert.Equal(0, (await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03")).ExitCode);

        var elsewhere = await PulseCommand.RunAsync(node, "mailing", "send", "2030-03", "--wait");
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains($"The mailing goes by Smtp 127.0.0.1:{lab.Server.Port} and this process sends by Pickup", elsewhere.Error, StringComparison.Ordinal);

        await MailingLab.ControlAsync(node, control => control.PauseAsync(MailingLab.Month));
        var paused = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03", "--wait");
        Assert.Equal(1, paused.ExitCode);
        Assert.Equal(
            "The mailing is paused, and nothing is sent until it is resumed: https://pulse.example.org/editor/editions/2030-03/mailing", paused.Error.Trim());
        Assert.Equal(0, lab.Server.MessageCount);
    }

    [Fact]
    public async Task A_mail_server_outside_needs_an_address_that_readers_can_open()
    {
        await using var lab = new MailingLab().With("Mail:Smtp:Host", "relay.example.org").With("Site:PublicUrl", "http://localhost:5000");

        var sent = await PulseCommand.RunAsync(lab.Settings, "mailing", "status", "2030-03");

        Assert.Equal(1, sent.ExitCode);
        Assert.StartsWith("Site:PublicUrl", sent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_is_made_told_and_taken_back()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await new EditionBuilder().Item("Old").With(row => (row.Subject, row.Preheader) = ("Ours", "Ours")).SaveAsync(node);
        await node.QueryAsync(db =>
        {
            db.Add(MailingLab.Person(1));
            return db.SaveChangesAsync();
        });
        var day = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var scheduled = await PulseCommand.RunAsync(lab.Settings, "mailing", "schedule", edition.Month.ToString(), "--at", $"{day} 12:00");

        Assert.Equal((0, ""), (scheduled.ExitCode, scheduled.Error));
        Assert.Contains("12:00, UK time", scheduled.Output, StringComparison.Ordinal);
        Assert.Contains(": Scheduled for ", (await PulseCommand.RunAsync(lab.Settings, "mailing", "status", edition.Month.ToString())).Output, StringComparison.Ordinal);
        Assert.Contains("Take the schedule back", (await PulseCommand.RunAsync(lab.Settings, "mailing", "send", edition.Month.ToString())).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await PulseCommand.RunAsync(lab.Settings, "mailing", "unschedule", edition.Month.ToString())).ExitCode);
        Assert.Equal(2, (await PulseCommand.RunAsync(lab.Settings, "mailing", "schedule", edition.Month.ToString(), "--at", "2027-03-28 01:30")).ExitCode);
    }

    [Fact]
    public async Task A_mailing_is_paused_resumed_and_cancelled()
    {
        await using var lab = new MailingLab();
        // A node that sends by other means leaves the mailing alone, so that it stays as it is.
        var node = lab.With("Mail:Transport", "Pickup").StartNode();
        await MailingLab.SeedAsync(node, 1);
        lab.With("Mail:Transport", "Smtp");
        await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03");

        foreach (var (act, state) in new[] { ("pause", MailingState.Paused), ("resume", MailingState.Sending), ("cancel", MailingState.Cancelled) })
        {
            Assert.Equal(0, (await PulseCommand.RunAsync(lab.Settings, "mailing", act, "2030-03")).ExitCode);
            Assert.Equal(state, (await MailingLab.StatusAsync(node)).State);
        }

        Assert.Equal(1, (await PulseCommand.RunAsync(lab.Settings, "mailing", "resume", "2030-03")).ExitCode);
    }
}
