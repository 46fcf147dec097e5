using System.ServiceModel.Syndication;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>Writes feeds (RFC 4287, JSON Feed 1.1) and the sitemap.</summary>
public sealed class FeedWriter(
    FeedQueries queries, ArchiveQueries archive, Publisher publisher, MarkdownRenderer markdown, PublicAddress address, IOptions<SiteOptions> site)
{
    private const string SitemapNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Only what JSON itself asks for is escaped: the feed is not part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<string> WriteEditionsAsync(CancellationToken cancellationToken)
    {
        var links = address.Links;
        var editions = await queries.ListEditionsAsync(cancellationToken);
        return await AtomAsync(links.Feed, site.Value.Name, links.Home, editions.Select(edition => new SyndicationItem
        {
            Id = links.Edition(edition.Edition.Month),
            Title = new TextSyndicationContent(FeedText.Clean(edition.Edition.Title)),
            Summary = new TextSyndicationContent(FeedText.Clean(edition.Edition.Preheader)),
            Content = SyndicationContent.CreateHtmlContent(FeedText.Html(edition.Edition, links, markdown)),
            PublishDate = Utc(edition.FirstPublishedUtc),
            LastUpdatedTime = Utc(edition.UpdatedUtc),
            Links = { SyndicationLink.CreateAlternateLink(new Uri(links.Edition(edition.Edition.Month)), "text/html") },
        }), cancellationToken);
    }

    /// <summary>The items of a sector; null when there is no such sector.</summary>
    public async Task<string?> WriteSectorAsync(string slug, CancellationToken cancellationToken)
    {
        if (await archive.FindSectorAsync(slug, cancellationToken) is not { } sector)
            return null;
        var links = address.Links;
        var items = await queries.ListSectorAsync(sector.Id, cancellationToken);
        return await AtomAsync(links.Sector(slug) + "/feed.atom", $"{site.Value.Name}: {sector.Name}", links.Sector(slug), items.Select(Entry), cancellationToken);
    }

    /// <summary>The newest items that a search finds.</summary>
    /// <param name="title">Of the search.</param>
    /// <param name="feed">Its address, relative to the site's; likewise <paramref name="page"/>, where people read it.</param>
    /// <param name="page">Where people read it.</param>
    /// <param name="items">What was found.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<string> WriteSearchAsync(string title, string feed, string page, IEnumerable<ListedItem> items, CancellationToken cancellationToken)
        => AtomAsync(address.Links.To(feed), $"{site.Value.Name}: {title}", address.Links.To(page), items.Select(Entry), cancellationToken);

    private SyndicationItem Entry(ListedItem item) => new()
    {
        Id = address.Links.Item(item.Month, item.Slug),
        Title = new TextSyndicationContent(FeedText.Clean(item.Source is { } source ? $"{source}: {item.Title}" : item.Title)),
        Content = SyndicationContent.CreatePlaintextContent(FeedText.Plain(item)),
        PublishDate = Utc(item.PublishedUtc),
        LastUpdatedTime = Utc(item.CorrectedUtc ?? item.PublishedUtc),
        Links = { SyndicationLink.CreateAlternateLink(new Uri(address.Links.Item(item.Month, item.Slug)), "text/html") },
    };

    public async Task<string> WriteJsonAsync(CancellationToken cancellationToken)
    {
        var links = address.Links;
        var editions = await queries.ListEditionsAsync(cancellationToken);
        var from = await publisher.GetAsync(cancellationToken);
        return JsonSerializer.Serialize(
            new JsonFeed(
                "https://jsonfeed.org/version/1.1", site.Value.Name, links.Home, links.To("feed.json"), "en-GB", [new JsonFeedAuthor(from.Name)],
                [.. editions.Select(edition => new JsonFeedItem(
                    links.Edition(edition.Edition.Month), links.Edition(edition.Edition.Month), edition.Edition.Title, edition.Edition.Preheader,
                    FeedText.Html(edition.Edition, links, markdown), Utc(edition.FirstPublishedUtc), Utc(edition.UpdatedUtc)))]),
            Json);
    }

    public async Task<string> WriteSitemapAsync(CancellationToken cancellationToken)
    {
        var links = address.Links;
        var entries = await queries.ListAddressesAsync(cancellationToken);
        return Xml(writer =>
        {
            writer.WriteStartElement("urlset", SitemapNamespace);
            foreach (var entry in entries)
            {
                writer.WriteStartElement("url", SitemapNamespace);
                writer.WriteElementString("loc", SitemapNamespace, links.To(entry.Path));
                if (entry.ChangedUtc is { } changed)
                    writer.WriteElementString("lastmod", SitemapNamespace, XmlConvert.ToString(changed, XmlDateTimeSerializationMode.Utc));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        });
    }

    private async Task<string> AtomAsync(
        string self, string title, string page, IEnumerable<SyndicationItem> entries, CancellationToken cancellationToken)
    {
        var items = entries.ToList();
        var from = await publisher.GetAsync(cancellationToken);
        var feed = new SyndicationFeed(items)
        {
            Id = self,
            Title = new TextSyndicationContent(FeedText.Clean(title)),
            Language = "en-GB",
            LastUpdatedTime = items.Count == 0 ? DateTimeOffset.UnixEpoch : items.Max(item => item.LastUpdatedTime),
            Authors = { new SyndicationPerson { Name = FeedText.Clean(from.Name) } },
            Links = { SyndicationLink.CreateSelfLink(new Uri(self), "application/atom+xml"), SyndicationLink.CreateAlternateLink(new Uri(page), "text/html") },
        };
        return Xml(new Atom10FeedFormatter(feed).WriteTo);
    }

    private static string Xml(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static DateTimeOffset Utc(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private sealed record JsonFeed(
        string Version, string Title, string HomePageUrl, string FeedUrl, string Language, IReadOnlyList<JsonFeedAuthor> Authors, IReadOnlyList<JsonFeedItem> Items);

    private sealed record JsonFeedAuthor(string Name);

    private sealed record JsonFeedItem(
        string Id, string Url, string Title, string Summary, string ContentHtml, DateTimeOffset DatePublished, DateTimeOffset DateModified);
}
