using System.Text;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Citations;

/// <summary>Citations in the RIS format: a tag of two letters, two spaces, a hyphen and a space, then one line of text, each ended by CR and LF.</summary>
public static partial class Ris
{
    public static string Write(IEnumerable<Citation> citations) => string.Join("\r\n", citations.Select(Write));

    public static string Write(Citation citation)
    {
        var text = new StringBuilder();
        Line("TY", citation.Kind == CitationKind.Report ? "RPRT" : "ELEC");
        foreach (var author in citation.Authors)
            // The format forbids asterisks in names.
            Line("AU", author.Sorted.Replace("*", "", StringComparison.Ordinal));
        Line("TI", citation.Title);
        Line("T2", citation.In);
        Line("PB", citation.Institution);
        if (citation.Date?.ToString().Split('-') is { } date)
        {
            Line("PY", date[0]);
            Line("DA", $"{date[0]}/{date.ElementAtOrDefault(1)}/{date.ElementAtOrDefault(2)}/");
        }

        Line("DO", citation.Doi);
        Line("UR", citation.Url);
        Line("ID", citation.Key);
        return text.Append("ER  - \r\n").ToString();

        void Line(string tag, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                text.Append(tag).Append("  - ").Append(Spaces().Replace(value.Trim(), " ")).Append("\r\n");
        }
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();
}
