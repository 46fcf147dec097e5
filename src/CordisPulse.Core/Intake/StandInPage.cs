using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace CordisPulse.Core.Intake;

/// <summary>Pages that stand in the report's place: one that only sends on to another, and one that says there is none although its server does not.</summary>
internal static partial class StandInPage
{
    /// <summary>A page that waits longer is there to be read.</summary>
    private const int MostSeconds = 10;

    /// <summary>Of words, which say no more than that one is sent on.</summary>
    private const int MostCharacters = 400;

    /// <summary>The address that a page without text of its own sends to (HTML's <c>refresh</c>), as it is written; null for any other page.</summary>
    public static string? SendsOnTo(IDocument document)
    {
        foreach (var meta in document.QuerySelectorAll("meta[http-equiv][content]"))
            if (meta.GetAttribute("http-equiv")!.Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase)
                && meta.Closest("noscript") is null
                && Refresh().Match(meta.GetAttribute("content")!) is { Success: true } refresh
                && (refresh.Groups["seconds"].Length == 0 || (int.TryParse(refresh.Groups["seconds"].Value, out var seconds) && seconds <= MostSeconds)))
                return Words(document) <= MostCharacters ? refresh.Groups["address"].Value.Trim() : null;
        return null;
    }

    /// <summary>"404 – Page not found", and whatever else a page without a report is called.</summary>
    public static bool SaysNotFound(string title) => NotFound().IsMatch(title);

    public static bool IsSendingOn(string title) => Redirecting().IsMatch(title);

    private static int Words(IDocument document)
        => document.Body?.Descendants<IText>().Where(text => text.ParentElement?.LocalName is not ("script" or "style" or "noscript" or "template")).Sum(text => text.Data.Trim().Length) ?? 0;

    [GeneratedRegex("""^\s*(?<seconds>\d{0,6})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['"]?(?<address>[^'"\s]+)""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Refresh();

    [GeneratedRegex(
        @"^\W*(?:(?:http\W*)?(?:error\W*)?404(?:\W*error)?(?:\W*$|\W*\||\W+(?:not\s+found|(?:the\s+|this\s+)?(?:page|file|document)\b))|(?:(?:oops|sorry)\W+)?(?:the\s+|this\s+|your\s+)?(?:requested\s+)?(?:page|file|document)\s+(?:(?:is|was)\s+)?(?:not\s+found|(?:can(?:not|['’]t)|could\s+not|couldn['’]t)\s+be\s+found|does\s+not\s+exist|doesn['’]t\s+exist|no\s+longer\s+exists)|not\s+found\W*(?:$|[|–—-]\s))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();

    [GeneratedRegex(@"^\W*(?:you\s+are\s+being\s+)?redirect(?:ing|ed)\b.{0,40}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Redirecting();
}
