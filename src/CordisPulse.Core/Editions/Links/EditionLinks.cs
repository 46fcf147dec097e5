using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions.Links;

/// <param name="IsOfItem">An item's own link, in contrast to one of a news item or within a text.</param>
public sealed record EditionLink(string Url, bool IsOfItem);

public static class EditionLinks
{
    /// <summary>Every web address that the edition leads to, once, in reading order.</summary>
    public static IReadOnlyList<EditionLink> In(EditionDocument document)
        => [.. document.News.Select(news => new EditionLink(news.Url ?? "", false))
            .Concat(document.Items.Select(placed => new EditionLink(placed.Item.Url ?? "", true)))
            .Concat(Texts(document).SelectMany(MarkdownLinks.In).Select(link => new EditionLink(link.Url, false)))
            .Where(link => MarkdownRenderer.IsWebLink(link.Url) && !MarkdownLinks.IsPlaceholder(link.Url) && link.Url.Length <= Limits.Url)
            .GroupBy(link => link.Url, StringComparer.Ordinal)
            .Select(same => new EditionLink(same.Key, same.Any(link => link.IsOfItem)))];

    private static IEnumerable<string> Texts(EditionDocument document)
        => [document.Introduction, .. document.News.Select(news => news.Body), .. document.Items.Select(placed => placed.Item.Summary)];
}
