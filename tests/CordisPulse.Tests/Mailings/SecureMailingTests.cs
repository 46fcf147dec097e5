using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Mail;

namespace CordisPulse.Tests.Mailings;

public sealed class SecureMailingTests
{
    private const int Readers = 100;

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_mailing_goes_over_a_secure_connection_to_a_server_that_the_machine_trusts(SmtpSecurity security)
    {
        using var certificate = Certificates.ForLoopback();
        await using var lab = new MailingLab(new LoopbackSmtpSettings
        {
            Certificate = certificate,
            IsTlsFromTheStart = security == SmtpSecurity.Tls,
            UserName = "pulse-user",
            Password = "right",
        });
        var trusted = Path.Combine(lab.Directory, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        lab.With("SSL_CERT_FILE", trusted).With("Mail:Smtp:Security", security.ToString()).With("Mail:Smtp:UserName", "pulse-user").With("Mail:Smtp:Password", "right");
        var watcher = lab.StartWatcher();
        await MailingLab.SeedAsync(watcher, Readers);

        var sent = await PulseCommand.RunProcessAsync(lab.Settings, "mailing", "send", "2030-03", "--wait");

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Equal(Readers, lab.Server.MessageCount);
        Assert.Equal(Readers, lab.Server.Messages.Select(message => message.Recipient).Distinct().Count());
        Assert.Equal(new DeliveryCounts { Sent = Readers }, (await MailingLab.StatusAsync(watcher)).Deliveries);
    }
}
