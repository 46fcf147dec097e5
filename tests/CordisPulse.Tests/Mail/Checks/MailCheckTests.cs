using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mail.Checks;

/// <summary>What <c>mail check</c> finds in the DNS, whatever stands there.</summary>
public sealed class MailCheckTests(MailCheckTests.Fixture fixture) : IClassFixture<MailCheckTests.Fixture>
{
    private const string Envelope = "bounces.example.org";

    [Fact]
    public async Task All_that_receivers_ask_for_is_found()
    {
        var findings = await RunAsync(_ => { });
        Assert.All(findings, finding => Assert.Equal((MailGrade.Ok, finding.Message, null), (finding.Grade, finding.Message, finding.Record)));
        Assert.Equal("server tls takes-mail takes-mail spf dkim dkim dmarc alignment reverse-name gmail yahoo microsoft", string.Join(' ', findings.Select(finding => finding.Kind)));
        Assert.Equal("Gmail takes one-click from this mail, and has what it asks of whoever sends to many.", findings.Single(finding => finding.Kind == "gmail").Message);
        Assert.Equal(2, findings.Count(finding => finding.Kind == "dkim" && finding.Message.Contains(" holds by the key at ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 IP4:192.0.2.25 ~ALL", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 a:relay.example.org ~all", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 a:other.example.org/24 ~all", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 mx ~all", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 include:spf.example.org ~all", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 redirect=spf.example.org", MailGrade.Ok, "lets 192.0.2.25 send")]
    [InlineData("v=spf1 ip4:198.51.100.0/24 ip6:2001:db8::/32 -all", MailGrade.Wrong, "does not let 192.0.2.25 send. Add it.")]
    [InlineData("v=spf1 -ip4:192.0.2.25 +all", MailGrade.Wrong, "does not let 192.0.2.25 send. Add it.")]
    [InlineData("v=spf1 +all", MailGrade.Look, "it lets anybody in the world send for it")]
    [InlineData("v=spf1 ip4:192.0.2.25", MailGrade.Look, "does not end with ~all or -all")]
    [InlineData("v=spf1 exists:%{i}.example.org ~all", MailGrade.Look, "could not be found out")]
    [InlineData("v=spf1 ip4:192.0.2.999 ~all", MailGrade.Wrong, "“ip4:192.0.2.999” in the record of bounces.example.org means nothing")]
    [InlineData("v=spf1 inlcude:spf.example.org ~all", MailGrade.Wrong, "“inlcude:spf.example.org” in the record of bounces.example.org means nothing")]
    [InlineData("v=spf1 include: ~all", MailGrade.Wrong, "“include:” in the record of bounces.example.org means nothing")]
    [InlineData("v=spf1 include:nobody.example.org ~all", MailGrade.Wrong, "It names nobody.example.org, which has no SPF record.")]
    [InlineData("v=spf1 include:broken.example.org ~all", MailGrade.Wrong, "What broken.example.org adds could not be looked up: the DNS server could not find out (SERVFAIL).")]
    [InlineData("v=spf1 a a a a a a a a a a a ip4:192.0.2.25 ~all", MailGrade.Wrong, "would have to ask the DNS 11 times; they stop at 10")]
    [InlineData("v=spf1 include:circle.example.org ~all", MailGrade.Wrong, "would have to ask the DNS more than 25 times; they stop at 10")]
    public async Task An_spf_record_is_read_as_receivers_read_it(string record, MailGrade grade, string message)
    {
        var findings = await RunAsync(dns => dns
            .Text(Envelope, "some-site-verification=abc", record)
            .Text("spf.example.org", "v=spf1 ip4:192.0.2.25 -all")
            .Text("circle.example.org", "v=spf1 include:circle.example.org -all")
            .Fail("broken.example.org", LoopbackDnsServer.Txt, DnsFault.ServerFailure)
            .Addresses("other.example.org", "192.0.2.99")
            .Addresses(Envelope, "203.0.113.1"));
        Assert.Contains(findings, finding => finding.Kind == "spf" && finding.Grade == grade && finding.Message.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.Kind == "spf" && finding.Grade > grade);
    }

    [Fact]
    public async Task An_spf_record_that_is_missing_doubled_or_too_narrow_comes_ready_to_copy()
    {
        Assert.Equal("bounces.example.org.  TXT  \"v=spf1 mx ip4:192.0.2.25 ~all\"", await RecordAsync("spf", dns => dns.Text(Envelope, "v=spf10 other")));
        Assert.Equal("bounces.example.org.  TXT  \"v=spf1 mx a ip4:192.0.2.1 -all\"", await RecordAsync("spf", dns => dns.Text(Envelope, "v=spf1 mx a ~all", "v=spf1 mx ip4:192.0.2.1 -all")));
        Assert.Equal("bounces.example.org.  TXT  \"v=spf1 ip4:192.0.2.25 mx:x.example.org -all\"", await RecordAsync("spf", dns => dns.Text(Envelope, "v=spf1 mx:x.example.org -all")));
    }

    [Theory]
    [InlineData("", MailGrade.Wrong, "There is no key at rsa._domainkey.news.example.org")]
    [InlineData("v=DKIM1; k=rsa; p=", MailGrade.Wrong, "is withdrawn (its p is empty)")]
    [InlineData("v=DKIM1; k=rsa; p=AAAA", MailGrade.Wrong, "is not the one that we sign with")]
    [InlineData("hello\u001b[31m world", MailGrade.Wrong, "is no key: “hello[31m world”")]
    [InlineData("{key}; t=y", MailGrade.Look, "says that it is being tested (t=y)")]
    [InlineData("{key}; h=sha1", MailGrade.Wrong, "does not allow such a signature as ours")]
    [InlineData("{key}; s=other", MailGrade.Wrong, "does not allow such a signature as ours")]
    [InlineData("{key}; h=sha1:sha256; s=*", MailGrade.Ok, "holds by the key at rsa._domainkey.news.example.org")]
    [InlineData("v=DKIM1;k=rsa;p={p}", MailGrade.Ok, "holds by the key at rsa._domainkey.news.example.org")]
    [InlineData("p={p}", MailGrade.Ok, "holds by the key at rsa._domainkey.news.example.org")]
    public async Task A_key_in_the_dns_is_compared_with_the_one_that_signs(string record, MailGrade grade, string message)
    {
        var key = fixture.Keys[0];
        var text = record.Replace("{key}", key.RecordText, StringComparison.Ordinal).Replace("{p}", key.Key, StringComparison.Ordinal);
        var findings = await RunAsync(dns => dns.Text(key.RecordName, text.Length == 0 ? [] : [text]));
        var finding = Assert.Single(findings, finding => finding.Kind == "dkim" && finding.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(grade, finding.Grade);
        if (grade == MailGrade.Wrong)
            Assert.Equal(("rsa._domainkey.news.example.org.", "TXT", $"\"{key.RecordText[..255]}\" \"{key.RecordText[255..]}\""), (finding.Record!.Name, finding.Record.Type, finding.Record.Value));
    }

    [Theory]
    [InlineData("_dmarc.news.example.org", "v=DMARC1; p=reject; rua=mailto:d@example.org", MailGrade.Ok, "_dmarc.news.example.org asks receivers for reject.")]
    [InlineData("_dmarc.example.org", "v=DMARC1;p=quarantine;sp=none", MailGrade.Ok, "_dmarc.example.org asks receivers for none, and for no reports (rua).")]
    [InlineData("_dmarc.other.org", "v=DMARC1; p=none", MailGrade.Wrong, "news.example.org has no DMARC record")]
    [InlineData("_dmarc.news.example.org", "v=DMARC1; p=maybe", MailGrade.Wrong, "can't be read: its p must be none, quarantine or reject")]
    [InlineData("_dmarc.news.example.org", "v=DMARC1; p=none|v=DMARC1; p=reject", MailGrade.Wrong, "more than one DMARC record")]
    public async Task A_dmarc_record_is_found_as_receivers_find_it(string name, string record, MailGrade grade, string message)
    {
        var findings = await RunAsync(dns => dns.Text("_dmarc.example.org").Text(name, record.Split('|')));
        var finding = Assert.Single(findings, finding => finding.Kind == "dmarc");
        Assert.Equal(grade, finding.Grade);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        if (grade == MailGrade.Wrong)
            Assert.Equal("_dmarc.news.example.org.  TXT  \"v=DMARC1; p=none; rua=mailto:dmarc@news.example.org\"", finding.Record!.ToString());
        Assert.Equal(grade == MailGrade.Wrong, findings.Single(finding => finding.Kind == "microsoft").Message.Contains("a DMARC record", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_strict_dmarc_record_lets_no_other_domain_of_the_organisation_count()
    {
        var findings = await RunAsync(dns => dns.Text("_dmarc.news.example.org", "v=DMARC1; p=reject; adkim=s; aspf=s"));
        Assert.Equal(MailGrade.Ok, findings.Single(finding => finding.Kind == "alignment").Grade);
        Assert.Contains("The envelope is not (bounces.example.org)", findings.Single(finding => finding.Kind == "alignment").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("25.2.0.192.in-addr.arpa", "mail.example.org", "192.0.2.26", "has the reverse name mail.example.org, which does not lead back to it")]
    [InlineData("other.in-addr.arpa", "mail.example.org", "192.0.2.25", "has no reverse name")]
    public async Task An_address_that_its_reverse_name_does_not_lead_back_to_is_wrong(string reverse, string name, string address, string message)
    {
        var findings = await RunAsync(dns => dns.Reverse("25.2.0.192.in-addr.arpa").Reverse(reverse, name).Addresses(name, address));
        var finding = Assert.Single(findings, finding => finding.Kind == "reverse-name");
        Assert.Equal(MailGrade.Wrong, finding.Grade);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing that the DNS does ends in more than a sentence.</summary>
    [Theory]
    [InlineData(DnsFault.Silence, "did not answer in time")]
    [InlineData(DnsFault.ServerFailure, "could not find out (SERVFAIL)")]
    [InlineData(DnsFault.Refusal, "refused to answer (REFUSED)")]
    [InlineData(DnsFault.CutShort, "")]
    [InlineData(DnsFault.HugeText, "")]
    [InlineData(DnsFault.BrokenRecord, "")]
    [InlineData(DnsFault.Noise, "")]
    [InlineData(DnsFault.Circle, "")]
    public async Task A_dns_that_fails_makes_a_plain_finding(DnsFault fault, string reason)
    {
        var findings = await RunAsync(dns => dns
            .Fail(Envelope, LoopbackDnsServer.Txt, fault)
            .Fail(fixture.Keys[1].RecordName, LoopbackDnsServer.Txt, fault)
            .Fail("_dmarc.news.example.org", LoopbackDnsServer.Txt, fault)
            .Fail("25.2.0.192.in-addr.arpa", LoopbackDnsServer.ReverseName, fault));
        foreach (var kind in new[] { "spf", "dmarc", "reverse-name", "dkim" })
        {
            var finding = Assert.Single(findings, finding => finding.Kind == kind && finding.Grade == MailGrade.Look);
            Assert.Contains("could not be looked up: ", finding.Message, StringComparison.Ordinal);
            Assert.Contains(reason, finding.Message, StringComparison.Ordinal);
            Assert.InRange(finding.Message.Length, 20, 300);
        }
    }

    private async Task<string> RecordAsync(string kind, Action<LoopbackDnsServer> change)
        => Assert.Single(await RunAsync(change), finding => finding.Kind == kind).Record!.ToString();

    /// <summary>Checks with everything in place but what <paramref name="change"/> puts there.</summary>
    private async Task<IReadOnlyList<MailFinding>> RunAsync(Action<LoopbackDnsServer> change)
    {
        fixture.Reset();
        change(fixture.Dns);
        return await fixture.App.InScopeAsync(services => services.GetRequiredService<MailCheck>().RunAsync(new CheckMail { SendsFrom = System.Net.IPAddress.Parse("192.0.2.25") }));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly LoopbackSmtpServer _server = LoopbackSmtpServer.Start();

        public PulseApp App { get; } = new();

        public LoopbackDnsServer Dns { get; } = LoopbackDnsServer.Start();

        public IReadOnlyList<DkimPublicKey> Keys { get; private set; } = [];

        public Task InitializeAsync()
        {
            var keys = DkimKeyFiles.Write(App.Directory, "news.example.org");
            Keys = DkimKeyFiles.Published(keys);
            foreach (var (key, value) in MailCheckZone.Settings(_server, Dns).Concat(DkimKeyFiles.Settings(keys)))
                App.With(key, value);
            return Task.CompletedTask;
        }

        public void Reset() => MailCheckZone.Fill(Dns, Keys);

        public async Task DisposeAsync()
        {
            await App.DisposeAsync();
            await _server.DisposeAsync();
            await Dns.DisposeAsync();
        }
    }
}
