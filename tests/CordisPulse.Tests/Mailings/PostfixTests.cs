using System.Globalization;
using System.Runtime.Versioning;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Mail;

namespace CordisPulse.Tests.Mailings;

/// <summary>Whole mailings through a mail server that we did not write.</summary>
[SupportedOSPlatform("linux")]
public sealed class PostfixTests
{
    [PostfixFact]
    public async Task Postfix_gets_one_whole_message_for_each_reader()
    {
        await using var postfix = await PostfixServer.StartAsync("smtpd_recipient_restrictions = check_recipient_access inline:{{ Reader.7@reader.example = 550 5.1.1 unknown }}, permit");
        await using var lab = Lab(postfix);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 40);
        await MailingLab.StartAsync(node);

        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 39, Failed = 1 }, end.Deliveries);
        Assert.Equal(550, (await MailingLab.DeliveryAsync(node, 7)).Code);
        Assert.Contains("queued as", (await MailingLab.DeliveryAsync(node, 8)).Answer, StringComparison.Ordinal);
        var delivered = await postfix.DeliveredAsync(39);
        Assert.Equal(39, delivered.Count);
        Assert.Equal(39, delivered.Select(message => message.MessageId).Distinct().Count());
        Assert.All(delivered, message =>
        {
            var number = int.Parse(message.To.Mailboxes.Single().Name!["Reader ".Length..], CultureInfo.InvariantCulture);
            Assert.Contains($"https://pulse.example.org/unsubscribe/{MailingLab.Person(number).UnsubscribeToken}", message.HtmlBody, StringComparison.Ordinal);
            Assert.Contains("One in six is waiting", message.TextBody, StringComparison.Ordinal);
        });
    }

    [PostfixFact]
    public async Task Postfix_restarted_in_mid_send_costs_nobody_the_message()
    {
        await using var postfix = await PostfixServer.StartAsync();
        await using var lab = Lab(postfix).With("Mail:MaxPerSecond", "40").With("Mail:WhenUncertain", "Ask");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 60);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries.Sent >= 10);

        await postfix.RestartAsync();
        var end = await MailingLab.WaitAsync(node, status => status.State == MailingState.Completed || status.Deliveries is { Pending: 0, Attempting: 0, Deferred: 0, Uncertain: > 0 });

        Assert.Equal(60, end.Deliveries.Sent + end.Deliveries.Uncertain);
        var delivered = await postfix.DeliveredAsync(end.Deliveries.Sent);
        Assert.InRange(delivered.Count, end.Deliveries.Sent, 60);
        Assert.Equal(delivered.Count, delivered.Select(message => message.MessageId).Distinct().Count());
    }

    private static MailingLab Lab(PostfixServer postfix) => new MailingLab().With("Mail:Smtp:Port", postfix.Port.ToString(CultureInfo.InvariantCulture));
}
