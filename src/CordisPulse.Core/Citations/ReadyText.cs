using System.Globalization;

namespace CordisPulse.Core.Citations;

/// <summary>A citation as a sentence in the manner that is taught as Harvard, of which one part is in italics.</summary>
public sealed record ReadyText(string Before, string Italic, string After)
{
    private const int NamedAuthors = 3;

    /// <param name="accessed">The day on which the reader looks; null to leave it out.</param>
    public static ReadyText Of(Citation citation, DateOnly? accessed)
    {
        var by = citation.Authors.Count == 0 ? "" : $"{Names(citation.Authors)} ";
        var year = citation.Date is { } date ? $"({date.ToString()[..4]}) " : "(no date) ";
        var publisher = citation.Institution is { } institution && citation.Authors.All(name => name.Whole != institution) ? $" {institution}." : "";
        var stop = citation.Title is [.., '.' or '?' or '!' or '…'] ? "" : ".";
        var (before, italic, after) = citation.In is { } edition ? ($"{by}{year}‘{citation.Title}’, ", edition, ".")
            : by.Length > 0 ? (by + year, citation.Title, stop + publisher)
            : ("", citation.Title, $" {year.Trim()}.");
        return new ReadyText(before, italic, after + Where(citation, accessed));
    }

    public override string ToString() => Before + Italic + After;

    private static string Where(Citation citation, DateOnly? accessed)
    {
        var address = citation.Doi is { } doi ? $"https://doi.org/{doi}" : citation.Url;
        if (address is null)
            return "";
        var seen = accessed is { } day ? $" (Accessed: {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)})" : "";
        return $" Available at: {address}{seen}";
    }

    private static string Names(IReadOnlyList<CitedName> authors) => authors.Count > NamedAuthors
        ? $"{authors[0].Shortened} et al."
        : string.Join(" and ", new[] { string.Join(", ", authors.SkipLast(1).Select(name => name.Shortened)), authors[^1].Shortened }.Where(part => part.Length > 0));
}
