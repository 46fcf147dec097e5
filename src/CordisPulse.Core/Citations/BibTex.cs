using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Citations;

/// <summary>Citations for BibTeX and what reads its files: UTF-8, one field a line, nothing in it that TeX would run.</summary>
public static partial class BibTex
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static string Write(IEnumerable<Citation> citations) => string.Join('\n', citations.Select(Write));

    public static string Write(Citation citation)
    {
        var isReport = citation is { Kind: CitationKind.Report, Institution: not null };
        var date = citation.Date?.ToString().Split('-') ?? [];
        var text = new StringBuilder($"@{(isReport ? "techreport" : "misc")}{{{citation.Key},\n");
        Field("author", string.Join(" and ", citation.Authors.Select(Name)));
        // A second pair of braces keeps capitals as they are.
        Field("title", $"{{{Escape(citation.Title)}}}");
        Field(isReport ? "institution" : "publisher", citation.In is null && citation.Institution is { } institution ? $"{{{Escape(institution)}}}" : "");
        Field("howpublished", Escape(citation.In ?? ""));
        Field("year", date.ElementAtOrDefault(0) ?? "");
        if (date.Length > 1)
            text.Append(CultureInfo.InvariantCulture, $"  month = {Months[int.Parse(date[1], CultureInfo.InvariantCulture) - 1]},\n");
        Field("day", date.ElementAtOrDefault(2)?.TrimStart('0') ?? "");
        Field("doi", Verbatim(citation.Doi ?? ""));
        Field("url", Verbatim(citation.Url ?? ""));
        return text.Append("}\n").ToString();

        void Field(string name, string value)
        {
            if (value.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"  {name} = {{{value}}},\n");
        }
    }

    /// <summary>What cannot be told to be a person stands in braces, so that nothing splits it.</summary>
    private static string Name(CitedName name) => name.Family is null ? $"{{{Escape(name.Whole)}}}" : Escape(name.Sorted);

    /// <summary>Braces are counted by BibTeX even behind a backslash, so that each becomes a command.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in Spaces().Replace(text.Trim(), " "))
            escaped.Append(c switch
            {
                '\\' => @"\textbackslash{}",
                '{' => @"\textbraceleft{}",
                '}' => @"\textbraceright{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '&' or '%' or '$' or '#' or '_' => $@"\{c}",
                _ => c.ToString(),
            });
        return escaped.ToString();
    }

    /// <summary>For fields that BibTeX styles print as they are.</summary>
    private static string Verbatim(string address) => Unsafe().Replace(address, match => Uri.HexEscape(match.Value[0]));

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[{}\\\x00-\x20\x7f]")]
    private static partial Regex Unsafe();
}
