using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace CordisPulse.Core.Import;

/// <summary>
/// What Google Docs' numbered classes (<c>.c7</c>) say of the letters: bold, italic, size. Other pages' classes are not read: what they
/// look like is the business of whole sheets of styles.
/// </summary>
internal sealed partial class HtmlClasses
{
    private const int MostStyles = 200_000;

    private readonly Dictionary<string, string> _declarations = new(StringComparer.Ordinal);

    public HtmlClasses(IDocument document)
    {
        if (document.Body?.ClassList.Contains("doc-content") != true && document.QuerySelector("[class*='lst-kix_']") is null)
            return;
        foreach (var style in document.QuerySelectorAll("style").Where(style => style.TextContent.Length <= MostStyles))
            foreach (Match rule in Rule().Matches(style.TextContent))
                _declarations[rule.Groups[1].Value] = rule.Groups[2].Value;
    }

    /// <summary>Declarations of the element's classes with those of its own, which count for more; null where there is none.</summary>
    public string? Declarations(IElement element)
    {
        var own = element.GetAttribute("style");
        if (_declarations.Count == 0)
            return own;
        var all = string.Join(';', element.ClassList.Select(name => _declarations.GetValueOrDefault(name)).Append(own).Where(declarations => declarations is not null));
        return all.Length > 0 ? all : null;
    }

    [GeneratedRegex(@"\.(c[0-9]+)\{([^{}]*)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rule();
}
