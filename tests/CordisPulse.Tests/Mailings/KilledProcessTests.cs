using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Hosting;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

/// <summary>Processes of the real program that are ended where they are, in the midst of a mailing.</summary>
public sealed class KilledProcessTests
{
    private const int Recipients = 300;
    private const int Connections = 4;

    [Theory]
    [InlineData(WhenUncertain.Resend)]
    [InlineData(WhenUncertain.Ask)]
    public async Task A_process_that_is_killed_leaves_no_more_in_doubt_than_it_had_connections(WhenUncertain whenUncertain)
    {
        await using var lab = new MailingLab().With("Mail:WhenUncertain", whenUncertain.ToString()).With("Mail:MaxConnections", $"{Connections}");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Wait(TimeSpan.FromMilliseconds(5)));
        await using var ledger = Ledger(lab);
        await SeedAsync(ledger);
        Assert.Equal(0, (await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03")).ExitCode);

        int attempting;
        using (var first = RunningPulse.Start(lab.Settings))
        {
            await lab.Server.WaitForMessagesAsync(60, MailingLab.Soon);
            await first.KillAsync();
            await lab.Server.WaitUntilAsync(() => lab.Server.OpenConnections == 0, MailingLab.Soon);
            attempting = await CountAsync(ledger, DeliveryState.Attempting);
        }

        var taken = lab.Server.MessageCount;
        Assert.InRange(attempting, 0, Connections);
        Assert.InRange(taken, 60, Recipients - 1);
        Assert.InRange(await CountAsync(ledger, DeliveryState.Sent), taken - attempting, taken);

        using var second = RunningPulse.Start(lab.Settings);
        await second.AddressAsync();
        await WaitAsync(ledger, DeliveryState.Pending, DeliveryState.Attempting, DeliveryState.Deferred);
        if (whenUncertain == WhenUncertain.Resend)
            await WaitAsync(ledger, DeliveryState.Uncertain);

        var uncertain = await CountAsync(ledger, DeliveryState.Uncertain);
        Assert.Equal(Recipients, uncertain + await CountAsync(ledger, DeliveryState.Sent));
        var received = lab.Server.Messages.GroupBy(message => message.Recipient).ToList();
        var twice = received.Where(messages => messages.Count() > 1).ToList();
        if (whenUncertain == WhenUncertain.Ask)
        {
            Assert.Empty(twice);
            Assert.Equal(attempting, uncertain);
            Assert.InRange(received.Count, Recipients - uncertain, Recipients);
        }
        else
        {
            Assert.Equal(Recipients, received.Count);
            Assert.InRange(twice.Count, 0, attempting);
            Assert.All(twice, messages => Assert.Single(messages.Select(message => message.Message.MessageId).Distinct()));
        }
    }

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
        await using var ledger = Ledger(lab);
        await SeedAsync(ledger);

        var sent = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03", "--wait");

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Equal(Recipients, lab.Server.MessageCount);
        Assert.Equal(Recipients, lab.Server.Messages.Select(message => message.Recipient).Distinct().Count());
    }

    /// <summary>The database as a bystander sees it: no node of this process sends, or looks after what others have left.</summary>
    private static ServiceProvider Ledger(MailingLab lab)
        => new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(lab.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
            .AddPulseDatabase()
            .BuildServiceProvider();

    private static Task<int> SeedAsync(ServiceProvider ledger) => AskAsync(ledger, async db =>
    {
        await PublishedMonth.AddAsync(db, PublishedMonth.Document(MailingLab.Month));
        db.AddRange(Enumerable.Range(1, Recipients).Select(number => MailingLab.Person(number)));
        return await db.SaveChangesAsync();
    });

    private static Task<int> CountAsync(ServiceProvider ledger, params DeliveryState[] states)
        => AskAsync(ledger, db => db.Deliveries.CountAsync(delivery => states.Contains(delivery.State)));

    private static async Task WaitAsync(ServiceProvider ledger, params DeliveryState[] gone)
    {
        var end = DateTime.UtcNow + (2 * MailingLab.Soon);
        while (await CountAsync(ledger, gone) is > 0 and var left)
        {
            Assert.True(DateTime.UtcNow < end, $"{left} are still {string.Join(" or ", gone)}.");
            await Task.Delay(50);
        }
    }

    private static async Task<T> AskAsync<T>(ServiceProvider ledger, Func<PulseDbContext, Task<T>> ask)
    {
        await using var db = await ledger.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }
}
