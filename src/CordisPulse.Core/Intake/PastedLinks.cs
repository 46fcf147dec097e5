using System.Text.RegularExpressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Intake;

/// <summary>Finds the links in whatever somebody pasted.</summary>
public static partial class PastedLinks
{
    /// <summary>Each page once, in the order of the text; lines like <c>www.example.org/report</c> count as links.</summary>
    public static IReadOnlyList<string> In(string text)
        => [.. Link().Matches(text)
            .Select(match => Whole(match.Value))
            .Where(link => link.Length <= Limits.Url && LinkKey.From(link) is not null)
            .DistinctBy(LinkKey.From)];

    private static string Whole(string found)
    {
        var link = found.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? $"https://{found}" : found;
        // What ends a sentence or closes a bracket around the link is no part of it; a bracket of its own is.
        while (link.Length > 0 && (".,;:!?'\"”’*_".Contains(link[^1], StringComparison.Ordinal) || (link[^1] is ')' or ']' && !IsClosed(link))))
            link = link[..^1];
        return link;
    }

    private static bool IsClosed(string link)
        => link.Count(c => c is '(' or '[') >= link.Count(c => c is ')' or ']');

    [GeneratedRegex("""(?:https?://|(?<![\w./@])www\.)[^\s<>"“|\\^`{}]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link();
}
