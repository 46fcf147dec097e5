using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions;

/// <summary>What two addresses of the same page have in common.</summary>
public static class LinkKey
{
    private static readonly HashSet<string> Tracking = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "mibextid", "igsh", "igshid", "gclid", "gclsrc", "gad_source", "gad_campaignid", "gbraid", "wbraid", "dclid", "_ga", "_gl", "msclkid", "yclid", "_openstat",
        "ttclid", "twclid", "ref_src", "li_fat_id", "epik", "rdt_cid", "sccid", "mc_cid", "mc_eid", "mkt_tok", "_kx", "ck_subscriber_id", "vero_id", "oly_anon_id", "oly_enc_id",
        "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking", "s_cid", "s_kwcid", "ef_id", "irclickid", "rb_clickid", "wickedid", "_branch_match_id",
        "pk_campaign", "pk_kwd", "pk_source", "pk_medium",
    };

    private static readonly string[] TrackingBeginnings = ["utm_", "mtm_", "hsa_"];

    /// <summary>Names of networks: <c>ref</c> says where somebody came from with one of them, and may choose the page with anything else.</summary>
    private static readonly HashSet<string> Networks = new(StringComparer.OrdinalIgnoreCase)
    {
        "twitter", "twitter.com", "t.co", "x.com", "facebook", "facebook.com", "fb", "linkedin", "linkedin.com", "instagram", "reddit", "youtube", "whatsapp", "telegram", "bluesky", "bsky.app", "mastodon",
        "threads", "tiktok", "pinterest", "google", "bing", "duckduckgo",
    };

    /// <summary>
    /// Host without <c>www.</c> and the DNS root's dot, path without a slash at its end, and the parameters that choose the page; no scheme, fragment or
    /// tracking. Null for what is no web link.
    /// </summary>
    public static string? From(string? url)
    {
        if (!MarkdownRenderer.IsWebLink(url))
            return null;
        var uri = new Uri(url!);
        var host = uri.IdnHost.ToLowerInvariant();
        if (host.EndsWith('.'))
            host = host[..^1];
        if (host.StartsWith("www.", StringComparison.Ordinal))
            host = host[4..];
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => !IsTracking(parameter))
            .Order(StringComparer.Ordinal);
        var query = string.Join('&', parameters);
        return $"{host}{port}{uri.AbsolutePath.TrimEnd('/')}{(query.Length == 0 ? "" : "?")}{query}";
    }

    /// <summary>The address without the parameters that say who clicked where; all else as it was.</summary>
    public static Uri WithoutTracking(Uri address)
    {
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var kept = parameters.Where(parameter => !IsTracking(parameter)).ToList();
        return kept.Count == parameters.Length ? address : new UriBuilder(address) { Query = string.Join('&', kept) }.Uri;
    }

    private static bool IsTracking(string parameter)
    {
        var end = parameter.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = end < 0 ? (parameter, "") : (parameter[..end], parameter[(end + 1)..]);
        return Tracking.Contains(name)
            || TrackingBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            || (name.Equals("ref", StringComparison.OrdinalIgnoreCase) && Networks.Contains(value));
    }
}
