using System.Text.RegularExpressions;
using CordisPulse.Core.Data;

namespace CordisPulse.Core.Editions;

/// <summary>What two mentions of the same DOI have in common, whether each stands by itself or within a link.</summary>
public static partial class DoiKey
{
    /// <summary>What publishers put behind a DOI to say which form of the article is meant. The longer come before those that they end in.</summary>
    private static readonly string[] Forms =
    [
        ".full-text", ".fulltext", ".abstract", ".full", ".epdf", ".pdf", ".html", ".htm", ".xml", ".epub", "/fulltext", "/full-text", "/full", "/abstract", "/summary", "/epdf", "/pdf", "/html",
        "/epub", "/references", "/meta",
    ];

    /// <summary>The name alone (<c>10.1234/x</c>) in lower case, since DOIs do not tell case (ISO 26324); null where neither holds one.</summary>
    /// <param name="doi">As written: bare, after <c>doi:</c>, or as a link.</param>
    /// <param name="url">Asked where <paramref name="doi"/> says nothing.</param>
    public static string? From(string? doi, string? url) => OfName(doi) ?? OfLink(url);

    private static string? OfName(string? doi)
        => string.IsNullOrWhiteSpace(doi) ? null
            : OfLink(doi.Trim()) ?? (Name().Match(doi) is { Success: true } found ? Plain(found.Value) : ArxivName().Match(doi) is { Success: true } arxiv ? OfArxiv(arxiv) : null);

    private static string? OfLink(string? url)
    {
        if (url is null || url.Length > Limits.Url || !Uri.TryCreate(url, UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https"))
            return null;
        if (IsAt(link, "arxiv.org") && ArxivPath().Match(link.AbsolutePath) is { Success: true } arxiv)
            return OfArxiv(arxiv);
        return InLink().Match(Uri.UnescapeDataString(link.PathAndQuery)) is { Success: true } found ? Plain(found.Groups["name"].Value) : null;
    }

    private static bool IsAt(Uri link, string host)
        => link.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || link.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Without what a sentence, a session or a publisher has put behind it, so that both sides lose the same.</summary>
    private static string Plain(string found)
    {
        var name = found.ToLowerInvariant();
        if (name.IndexOf(";jsessionid", StringComparison.Ordinal) is >= 0 and var session)
            name = name[..session];
        for (var before = ""; before != name;)
        {
            before = name;
            while (name.Length > 0 && (".,;:/'\"”’".Contains(name[^1], StringComparison.Ordinal) || (name[^1] is ')' or ']' && name.Count(c => c is '(' or '[') < name.Count(c => c is ')' or ']'))))
                name = name[..^1];
            if (Array.Find(Forms, form => name.EndsWith(form, StringComparison.Ordinal)) is { } end)
                name = name[..^end.Length];
        }

        // Of a preprint each version has the DOI of all; only its page names the version.
        return name.StartsWith("10.48550/arxiv.", StringComparison.Ordinal) || name.StartsWith("10.1101/", StringComparison.Ordinal) ? Version().Replace(name, "") : name;
    }

    private static string OfArxiv(Match found) => $"10.48550/arxiv.{found.Groups["id"].Value.ToLowerInvariant()}";

    [GeneratedRegex(@"\b10\.\d{4,9}(?:\.\d+)*/\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>A part of the path, or a parameter that holds nothing else.</summary>
    [GeneratedRegex(@"(?:/|[?&](?:id|doi)=(?:doi:)?)(?<name>10\.\d{4,9}(?:\.\d+)*/[^\s?&]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InLink();

    /// <summary>As numbered since 2007, or as before that.</summary>
    [GeneratedRegex(@"^/(?:abs|pdf|html|ps|format|e-print)/(?<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ArxivPath();

    [GeneratedRegex(@"^\s*arxiv:\s*(?<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ArxivName();

    [GeneratedRegex(@"(?<=\d)v\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
