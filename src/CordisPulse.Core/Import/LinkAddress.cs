using System.Text;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Import;

/// <summary>Addresses of links as Markdown can hold them, and what stands within those that mailing tools put in their place.</summary>
internal static partial class LinkAddress
{
    private static readonly string[] Trackers =
        ["list-manage.com", "createsend.com", "createsend1.com", "cmail19.com", "cmail20.com", "sendgrid.net", "mailchi.mp", "mandrillapp.com", "safelinks.protection.outlook.com", "hubspotlinks.com", "exct.net", "dotdigital-pages.com", "constantcontact.com", "rs6.net", "sendibm1.com", "mlsend.com", "urldefense.com", "google.com"];

    /// <summary>Null for what is no place to go to: a script, data, a place on the same page.</summary>
    public static string? Of(string? href)
    {
        var address = new StringBuilder();
        foreach (var c in href?.Trim() ?? "")
            _ = c switch
            {
                _ when char.IsControl(c) => address,
                ' ' => address.Append("%20"),
                '<' => address.Append("%3C"),
                '>' => address.Append("%3E"),
                '\\' => address.Append("%5C"),
                _ => address.Append(c),
            };
        var text = address.ToString();
        if (text.Length == 0 || (text.StartsWith('#') && text.Length > 1))
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 && text.AsSpan(0, colon).IndexOfAny("/?#") < 0 ? text[..colon].ToLowerInvariant() : "";
        if (scheme is not ("" or "http" or "https" or "mailto"))
            return null;
        return AreBalanced(text) ? text : text.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
    }

    /// <summary>An e-mail address that its words already say.</summary>
    public static bool IsItself(string? address, string words)
        => address?.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) == true && address["mailto:".Length..].Equals(words.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The host, where it is one that counts clicks and sends on: a mailing tool's own, or a firm's that leads to one.</summary>
    public static string? Tracker(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return null;
        return Trackers.FirstOrDefault(tracker => uri.Host == tracker || uri.Host.EndsWith("." + tracker, StringComparison.Ordinal)) is { } found
            && (found != "google.com" || uri.AbsolutePath == "/url")
            ? found
            : TrackingPath().IsMatch(uri.AbsolutePath) || (uri.AbsolutePath == "/url" && GoogleAbroad().IsMatch(uri.Host)) ? uri.Host : null;
    }

    /// <summary>The address that stands whole in a parameter of another; null where there is none.</summary>
    public static string? Target(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        foreach (var parameter in uri.Query.TrimStart('?').Split('&'))
            if (parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                && Uri.UnescapeDataString(parameter[(at + 1)..]) is var value
                && (value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
                && Uri.TryCreate(value, UriKind.Absolute, out _))
                return value;
        return null;
    }

    private static bool AreBalanced(string text)
    {
        var depth = 0;
        foreach (var c in text)
            if (c == '(')
                depth++;
            else if (c == ')' && --depth < 0)
                return false;
        return depth == 0;
    }

    /// <summary>Mailchimp's and Campaign Monitor's paths, which stay what they are under a domain of the sender's.</summary>
    [GeneratedRegex("^/(track/click(/|$)|t/[a-z]-[a-z]-[a-z0-9]+-[a-z0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex TrackingPath();

    [GeneratedRegex(@"^(?:www\.)?google\.(?:[a-z]{2}|com?\.[a-z]{2})$", RegexOptions.IgnoreCase)]
    private static partial Regex GoogleAbroad();
}
