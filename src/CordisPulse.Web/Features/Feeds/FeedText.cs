using System.Text;
using System.Text.Encodings.Web;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>What feeds say about an edition.</summary>
internal static class FeedText
{
    /// <summary>The introduction and the titles, each leading to its item's page. Addresses are absolute, since a feed is read elsewhere.</summary>
    public static string Html(EditionDocument edition, SiteLinks links, MarkdownRenderer markdown)
    {
        var html = new StringBuilder();
        foreach (var correction in edition.Corrections ?? [])
            html.Append("<p><strong>").Append(Encode(correction.Heading)).Append("</strong> ").Append(Encode(correction.Text)).Append("</p>\n");
        html.Append(markdown.ToHtml(edition.Introduction, resolve: CrossReferences.ToItems(edition, links)));
        foreach (var sector in edition.Sectors)
        {
            html.Append("<h2>").Append(Encode(sector.Name)).Append("</h2>\n<ul>\n");
            foreach (var item in sector.Sections.SelectMany(section => section.Items))
            {
                html.Append("<li>");
                if (item.Source is { Length: > 0 } source)
                    html.Append(Encode(source)).Append(": ");
                html.Append("<a href=\"").Append(Encode(links.Item(edition.Month, item.Slug))).Append("\">").Append(Encode(item.Title)).Append("</a></li>\n");
            }

            html.Append("</ul>\n");
        }

        return XmlCharacters.Clean(html.ToString());
    }

    /// <summary>An item's summary as plain text, with its newest correction before it.</summary>
    public static string Plain(ListedItem item)
        => XmlCharacters.Clean(item is { CorrectedUtc: { } at, Correction: { } correction } ? $"{DocumentCorrection.HeadingOf(at)} {correction}\n\n{item.SummaryText}" : item.SummaryText);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
