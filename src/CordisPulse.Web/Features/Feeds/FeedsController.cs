using System.Text;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>For feed readers and search engines.</summary>
[PublishedContent]
public sealed class FeedsController(FeedPages pages, FeedWriter writer, SitemapWriter sitemap, ArchiveQueries archive, PublicAddress address) : PublicController
{
    private const string Form = "{form:regex(^(atom|json)$)}";

    [Reads("/feed." + Form)]
    public async Task<IActionResult> Editions(FeedForm form, CancellationToken cancellationToken)
        => await writer.WriteAsync(await pages.EditionsAsync(cancellationToken), form, cancellationToken);

    [Reads("/items/feed." + Form)]
    public async Task<IActionResult> Items(FeedForm form, CancellationToken cancellationToken)
        => await writer.WriteAsync(await pages.ItemsAsync(cancellationToken), form, cancellationToken);

    [Reads("/sectors/{slug}/feed." + Form)]
    public async Task<IActionResult> Sector(string slug, FeedForm form, CancellationToken cancellationToken)
        => await AnswerAsync(await pages.SectorAsync(slug, cancellationToken), form, cancellationToken);

    [Reads("/sections/{slug}/feed." + Form)]
    public async Task<IActionResult> Section(string slug, FeedForm form, CancellationToken cancellationToken)
        => await AnswerAsync(await pages.SectionAsync(slug, cancellationToken), form, cancellationToken);

    [Reads("/sources/{slug}/feed." + Form)]
    public async Task<IActionResult> Source(string slug, FeedForm form, CancellationToken cancellationToken)
    {
        var feed = await pages.SourceAsync(slug, cancellationToken);
        return feed is null && await archive.FindMergedSourceAsync(slug, cancellationToken) is { } now
            ? RedirectToActionPermanent(nameof(Source), new { slug = now, form = RouteData.Values["form"] })
            : await AnswerAsync(feed, form, cancellationToken);
    }

    [Reads("/topics/{slug}/feed." + Form)]
    public async Task<IActionResult> Topic(string slug, FeedForm form, CancellationToken cancellationToken)
    {
        var feed = await pages.TopicAsync(slug, cancellationToken);
        return feed is null && await archive.FindMergedTopicAsync(slug, cancellationToken) is { } now
            ? RedirectToActionPermanent(nameof(Topic), new { slug = now, form = RouteData.Values["form"] })
            : await AnswerAsync(feed, form, cancellationToken);
    }

    [Reads("/sitemap.xml")]
    public async Task<IActionResult> Sitemap(CancellationToken cancellationToken)
        => Content(await sitemap.WriteAsync(cancellationToken), "application/xml", Encoding.UTF8);

    [Reads("/sitemap-{part}.xml")]
    public async Task<IActionResult> SitemapPart(string part, CancellationToken cancellationToken)
        => await sitemap.WritePartAsync(part, cancellationToken) is { } xml ? Content(xml, "application/xml", Encoding.UTF8) : NotFound();

    /// <summary>Pages with a token in their address, and searches, which are no end of pages, are not for search engines.</summary>
    [Reads("/robots.txt")]
    public IActionResult Robots() => Content(
        $"""
        User-agent: *
        Disallow: /editor
        Disallow: /search?
        Disallow: /search.
        Disallow: /search/
        Disallow: /unsubscribe
        Disallow: /preferences
        Disallow: /subscribe/

        Sitemap: {address.Links.To("sitemap.xml")}

        """,
        "text/plain",
        Encoding.UTF8);

    private async Task<IActionResult> AnswerAsync(PublishedFeed? feed, FeedForm form, CancellationToken cancellationToken)
        => feed is null ? NotFound() : await writer.WriteAsync(feed, form, cancellationToken);
}
