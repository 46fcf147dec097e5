using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Archive.Search;

/// <summary>The texts of an entry as readers see them.</summary>
internal sealed record Shown(ListedItem? Item, string Title, string? Source, string Text)
{
    public static Shown Of(ListedItem item) => new(item, item.Title, item.Source, item.SummaryText);

    /// <summary>Null for news that the edition does not have.</summary>
    public static Shown? Of(EditionDocument edition, SearchEntry entry)
    {
        if (entry.Kind == SearchedKind.Introduction)
            return new Shown(null, $"Introduction to {edition.Title}", null, MarkdownRenderer.ToPlainText(edition.Introduction));
        return entry.Number < edition.News.Count && edition.News[entry.Number] is var news ? new Shown(null, news.Title, null, MarkdownRenderer.ToPlainText(news.Body)) : null;
    }
}
