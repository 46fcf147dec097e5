using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Intake;

namespace CordisPulse.Core.Feeds;

/// <summary>What is found in one entry, in the words of the feed, and the entry that it makes.</summary>
internal sealed partial record EntryFields
{
    /// <summary>Of a text that may hold HTML; enough for any description.</summary>
    public const int LongestText = 20_000;

    private const int LongestId = 2000;

    /// <summary>Zones that RFC 822 and writers of feeds call by name.</summary>
    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = "+00:00",
        ["UTC"] = "+00:00",
        ["GMT"] = "+00:00",
        ["Z"] = "+00:00",
        ["BST"] = "+01:00",
        ["CET"] = "+01:00",
        ["CEST"] = "+02:00",
        ["EST"] = "-05:00",
        ["EDT"] = "-04:00",
        ["CST"] = "-06:00",
        ["CDT"] = "-05:00",
        ["MST"] = "-07:00",
        ["MDT"] = "-06:00",
        ["PST"] = "-08:00",
        ["PDT"] = "-07:00",
    };

    public string? Id { get; set; }

    /// <summary>Where the short links of the entry start from.</summary>
    public required Uri Base { get; set; }

    public string? Link { get; set; }

    /// <summary>For an entry without a link: its name, where that is an address.</summary>
    public string? LinkLikeId { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    public string? Published { get; set; }

    /// <summary>Heard where nothing says when it was published.</summary>
    public string? Updated { get; set; }

    /// <summary>The first link stands, and what it starts from.</summary>
    public void SetLink(Uri start, string link)
    {
        if (Link is null)
            (Base, Link) = (start, link);
    }

    /// <returns>Null for an entry that leads to no web page.</returns>
    public AnnouncedEntry? Entry()
    {
        // A name that is no whole address would be taken for a page of the feed's site.
        var url = string.IsNullOrWhiteSpace(Link) ? Address(null, LinkLikeId) : Address(Base, Link);
        if (url is null)
            return null;
        var description = PlainText(Description, FeedDocument.LongestDescription);
        return new AnnouncedEntry(
            string.IsNullOrWhiteSpace(Id) ? null : Id.Trim() is { Length: > LongestId } id ? id[..LongestId] : Id.Trim(),
            url,
            PlainText(Title, FeedDocument.LongestTitle) ?? HtmlPage.Line(Limits.Name, description) ?? HtmlPage.Line(FeedDocument.LongestTitle, url)!,
            description,
            Date(Published) ?? Date(Updated));
    }

    /// <summary>The words of what may be HTML, on one line; null when there are none.</summary>
    internal static string? PlainText(string? text, int longest)
    {
        if (text is null || text.AsSpan().IndexOfAny('<', '&') < 0)
            return HtmlPage.Line(longest, text);
        var html = text.Length > LongestText ? text[..LongestText] : text;
        try
        {
            return HtmlPage.Line(longest, BoundedHtml.Read(BoundedHtml.Shallow(html), (document, _) => Words(document)));
        }
        catch (SlowHtmlException)
        {
            return null;
        }
    }

    private static string? Words(IDocument document)
    {
        foreach (var hidden in document.QuerySelectorAll("script, style"))
            hidden.Remove();
        return document.Body?.TextContent;
    }

    /// <summary>A time as RFC 822 or RFC 3339 write it, or as nearly so as most feeds do.</summary>
    internal static DateTime? Date(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 100)
            return null;
        var words = Weekday().Replace(text.Trim(), "");
        var zone = words[(words.LastIndexOf(' ') + 1)..];
        if (Zones.TryGetValue(zone, out var offset))
            words = words[..^zone.Length] + offset;
        return DateTimeOffset.TryParse(words, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date.UtcDateTime : null;
    }

    /// <param name="feed">Where a short link starts from; null when there may be none.</param>
    /// <param name="link">As the feed gives it. Browsers read over control characters, which could hide a scheme.</param>
    private static string? Address(Uri? feed, string? link)
        => link?.Length <= Limits.Url && string.Concat(link.Where(c => !char.IsControl(c))).Trim() is { Length: > 0 } whole
            && (feed is null ? Uri.TryCreate(whole, UriKind.Absolute, out var address) : Uri.TryCreate(feed, whole, out address))
            && address.AbsoluteUri is { Length: <= Limits.Url } url && LinkKey.From(url) is not null
            ? url
            : null;

    [GeneratedRegex(@"\A[A-Za-z]{2,9},\s*")]
    private static partial Regex Weekday();
}
