using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Rendering;

/// <summary>An edition as JSON for readers: without what was set aside, keys of the desk, and addresses that no reader can open.</summary>
public static class EditionJson
{
    public static string Write(EditionDocument edition) => (edition with
    {
        SetAside = [],
        Corrections = edition.Corrections is null ? null : [.. edition.Corrections.Select(correction => correction with { ItemIds = null, Items = [.. Slugs(edition, correction)] })],
        News = [.. edition.News.Select(news => news with { Url = Openable(news.Url) })],
        Sectors = [.. edition.Sectors.Select(sector => sector with
        {
            Sections = [.. sector.Sections.Select(section => section with
            {
                Items = [.. section.Items.Select(ForReaders)],
            })],
        })],
    }).ToJson();

    /// <summary>An item as it stands there.</summary>
    public static DocumentItem ForReaders(DocumentItem item) => item with { ItemId = 0, Url = Openable(item.Url) };

    private static IEnumerable<string> Slugs(EditionDocument edition, DocumentCorrection correction)
        => edition.Items.Where(placed => correction.ItemIds?.Contains(placed.Item.ItemId) == true).Select(placed => placed.Item.Slug);

    private static string? Openable(string? url) => MarkdownRenderer.IsWebLink(url) ? url : null;
}
