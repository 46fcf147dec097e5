using System.Text.RegularExpressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;

namespace CordisPulse.Core.Intake;

/// <summary>The links in what somebody pasted, and what of it is none.</summary>
/// <param name="Links">Each page once, in the order of the text.</param>
/// <param name="Repeated">Those of them that stand there more than once.</param>
/// <param name="Refused">What leads to no web page, such as <c>javascript:</c> and mail addresses, and links that are too long.</param>
/// <param name="LinesWithout">Lines that hold neither.</param>
public sealed record PastedText(IReadOnlyList<string> Links, IReadOnlyList<string> Repeated, IReadOnlyList<string> Refused, IReadOnlyList<string> LinesWithout);

/// <summary>Finds the links in whatever somebody pasted.</summary>
public static partial class PastedLinks
{
    /// <summary>Lines like <c>www.example.org/report</c> count as links.</summary>
    public static PastedText In(string text)
    {
        var (found, refused, without) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var line in text.Split('\n'))
        {
            var (links, others) = (found.Count, refused.Count);
            foreach (Match match in Address().Matches(line))
                if (TrackedLinks.Unwrapped(Whole(match.Value)) is var address && match.Groups["other"].Success)
                    refused.Add(address);
                else
                    (address.Length <= Limits.Url && LinkKey.From(address) is not null ? found : refused).Add(address);
            if (found.Count == links && refused.Count == others && VisibleText.IsIn(line))
                without.Add(line.Trim());
        }

        var pages = found.GroupBy(LinkKey.From).ToList();
        return new PastedText([.. pages.Select(page => page.First())], [.. pages.Where(page => page.Skip(1).Any()).Select(page => page.First())], refused, without);
    }

    private static string Whole(string found)
    {
        // No link, whatever ends it; and to look for its end would take the square of its length.
        if (found.Length > 2 * Limits.Url)
            return found;
        var link = found.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? $"https://{found}" : found;
        // What ends a sentence or closes a bracket around the link is no part of it; a bracket of its own is.
        while (link.Length > 0 && (".,;:!?'\"”’*_".Contains(link[^1], StringComparison.Ordinal) || (link[^1] is ')' or ']' && !IsClosed(link))))
            link = link[..^1];
        return link;
    }

    private static bool IsClosed(string link)
        => link.Count(c => c is '(' or '[') >= link.Count(c => c is ')' or ']');

    // What another scheme leads to is taken as a whole, so that no link within it counts.
    [GeneratedRegex(
        """(?:https?://|(?<![\w./@])www\.)[^\s<>"“|\\^`{}]+|(?<other>(?<!\w)(?:(?:javascript|vbscript|data|mailto|tel|sms|blob|about):|(?:ftp|file)://)[^\s<>"“]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Address();
}
