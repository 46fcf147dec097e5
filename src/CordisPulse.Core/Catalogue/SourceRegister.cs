using System.Globalization;

namespace CordisPulse.Core.Catalogue;

/// <summary>Recognises the source of a report.</summary>
public static class SourceRegister
{
    /// <summary>RFC 1035 section 2.3.4, without the dot at the end.</summary>
    private const int LongestDomain = 253;

    /// <summary>
    /// The source that has the publisher's name among its names; failing that, the one with the link's domain, or with the nearest
    /// domain above it. Null when there is none, or two have the same domain.
    /// </summary>
    public static Source? Find(IReadOnlyList<Source> sources, string? url, string? publisher)
        => ByName(sources, publisher) ?? ByDomain(sources, DomainOf(url));

    public static Source? ByName(IEnumerable<Source> sources, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var key = NameKey.Of(name);
        return sources.FirstOrDefault(source => source.OtherNames.Prepend(source.Name).Any(other => NameKey.Of(other) == key));
    }

    /// <summary>The host of a web link without <c>www</c>; null for what is no web link, and for hosts that are numbers.</summary>
    public static string? DomainOf(string? url)
        => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.HostNameType == UriHostNameType.Dns
            ? WithoutWww(uri.IdnHost.ToLowerInvariant().TrimEnd('.'))
            : null;

    /// <summary>The domain that somebody typed, or the one of a link that was pasted in its place; null for what is neither.</summary>
    public static string? TypedDomain(string typed)
    {
        // Without a scheme the name would be taken for a path.
        var address = typed.Contains("://", StringComparison.Ordinal) ? typed : $"https://{typed}";
        return DomainOf(address) is { Length: <= LongestDomain } domain && domain.Contains('.', StringComparison.Ordinal)
            // An e-mail address is no link, though it reads as one with a name before its host.
            && new Uri(address).UserInfo.Length == 0
                ? domain
                : null;
    }

    /// <summary>A domain as people write it: what stands in the register in ASCII alone shows its letters.</summary>
    public static string ShownDomain(string domain)
    {
        try
        {
            return new IdnMapping().GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private static Source? ByDomain(IReadOnlyList<Source> sources, string? domain)
    {
        // A domain of one label (uk) belongs to nobody.
        for (; domain is not null && domain.Contains('.', StringComparison.Ordinal); domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
            if (sources.Where(source => source.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase)).Take(2).ToList() is { Count: > 0 } found)
                return found.Count == 1 ? found[0] : null;
        return null;
    }

    private static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
}
