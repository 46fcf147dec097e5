using System.Globalization;
using System.Net;

namespace CordisPulse.Core.Mail.Checks;

/// <summary>
/// Reads the SPF record of one domain with all that it includes, and what it says of an address. Macros and <c>exists</c> depend on each
/// message, so they are counted and not followed.
/// </summary>
internal sealed class SpfReader(DnsLookups dns, IPAddress? sender, CancellationToken cancellationToken)
{
    /// <summary>RFC 7208 section 4.6.4.</summary>
    public const int MostLookups = 10;

    /// <summary>A record that includes without end is not followed for ever.</summary>
    private const int GiveUpAt = 25;

    private const int MostServers = 10;

    private readonly List<string> _problems = [];
    private int _lookups;

    public static async Task<SpfReading> ReadAsync(DnsLookups dns, string domain, IPAddress? sender, CancellationToken cancellationToken)
    {
        var found = await FindAsync(dns, domain, cancellationToken);
        if (found.Trouble is not null || found.Records.Count != 1)
            return found;
        var reader = new SpfReader(dns, sender, cancellationToken);
        var (result, others) = await reader.FollowAsync(domain, found.Records[0]);
        if (reader._lookups > MostLookups)
            reader._problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"Receivers would have to ask the DNS {(reader._lookups >= GiveUpAt ? "more than " : "")}{reader._lookups} times; they stop at {MostLookups}. Take out what is not in use, or put addresses (ip4, ip6) in place of names."));
        return found with { Lookups = reader._lookups, Problems = [.. reader._problems.Distinct()], Sender = result ?? SpfResult.Unknown, Others = others };
    }

    private static async Task<SpfReading> FindAsync(DnsLookups dns, string domain, CancellationToken cancellationToken)
    {
        var texts = await dns.TextAsync(domain, cancellationToken);
        return new SpfReading { Records = [.. texts.Records.Where(IsSpf)], Trouble = texts.Trouble };
    }

    private static bool IsSpf(string text) => text.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || text.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase);

    /// <returns>What is said of the sender, null when nothing is; and of those whom nothing names.</returns>
    private async Task<(SpfResult? Sender, SpfResult? Others)> FollowAsync(string domain, string record)
    {
        SpfResult? result = null;
        string? redirect = null;
        foreach (var text in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var term = SpfTerm.Read(text);
            if (term.IsModifier)
            {
                if (term.Name == "redirect")
                    redirect = term.Value;
                continue;
            }

            if (term.Name == "all")
                return (result ?? term.Result, term.Result);
            // Some matches can't be known here, and what comes after one of those is then not known either.
            var matches = await MatchesAsync(term, domain, text);
            if (result is null && matches != false)
                result = matches == true ? term.Result : SpfResult.Unknown;
        }

        if (redirect is null || !MayAsk())
            return (result, null);
        var (further, others) = await IncludedAsync(redirect);
        return (result ?? further, others);
    }

    /// <summary>Counts a question that receivers ask, whether or not it is asked here.</summary>
    private bool MayAsk() => ++_lookups < GiveUpAt;

    /// <returns>Null when it can't be known.</returns>
    private async Task<bool?> MatchesAsync(SpfTerm term, string domain, string text)
    {
        switch (term.Name)
        {
            case "ip4" or "ip6" when SpfTerm.TryReadNetwork(term.Value, out var network, out var bits):
                return sender is null ? null : IsWithin(sender, network, bits);
            case "a" or "mx":
                return MayAsk() && sender is not null ? await NamesAsync(term, domain, sender) : null;
            case "include" when term.Value is { } included:
                var (result, _) = MayAsk() ? await IncludedAsync(included) : default;
                return result is null or SpfResult.Unknown ? null : result == SpfResult.Pass;
            case "exists" or "ptr":
                MayAsk();
                return null;
            default:
                _problems.Add($"“{DnsText.Of(text)}” in the record of {domain} means nothing to receivers, and they then pass over the whole of it.");
                return null;
        }
    }

    private async Task<(SpfResult? Sender, SpfResult? Others)> IncludedAsync(string domain)
    {
        if (domain.Contains('%', StringComparison.Ordinal))
            return (SpfResult.Unknown, null);
        var found = await FindAsync(dns, domain, cancellationToken);
        if (found.Trouble is null && found.Records.Count == 1)
            return await FollowAsync(domain, found.Records[0]) is var (result, others) ? (result ?? SpfResult.Neutral, others) : default;
        _problems.Add(found switch
        {
            { Trouble: { } trouble } => $"What {DnsText.Of(domain)} adds could not be looked up: {trouble}.",
            { Records.Count: 0 } => $"It names {DnsText.Of(domain)}, which has no SPF record.",
            _ => $"It names {DnsText.Of(domain)}, which has more than one SPF record.",
        });
        return (SpfResult.Unknown, null);
    }

    private async Task<bool?> NamesAsync(SpfTerm term, string domain, IPAddress address)
    {
        var (name, four, six) = term.Target(domain);
        if (name.Contains('%', StringComparison.Ordinal))
            return null;
        IReadOnlyList<string> hosts = [name];
        if (term.Name == "mx")
        {
            var servers = await dns.MailServersAsync(name, cancellationToken);
            if (servers.Outcome == DnsOutcome.Failed)
                return null;
            hosts = [.. servers.Records.Where(server => server != ".").Take(MostServers)];
        }

        foreach (var host in hosts)
        {
            var addresses = await dns.AddressesAsync(host, cancellationToken);
            if (addresses.Outcome == DnsOutcome.Failed)
                return null;
            if (addresses.Records.Any(one => IsWithin(address, one, one.GetAddressBytes().Length == 4 ? four : six)))
                return true;
        }

        return false;
    }

    private static bool IsWithin(IPAddress address, IPAddress network, int bits)
    {
        byte[] ours = address.GetAddressBytes(), theirs = network.GetAddressBytes();
        if (ours.Length != theirs.Length)
            return false;
        for (var i = 0; i < ours.Length && bits > 0; i++, bits -= 8)
        {
            var mask = bits >= 8 ? 0xFF : 0xFF << (8 - bits) & 0xFF;
            if ((ours[i] & mask) != (theirs[i] & mask))
                return false;
        }

        return true;
    }
}
