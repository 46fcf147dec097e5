using System.Xml;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>Writes the sitemap by the protocol of sitemaps.org: one file while it is small, or else an index and a file for each part.</summary>
public sealed class SitemapWriter(SitemapQueries queries, PublicAddress address)
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public async Task<string> WriteAsync(CancellationToken cancellationToken)
        => await queries.ListPartsAsync(cancellationToken) is { } parts
            ? Xml("sitemapindex", "sitemap", parts.Select(part => new SitemapEntry($"sitemap-{part.Name}.xml", part.ChangedUtc)))
            : Xml("urlset", "url", await queries.ListAllAsync(cancellationToken));

    /// <summary>Null for a part that there is none of.</summary>
    public async Task<string?> WritePartAsync(string part, CancellationToken cancellationToken)
        => await queries.ListPartAsync(part, cancellationToken) is { Count: > 0 } entries ? Xml("urlset", "url", entries) : null;

    private string Xml(string root, string element, IEnumerable<SitemapEntry> entries)
    {
        var links = address.Links;
        return XmlText.Write(writer =>
        {
            writer.WriteStartElement(root, Namespace);
            foreach (var entry in entries)
            {
                writer.WriteStartElement(element, Namespace);
                writer.WriteElementString("loc", Namespace, links.To(entry.Path));
                if (entry.ChangedUtc is { } changed)
                    writer.WriteElementString("lastmod", Namespace, XmlConvert.ToString(changed, XmlDateTimeSerializationMode.Utc));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        });
    }
}
