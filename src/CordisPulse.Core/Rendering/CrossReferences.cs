using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// What <c>#item-slug</c> within a text of an edition leads to, for <see cref="MarkdownRenderer.ToHtml"/>. A reference to an item that
/// is not there leads nowhere.
/// </summary>
public static class CrossReferences
{
    /// <summary>Within the edition's own page.</summary>
    public static Func<string, string?> WithinPage(EditionDocument edition) => For(edition, slug => $"#{slug}");

    /// <summary>To the pages of the items.</summary>
    public static Func<string, string?> ToItems(EditionDocument edition, SiteLinks links) => For(edition, slug => links.Item(edition.Month, slug));

    private static Func<string, string?> For(EditionDocument edition, Func<string, string> address)
    {
        var slugs = edition.Items.Select(placed => placed.Item.Slug).ToHashSet();
        return url => url is ['#', ..] && slugs.Contains(url[1..]) ? address(url[1..]) : null;
    }
}
