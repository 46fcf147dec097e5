using CordisPulse.Tests.Mail;
using CordisPulse.Tests.Mail.Checks;

namespace CordisPulse.Tests.Commands;

public sealed class MailCommandTests : IAsyncDisposable
{
    private readonly PulseApp _app = new();
    private readonly LoopbackDnsServer _dns = LoopbackDnsServer.Start();
    private LoopbackSmtpServer _server = LoopbackSmtpServer.Start();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
        await _dns.DisposeAsync();
    }

    [Fact]
    public async Task Check_ends_well_when_nothing_is_wrong_and_sends_nothing()
    {
        var keys = DkimKeyFiles.Write(_app.Directory, "news.example.org");
        MailCheckZone.Fill(_dns, DkimKeyFiles.Published(keys));

        var check = await CheckAsync([.. DkimKeyFiles.Settings(keys)], "--sends-from", MailCheckZone.SendsFrom);

        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.All(check.Output.TrimEnd().Split('\n'), line => Assert.StartsWith("ok       ", line, StringComparison.Ordinal));
        Assert.Contains($"The mail server {_server} lets us in, without a sign-in. It offers PIPELINING, 8BITMIME, SMTPUTF8, SIZE 50000000.", check.Output, StringComparison.Ordinal);
        Assert.Contains("The signature with the key ed of news.example.org (ed25519) holds by the key at ed._domainkey.news.example.org.", check.Output, StringComparison.Ordinal);
        Assert.Equal(0, _server.MessageCount);
        Assert.Contains("QUIT", _server.Verbs);
    }

    [Fact]
    public async Task Check_says_what_to_put_into_a_dns_that_knows_nothing_of_us()
    {
        var keys = DkimKeyFiles.Write(_app.Directory, "news.example.org");
        await _server.DisposeAsync();
        _server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { UserName = "pulse", Password = "right", OffersSmtpUtf8 = false });

        var check = await CheckAsync([.. DkimKeyFiles.Settings(keys), ("Mail:Smtp:UserName", "pulse"), ("Mail:Smtp:Password", "wrong-secret")]);

        Assert.Equal((1, "10 findings are wrong.\n"), (check.ExitCode, check.Error.ReplaceLineEndings("\n")));
        Assert.Contains($"wrong    The mail server {_server} did not accept the sign-in (535)", check.Output, StringComparison.Ordinal);
        Assert.Contains("\n         news.example.org.  MX  10 YOUR-MAIL-SERVER.\n", check.Output, StringComparison.Ordinal);
        Assert.Contains("\n         bounces.example.org.  TXT  \"v=spf1 mx ~all\"\n", check.Output, StringComparison.Ordinal);
        foreach (var key in DkimKeyFiles.Published(keys))
            Assert.Contains($"\n         {key.RecordName}.  TXT  \"v=DKIM1; k={key.Algorithm}; p=", check.Output, StringComparison.Ordinal);
        Assert.Contains("\n         _dmarc.news.example.org.  TXT  \"v=DMARC1; p=none; rua=mailto:dmarc@news.example.org\"\n", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", check.Output + check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", check.Output + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_looks_at_the_dns_while_mail_goes_to_the_pickup_folder()
    {
        MailCheckZone.Fill(_dns, []);

        var check = await CheckAsync([("Mail:Transport", "Pickup")], "--json");

        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        var findings = System.Text.Json.JsonDocument.Parse(check.Output).RootElement.EnumerateArray().ToList();
        Assert.Contains("to nobody (Mail:Transport is Pickup)", findings[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding.GetProperty("kind").GetString() == "dmarc" && finding.GetProperty("grade").GetString() == "ok");
    }

    private Task<CommandResult> CheckAsync((string Key, string Value)[] settings, params string[] arguments)
    {
        foreach (var (key, value) in MailCheckZone.Settings(_server, _dns).Concat(settings))
            _app.With(key, value);
        return PulseCommand.RunAsync(_app, ["mail", "check", .. arguments]);
    }
}
