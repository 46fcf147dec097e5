using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Mail;

/// <summary>Settings as an operator writes them, and the line that a wrong one gets.</summary>
public sealed class MailOptionsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("pulse-mail-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void Without_settings_mail_goes_to_the_outbox_in_the_data_directory()
    {
        using var services = Services();
        var options = services.GetRequiredService<IOptions<MailOptions>>().Value;
        Assert.Equal(Path.Combine(_data, "outbox"), options.PickupDirectory);
        Assert.IsType<PickupTransport>(services.GetRequiredService<IMailTransport>());
        Assert.False(services.GetRequiredService<DkimSigning>().IsConfigured);
    }

    [Fact]
    public void Every_setting_reaches_its_place()
    {
        using var services = Services(
            "Mail:Transport=smtp", "Mail:Smtp:Host=relay.example", "Mail:Smtp:UserName=u", "Mail:Smtp:Password=p", "Mail:Smtp:Timeout=00:00:30",
            "Mail:MaxPerDay=10000", "Mail:WhenUncertain=Ask", "Mail:Retry:MaxDelay=02:00:00", "Mail:BounceAddress=bounces@example.org");
        var options = services.GetRequiredService<IOptions<MailOptions>>().Value;
        Assert.Equal(
            (MailAuth.Password, SmtpSecurity.StartTls, 587, TimeSpan.FromSeconds(30)),
            (options.EffectiveAuth, options.Smtp.EffectiveSecurity, options.Smtp.EffectivePort, options.Smtp.Timeout));
        Assert.Equal(
            (10000, WhenUncertain.Ask, TimeSpan.FromHours(2), "bounces@example.org"),
            (options.MaxPerDay, options.WhenUncertain, options.Retry.MaxDelay, options.BounceAddress));
        Assert.IsType<SmtpTransport>(services.GetRequiredService<IMailTransport>());
    }

    [Theory]
    [InlineData("localhost", null, SmtpSecurity.None, 25)]
    [InlineData("127.0.0.1", null, SmtpSecurity.None, 25)]
    [InlineData("::1", SmtpSecurity.Tls, SmtpSecurity.Tls, 465)]
    [InlineData("relay.example", null, SmtpSecurity.StartTls, 587)]
    [InlineData("relay.example", SmtpSecurity.None, SmtpSecurity.None, 25)]
    public void Security_and_port_follow_from_the_host_unless_they_are_set(string host, SmtpSecurity? set, SmtpSecurity security, int port)
    {
        var smtp = new SmtpOptions { Host = host, Security = set };
        Assert.Equal((security, port), (smtp.EffectiveSecurity, smtp.EffectivePort));
    }

    [Theory]
    [InlineData("Mail:Transport is \"Sendmail\"; allowed: Pickup, Smtp.", "Mail:Transport=Sendmail")]
    [InlineData("Mail:Transport is \"1\"; allowed: Pickup, Smtp.", "Mail:Transport=1")]
    [InlineData("Mail:Auth is \"Kerberos\"; allowed: None, Password, OAuth2.", "Mail:Auth=Kerberos")]
    [InlineData("Mail:MaxPerSecondScope is \"All\"; allowed: Node, AllNodes.", "Mail:MaxPerSecondScope=All")]
    [InlineData("Mail:MaxPerConnection is -1; allowed: 0 (no limit) or more.", "Mail:MaxPerConnection=-1")]
    [InlineData("Mail:SuppressAfterBadAddress is -1; allowed: 0 (never) or more.", "Mail:SuppressAfterBadAddress=-1")]
    [InlineData("Mail:Smtp:UserName is not set; Mail:Auth OAuth2 needs the address of the mailbox that sends.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2")]
    [InlineData("Mail:OAuth2:ClientId is not set; Mail:Auth OAuth2 needs it.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2")]
    [InlineData("Mail:OAuth2:ClientSecretFile is not set; Mail:Auth OAuth2 needs a file with the client's secret.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2")]
    [InlineData("Mail:OAuth2:ClientSecretFile names a file that is not there.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2", "Mail:OAuth2:ClientSecretFile=/no/such/file")]
    [InlineData("Mail:OAuth2:TenantId is not set; Mail:Auth OAuth2 needs it, or Mail:OAuth2:TokenEndpoint.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2")]
    [InlineData("Mail:OAuth2:TokenEndpoint must be an https address; http is allowed for this machine alone.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2", "Mail:OAuth2:TokenEndpoint=http://login.example/token")]
    [InlineData("Mail:Smtp:Security is None; allowed with Mail:Auth OAuth2: StartTls, Tls, since a token is as good as a password.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=OAuth2", "Mail:Smtp:Security=None")]
    [InlineData("Mail:Smtp:Security is \"ssl\"; allowed: None, StartTls, Tls.", "Mail:Smtp:Security=ssl")]
    [InlineData("Mail:Smtp:Client is \"fast\"; allowed: Pipelined, MailKit.", "Mail:Smtp:Client=fast")]
    [InlineData("Mail:WhenUncertain is \"\"; allowed: Resend, Ask.", "Mail:WhenUncertain=")]
    [InlineData("Mail:Smtp:Port is \"smtp\"; allowed: a whole number.", "Mail:Smtp:Port=smtp")]
    [InlineData("Mail:MaxConnections is \"4.5\"; allowed: a whole number.", "Mail:MaxConnections=4.5")]
    [InlineData("Mail:Retry:FirstDelay is \"1 min\"; allowed: a length of time as hours:minutes:seconds, such as 00:01:30.", "Mail:Retry:FirstDelay=1 min")]
    [InlineData("Mail:Smtp:Host is not set; Mail:Transport Smtp needs the name of a mail server.", "Mail:Transport=Smtp")]
    [InlineData("Mail:Smtp:Port is 70000; allowed: 1 to 65535.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Smtp:Port=70000")]
    [InlineData("Mail:Smtp:Timeout is 30.00:00:00; allowed: 00:00:01 to 00:10:00 (hours:minutes:seconds).", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Smtp:Timeout=30")]
    [InlineData("Mail:Smtp:Password is not set; Mail:Auth Password needs it.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Smtp:UserName=u")]
    [InlineData("Mail:Smtp:UserName is not set; Mail:Auth Password needs it.", "Mail:Transport=Smtp", "Mail:Smtp:Host=h", "Mail:Auth=Password", "Mail:Smtp:Password=p")]
    [InlineData("Mail:From must be one e-mail address without a name, such as pulse@example.org.", "Mail:From=Pulse <pulse@example.org>")]
    [InlineData("Mail:ReplyTo must be one e-mail address without a name, such as pulse@example.org.", "Mail:ReplyTo=nobody")]
    [InlineData("Mail:UnsubscribeMailbox must be one e-mail address without a name, such as pulse@example.org.", "Mail:UnsubscribeMailbox=a@b.example, c@d.example")]
    [InlineData("Mail:FromName must be one line of text.", "Mail:FromName=Pulse\nBcc: x@y.example")]
    [InlineData("Mail:MaxConnections is 0; allowed: 1 to 100.", "Mail:MaxConnections=0")]
    [InlineData("Mail:MaxPerMinute is -1; allowed: 0 (no limit) or more.", "Mail:MaxPerMinute=-1")]
    [InlineData("Mail:Retry:FirstDelay is 00:00:00; allowed: 00:00:01 (hours:minutes:seconds) or more.", "Mail:Retry:FirstDelay=00:00:00")]
    [InlineData("Mail:Retry:MaxDelay is 00:00:30; allowed: Mail:Retry:FirstDelay (00:01:00) or more.", "Mail:Retry:MaxDelay=00:00:30")]
    [InlineData("Mail:Retry:GiveUpAfter is -00:00:01; allowed: 00:00:00 (never try again) or more.", "Mail:Retry:GiveUpAfter=-00:00:01")]
    [InlineData("Mail:Dkim:Keys:0:Selector is not set; it is the name before ._domainkey in the DNS.", "Mail:Dkim:Keys:0:Domain=example.org", "Mail:Dkim:Keys:0:PrivateKeyFile=/dev/null")]
    [InlineData("Mail:Dkim:Keys:0:PrivateKeyFile names a file that is not there.", "Mail:Dkim:Keys:0:Domain=example.org", "Mail:Dkim:Keys:0:Selector=s", "Mail:Dkim:Keys:0:PrivateKeyFile=/no/such/file")]
    [InlineData("Mail:Dkim:Keys:0:PrivateKeyFile must hold an RSA or Ed25519 private key in PEM form.", "Mail:Dkim:Keys:0:Domain=example.org", "Mail:Dkim:Keys:0:Selector=s", "Mail:Dkim:Keys:0:PrivateKeyFile=/dev/null")]
    [InlineData("Mail:Bounces:SoftLimit is -1; allowed: 0 (never) or more.", "Mail:Bounces:SoftLimit=-1")]
    [InlineData("Mail:BounceAddress is not set; Mail:Bounces:Imap:Host needs it, since nothing else leads what comes back to its delivery, or Mail:UnsubscribeMailbox.", "Mail:Bounces:Imap:Host=h")]
    [InlineData("Mail:Bounces:Imap:UserName is not set; Mail:Bounces:Imap:Host needs the user whose mailbox is read.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h")]
    [InlineData("Mail:Bounces:Imap:Password is not set; Mail:Bounces:Imap:Auth Password needs it.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h")]
    [InlineData("Mail:Bounces:Imap:Auth is None; allowed: Password, OAuth2.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:Auth=None")]
    [InlineData("Mail:OAuth2:ClientId is not set; Mail:Bounces:Imap:Auth OAuth2 needs it.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:Auth=OAuth2")]
    [InlineData("Mail:Bounces:Imap:Security is None; allowed for a server outside this machine: StartTls, Tls.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:Security=None")]
    [InlineData("Mail:Bounces:Imap:Security is \"Ssl\"; allowed: None, StartTls, Tls.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:Security=Ssl")]
    [InlineData("Mail:Bounces:Imap:Port is 0; allowed: 1 to 65535.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:Port=0")]
    [InlineData("Mail:Bounces:Imap:PollEvery is 00:00:00; allowed: 00:00:01 to 01:00:00 (hours:minutes:seconds).", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:PollEvery=00:00:00")]
    [InlineData("Mail:Bounces:Imap:Timeout is 01:00:00; allowed: 00:00:01 to 00:10:00 (hours:minutes:seconds).", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:Timeout=01:00:00")]
    [InlineData("Mail:Bounces:Imap:KeepDoneFor is -1.00:00:00; allowed: 00:00:00 (for ever) to 3650.00:00:00 (days.hours:minutes:seconds).", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:KeepDoneFor=-1")]
    [InlineData("Mail:Bounces:Imap:DoneFolder must name a folder, such as CordisPulse/Done, with a slash between two of its parts.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:DoneFolder=a//b")]
    [InlineData("Mail:Bounces:Imap:RepliesFolder must be another folder than Mail:Bounces:Imap:Folder, or the same messages would be read again and again.", "Mail:BounceAddress=b@h.example", "Mail:Bounces:Imap:Host=h", "Mail:Bounces:Imap:RepliesFolder=inbox")]
    public void A_wrong_setting_gets_one_line_that_names_the_key_and_what_is_allowed(string line, params string[] settings)
    {
        using var services = Services(settings);
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<MailOptions>>().Value);
        Assert.Contains(line, refusal.Failures);
    }

    [Fact]
    public void A_long_bounce_address_is_refused_because_the_number_needs_room()
    {
        var longest = new string('b', BounceAddress.MaxLocalPart);
        using var fine = Services($"Mail:BounceAddress={longest}@example.org");
        Assert.NotNull(fine.GetRequiredService<IOptions<MailOptions>>().Value);
        using var tooLong = Services($"Mail:BounceAddress={longest}b@example.org");
        var refusal = Assert.Throws<OptionsValidationException>(() => tooLong.GetRequiredService<IOptions<MailOptions>>().Value);
        Assert.StartsWith("Mail:BounceAddress must have at most 34 characters", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://pulse.example.org")]
    [InlineData("https://localhost:5001")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://[::1]:5001")]
    [InlineData("https://0.0.0.0")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://192.168.1.20:8443")]
    [InlineData("https://[fd00::1]")]
    [InlineData("https://intranet")]
    [InlineData("https://pulse.internal")]
    [InlineData("https://pulse.local.")]
    [InlineData("pulse.example.org")]
    public void Mail_may_not_leave_this_machine_with_links_that_nobody_can_open(string? publicUrl)
    {
        var options = new MailOptions { Transport = MailTransportKind.Smtp, Smtp = { Host = "relay.example" }, From = "pulse@example.org" };
        var line = Assert.Single(MailOptionsValidator.ProblemsWithLeavingThisMachine(options, publicUrl, "1 High Street"));
        Assert.StartsWith("Site:PublicUrl must be an https address", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_may_leave_this_machine_once_sender_address_and_postal_address_are_set()
    {
        var options = new MailOptions { Transport = MailTransportKind.Smtp, Smtp = { Host = "relay.example" } };
        Assert.Collection(
            MailOptionsValidator.ProblemsWithLeavingThisMachine(options, "https://pulse.example.org", " "),
            line => Assert.StartsWith("Mail:From must be set", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Publisher:PostalAddress must be set", line, StringComparison.Ordinal));

        options.From = "pulse@example.org";
        Assert.Empty(MailOptionsValidator.ProblemsWithLeavingThisMachine(options, "https://pulse.example.org", "1 High Street"));
    }

    [Theory]
    [InlineData(MailTransportKind.Pickup, "relay.example")]
    [InlineData(MailTransportKind.Smtp, "localhost")]
    [InlineData(MailTransportKind.Smtp, "127.0.0.1")]
    [InlineData(MailTransportKind.Smtp, "::1")]
    public void Mail_that_stays_on_this_machine_needs_nothing_more(MailTransportKind transport, string host)
    {
        var options = new MailOptions { Transport = transport, Smtp = { Host = host } };
        Assert.Empty(MailOptionsValidator.ProblemsWithLeavingThisMachine(options, null, null));
    }

    private ServiceProvider Services(params string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append($"{DataDirectory.Key}={_data}").Select(setting => setting.Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
            .Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new DataDirectory(configuration, _data))
            .AddMailTransport()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
