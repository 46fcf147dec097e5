using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions;

/// <summary>What two addresses of the same page have in common.</summary>
public static class LinkKey
{
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "_hsenc", "_hsmi",
    };

    /// <summary>
    /// Host without <c>www.</c>, path without a slash at its end, and the parameters that choose the page; no scheme, fragment or
    /// tracking. Null for what is no web link.
    /// </summary>
    public static string? From(string? url)
    {
        if (!MarkdownRenderer.IsWebLink(url))
            return null;
        var uri = new Uri(url!);
        var host = uri.IdnHost.ToLowerInvariant();
        if (host.StartsWith("www.", StringComparison.Ordinal))
            host = host[4..];
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => !IsTracking(parameter.Split('=')[0]))
            .Order(StringComparer.Ordinal);
        var query = string.Join('&', parameters);
        return $"{host}{port}{uri.AbsolutePath.TrimEnd('/')}{(query.Length == 0 ? "" : "?")}{query}";
    }

    /// <summary>The address without the parameters that say who clicked where; all else as it was.</summary>
    public static Uri WithoutTracking(Uri address)
    {
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var kept = parameters.Where(parameter => !IsTracking(parameter.Split('=')[0])).ToList();
        return kept.Count == parameters.Length ? address : new UriBuilder(address) { Query = string.Join('&', kept) }.Uri;
    }

    private static bool IsTracking(string name) => Tracking.Contains(name) || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase);
}
