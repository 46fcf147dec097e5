using System.Diagnostics;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Checks;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Mail.Checks;

public sealed class MailDomainsTests : IAsyncDisposable
{
    private readonly LoopbackDnsServer _dns = LoopbackDnsServer.Start();
    private readonly MailDomains _domains;

    public MailDomainsTests() => _domains = new MailDomains(new DnsLookups(Options.Create(new MailOptions
    {
        Check = { DnsServer = _dns.Address, DnsTimeout = TimeSpan.FromSeconds(1) },
    })));

    public async ValueTask DisposeAsync()
    {
        _domains.Dispose();
        await _dns.DisposeAsync();
    }

    [Fact]
    public async Task A_domain_takes_mail_by_its_mail_servers_or_else_its_address()
    {
        _dns.MailServers("mx.example.org", "relay.example.org").Addresses("four.example.org", "192.0.2.1").Addresses("six.example.org", "2001:db8::1")
            .MailServers("none.example.org", ".").Addresses("none.example.org", "192.0.2.1").Empty("empty.example.org").MailServers("xn--mller-kva.example.org", "relay.example.org")
            .Fail("silent.example.org", LoopbackDnsServer.Mx, DnsFault.Silence).Fail("failing.example.org", LoopbackDnsServer.Mx, DnsFault.ServerFailure)
            .Empty("half.example.org").Fail("half.example.org", LoopbackDnsServer.Aaaa, DnsFault.ServerFailure)
            .Fail("noise.example.org", LoopbackDnsServer.Mx, DnsFault.Noise).Fail("circle.example.org", LoopbackDnsServer.Mx, DnsFault.Circle);
        (string Domain, TakesMail Takes)[] expected =
        [
            ("mx.example.org", TakesMail.Yes), ("MX.Example.org.", TakesMail.Yes), ("four.example.org", TakesMail.Yes), ("six.example.org", TakesMail.Yes), ("müller.example.org", TakesMail.Yes),
            ("none.example.org", TakesMail.No), ("empty.example.org", TakesMail.No), ("nobody.example.org", TakesMail.No),
            ("silent.example.org", TakesMail.Unknown), ("failing.example.org", TakesMail.Unknown), ("half.example.org", TakesMail.Unknown),
            ("noise.example.org", TakesMail.Unknown), ("circle.example.org", TakesMail.Unknown),
            ("", TakesMail.Unknown), ("[127.0.0.1]", TakesMail.Unknown), ("a..b", TakesMail.Unknown), (new string('d', 300), TakesMail.Unknown), ("sp ace\r\n\0", TakesMail.Unknown),
        ];
        var takes = await Task.WhenAll(expected.Select(one => _domains.TakesMailAsync(one.Domain)));
        Assert.Equal(expected, expected.Select((one, i) => (one.Domain, takes[i])));
    }

    [Fact]
    public async Task A_domain_is_asked_about_once_and_only_some_at_the_same_time()
    {
        _dns.Delay = TimeSpan.FromMilliseconds(20);
        var names = Enumerable.Range(0, 64).Select(i => $"d{i}.example.org").ToList();
        foreach (var name in names)
            _dns.MailServers(name, "relay.example.org");

        var all = await _domains.TakeMailAsync([.. names, .. names.Select(name => name.ToUpperInvariant())], TimeSpan.FromMinutes(1));
        await Task.WhenAll(names.Select(name => _domains.TakesMailAsync(name)));

        Assert.Equal(64, all.Count);
        Assert.All(names, name => Assert.Equal(TakesMail.Yes, all[name]));
        Assert.Equal(64, _dns.Questions.Count);
        Assert.InRange(_dns.MostAtOnce, 2, 16);
    }

    [Fact]
    public async Task What_is_not_known_when_the_time_is_up_is_unknown()
    {
        _dns.MailServers("quick.example.org", "relay.example.org").Fail("silent.example.org", LoopbackDnsServer.Mx, DnsFault.Silence);
        await _domains.TakesMailAsync("quick.example.org");
        var clock = Stopwatch.StartNew();
        var all = await _domains.TakeMailAsync(["quick.example.org", "silent.example.org"], TimeSpan.FromMilliseconds(100));
        Assert.Equal((TakesMail.Yes, TakesMail.Unknown), (all["quick.example.org"], all["silent.example.org"]));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
