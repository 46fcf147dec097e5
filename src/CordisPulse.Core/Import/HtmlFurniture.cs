using AngleSharp.Dom;

namespace CordisPulse.Core.Import;

/// <summary>Tells the text of a page from what only places it or stands beside it.</summary>
internal static class HtmlFurniture
{
    private const int LongestCell = 200;

    /// <summary>The part of a web page that its markup calls the main one, where most of its words stand in it; newsletters have none.</summary>
    public static IElement? Main(IElement body)
        => body.QuerySelectorAll("main") is { Length: 1 } parts && parts[0].TextContent.Length * 2 >= body.TextContent.Length ? parts[0] : null;

    /// <summary>Within the main part: ways to other places, and forms to fill in.</summary>
    public static bool IsBeside(IElement element)
        => element.LocalName is "nav" or "form" || (element.LocalName is "aside" or "details" && element.QuerySelector("nav, form") is not null);

    /// <summary>What colleagues wrote beside a document of Google's, or a mark that leads there.</summary>
    public static bool IsComment(IElement element)
        => element.LocalName == "a"
            ? element.GetAttribute("href")?.StartsWith("#cmnt", StringComparison.Ordinal) == true
            : element.LocalName == "div" && element.Children.Any(paragraph => paragraph.Children.Any(link => link.LocalName == "a" && link.GetAttribute("href")?.StartsWith("#cmnt_ref", StringComparison.Ordinal) == true));

    /// <summary>Its rows where a table says something by its columns; null where it only places things.</summary>
    public static List<List<IElement>>? DataTable(IElement table)
    {
        if (table.GetAttribute("role") is "presentation" or "none" || table.QuerySelector("table, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, hr") is not null)
            return null;
        List<List<IElement>> rows =
        [
            .. table.QuerySelectorAll("tr").Select(row => row.Children.Where(cell => cell.LocalName is "td" or "th").ToList()).Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell.TextContent))),
        ];
        if (rows.Count < 2 || rows[0].Count < 2 || table.QuerySelector("caption") is not null)
            return null;
        var columns = rows.Max(row => row.Count);
        var isData = rows.TrueForAll(row => row.Count == columns) && rows.TrueForAll(row => row.TrueForAll(cell => cell.TextContent.Length <= LongestCell && cell.QuerySelectorAll("p, div").Length <= 1));
        return isData && (table.QuerySelector("th") is not null || rows.TrueForAll(row => row.TrueForAll(cell => !string.IsNullOrWhiteSpace(cell.TextContent)))) ? rows : null;
    }
}
