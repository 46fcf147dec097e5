using System.Globalization;
using CordisPulse.Core.Mail;

namespace CordisPulse.Tests.Mail.Checks;

/// <summary>A sender with all that receivers ask for: from <c>news.example.org</c>, with bounces to another domain of its organisation.</summary>
internal static class MailCheckZone
{
    public const string SendsFrom = "192.0.2.25";

    public static IEnumerable<(string Key, string Value)> Settings(LoopbackSmtpServer server, LoopbackDnsServer dns) =>
    [
        ("Mail:Transport", "Smtp"),
        ("Mail:Smtp:Host", LoopbackSmtpServer.Host),
        ("Mail:Smtp:Port", server.Port.ToString(CultureInfo.InvariantCulture)),
        ("Mail:From", "pulse@news.example.org"),
        ("Mail:BounceAddress", "pulse@bounces.example.org"),
        ("Mail:Check:DnsServer", dns.Address),
        ("Mail:Check:DnsTimeout", "00:00:01"),
        ("Site:PublicUrl", "https://pulse.example.org"),
    ];

    public static void Fill(LoopbackDnsServer dns, IEnumerable<DkimPublicKey> keys)
    {
        dns.Clear();
        dns.MailServers("news.example.org", "relay.example.org")
            .MailServers("bounces.example.org", "relay.example.org")
            .Text("bounces.example.org", "v=spf1 a:relay.example.org -all")
            .Text("_dmarc.example.org", "v=DMARC1; p=none; rua=mailto:dmarc@example.org")
            .Addresses("relay.example.org", SendsFrom)
            .Reverse("25.2.0.192.in-addr.arpa", "relay.example.org");
        foreach (var key in keys)
            dns.Text(key.RecordName, key.RecordText);
    }
}
