using System.Globalization;
using System.Runtime.Versioning;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mail.Returns;

/// <summary>The mailbox over a secure connection, and a reader that ends in its midst: each in a process of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed class SecureMailboxTests
{
    [DovecotFact]
    public Task A_mailbox_is_read_over_TLS_from_the_start() => ReadAsync(SmtpSecurity.Tls);

    [DovecotFact]
    public Task A_mailbox_is_read_over_TLS_that_is_asked_for() => ReadAsync(SmtpSecurity.StartTls);

    [DovecotFact]
    public async Task A_reader_that_is_killed_between_taking_in_and_moving_counts_nothing_twice_and_loses_nothing()
    {
        const int messages = 60;
        await using var dovecot = await DovecotServer.StartAsync();
        await using var lab = ReturnLab.On(dovecot);
        await MailAsync(lab, messages);
        for (var reader = 1; reader <= messages; reader++)
            dovecot.Deliver(ReturnLab.About(lab, reader, "postfix"));
        var watcher = lab.StartWatcher();

        for (var left = messages - 10; left > 0; left -= 20)
        {
            using var killed = await lab.StartProcessAsync();
            await dovecot.WaitUntilAsync(() => dovecot.Count() <= left);
            await killed.KillAsync();
            // As the time does that it has to read.
            await watcher.QueryAsync(db => db.MailboxReadings.ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseEndUtc, DateTime.UtcNow.AddMinutes(-1))));
        }

        using var last = await lab.StartProcessAsync();
        await dovecot.WaitUntilEmptyAsync();
        Assert.Equal(messages, dovecot.Count("CordisPulse/Done"));
        Assert.Equal(messages, await watcher.QueryAsync(db => db.ReturnReports.CountAsync()));
        Assert.Equal(messages, await watcher.QueryAsync(db => db.ReturnReports.Select(row => row.SubscriberId).Distinct().CountAsync()));
        Assert.Equal(messages, await watcher.QueryAsync(db => db.Subscribers.CountAsync(s => s.Status == SubscriberStatus.Suppressed)));
        Assert.Equal(messages, await watcher.QueryAsync(db => db.ConsentRecords.CountAsync(record => record.Event == ConsentEvent.Suppressed)));
    }

    private static async Task ReadAsync(SmtpSecurity security)
    {
        using var certificate = Certificates.ForLoopback();
        await using var dovecot = await DovecotServer.StartAsync(certificate: certificate);
        await using var lab = ReturnLab.On(dovecot)
            .With("Mail:Bounces:Imap:Security", security.ToString())
            .With("Mail:Bounces:Imap:Port", (security == SmtpSecurity.Tls ? dovecot.SecurePort : dovecot.Port).ToString(CultureInfo.InvariantCulture));
        await MailAsync(lab, 1);
        var watcher = lab.StartWatcher();
        // Of those who sent the mailing, none trusts it.
        Assert.Contains("a certificate that this machine does not trust", await watcher.QueryAsync(db => db.MailboxReadings.Select(row => row.Problem).SingleAsync()), StringComparison.Ordinal);

        var trusted = Path.Combine(lab.Directory, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        using var process = await lab.With("SSL_CERT_FILE", trusted).StartProcessAsync();
        dovecot.Deliver(ReturnLab.About(lab, 1, "postfix"));
        await dovecot.WaitUntilEmptyAsync();

        Assert.Equal(SubscriberStatus.Suppressed, await watcher.QueryAsync(db => db.Subscribers.Select(s => s.Status).SingleAsync()));
        Assert.Contains("TLS", dovecot.Log, StringComparison.Ordinal);
    }

    private static async Task MailAsync(MailingLab lab, int readers)
    {
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, readers);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        for (var end = DateTime.UtcNow + MailingLab.Soon; !await node.QueryAsync(db => db.MailboxReadings.AnyAsync(row => row.LookedUtc != null || row.Problem != null)); await Task.Delay(50))
            Assert.True(DateTime.UtcNow < end, MailingLab.Log(node));
        await lab.StopAsync(node);
    }
}
