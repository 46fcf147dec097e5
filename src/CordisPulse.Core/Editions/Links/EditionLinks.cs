using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions.Links;

/// <param name="IsOfItem">An item's own link, in contrast to one of a news item or within a text.</param>
public sealed record EditionLink(string Url, bool IsOfItem);

/// <summary>An address where it stands in an edition.</summary>
/// <param name="TextId">Key of the item or news item; 0 for the introduction.</param>
/// <param name="IsWithin">Within the text, in contrast to the item's or the news item's own link.</param>
public sealed record PlacedLink(string Url, FindingPlace Place, int TextId, bool IsWithin, string? Title);

public static class EditionLinks
{
    /// <summary>Every web address that the edition leads to, once, in reading order.</summary>
    public static IReadOnlyList<EditionLink> In(EditionDocument document)
        => [.. Placed(document)
            .GroupBy(link => link.Url, StringComparer.Ordinal)
            .Select(same => new EditionLink(same.Key, same.Any(link => link is { Place: FindingPlace.Item, IsWithin: false })))];

    /// <summary>Every web address that the edition leads to, with each of its places.</summary>
    public static IEnumerable<PlacedLink> Placed(EditionDocument document)
        => document.News.Select(news => new PlacedLink(news.Url ?? "", FindingPlace.News, news.NewsItemId, false, news.Title))
            .Concat(document.Items.Select(placed => new PlacedLink(placed.Item.Url ?? "", FindingPlace.Item, placed.Item.ItemId, false, placed.Item.Title)))
            .Concat(Within(document.Introduction, FindingPlace.Introduction, 0, null))
            .Concat(document.News.SelectMany(news => Within(news.Body, FindingPlace.News, news.NewsItemId, news.Title)))
            .Concat(document.Items.SelectMany(placed => Within(placed.Item.Summary, FindingPlace.Item, placed.Item.ItemId, placed.Item.Title)))
            .Where(link => MarkdownRenderer.IsWebLink(link.Url) && !MarkdownLinks.IsPlaceholder(link.Url) && link.Url.Length <= Limits.Url);

    private static IEnumerable<PlacedLink> Within(string text, FindingPlace place, int textId, string? title)
        => MarkdownLinks.In(text).Select(link => new PlacedLink(link.Url, place, textId, true, title));
}
