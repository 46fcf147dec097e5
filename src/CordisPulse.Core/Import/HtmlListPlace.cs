using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace CordisPulse.Core.Import;

/// <summary>Where an entry of a list stands in pages that say so beside their elements: Outlook's paragraphs and Google Docs' lists side by side.</summary>
/// <param name="Level">From 1.</param>
/// <param name="IsNumbered">Its mark is a number or a letter, no bullet.</param>
/// <param name="First">The number it has, where it begins a list.</param>
internal readonly partial record struct HtmlListPlace(int Level, bool IsNumbered, int First)
{
    /// <summary>Null for what is no paragraph of a list of Outlook's.</summary>
    public static HtmlListPlace? OfParagraph(IElement element)
    {
        if (element.LocalName is not ("p" or "div") || element.GetAttribute("style") is not { } style || OutlookLevel().Match(style) is not { Success: true } level)
            return null;
        var mark = element.QuerySelectorAll("span").FirstOrDefault(IsMark)?.TextContent.Trim() ?? "";
        var isNumbered = mark.Length > 1 && mark[^1] is '.' or ')' && char.IsLetterOrDigit(mark[^2]);
        var first = isNumbered && int.TryParse(mark.Trim('(', ')', '.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1000 ? number : 1;
        return new HtmlListPlace(level.Groups[1].ValueSpan[0] - '0', isNumbered, first);
    }

    /// <summary>Null for a list that holds its entries' own lists within.</summary>
    public static HtmlListPlace? OfList(IElement element)
    {
        if (element.LocalName is not ("ul" or "ol") || element.ClassName is not { } name || GoogleLevel().Match(name) is not { Success: true } level)
            return null;
        var first = int.TryParse(element.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start < 1000 ? start : 1;
        return new HtmlListPlace(level.Groups[1].ValueSpan[0] - '0' + 1, element.LocalName == "ol", first);
    }

    /// <summary>The bullet or number that Outlook writes out within the paragraph.</summary>
    public static bool IsMark(IElement element)
        => element.LocalName == "span" && element.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal).Contains("mso-list:ignore", StringComparison.OrdinalIgnoreCase) == true;

    [GeneratedRegex(@"mso-list:\s*l[0-9]+\s+level([1-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OutlookLevel();

    [GeneratedRegex(@"(?:^|\s)lst-\w+-([0-8])(?:\s|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GoogleLevel();
}
