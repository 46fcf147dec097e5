using System.Text;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>For feed readers and search engines.</summary>
[PublishedContent]
public sealed class FeedsController(FeedWriter feeds, PublicAddress address) : PublicController
{
    private const string Atom = "application/atom+xml";

    [Reads("/feed.atom")]
    public async Task<IActionResult> Editions(CancellationToken cancellationToken)
        => Content(await feeds.WriteEditionsAsync(cancellationToken), Atom, Encoding.UTF8);

    [Reads("/feed.json")]
    public async Task<IActionResult> EditionsAsJson(CancellationToken cancellationToken)
        => Content(await feeds.WriteJsonAsync(cancellationToken), "application/feed+json", Encoding.UTF8);

    [Reads("/sectors/{slug}/feed.atom")]
    public async Task<IActionResult> Sector(string slug, CancellationToken cancellationToken)
        => await feeds.WriteSectorAsync(slug, cancellationToken) is { } feed ? Content(feed, Atom, Encoding.UTF8) : NotFound();

    [Reads("/sitemap.xml")]
    public async Task<IActionResult> Sitemap(CancellationToken cancellationToken)
        => Content(await feeds.WriteSitemapAsync(cancellationToken), "application/xml", Encoding.UTF8);

    /// <summary>Pages with a token in their address, and searches, which are no end of pages, are not for search engines.</summary>
    [Reads("/robots.txt")]
    public IActionResult Robots() => Content(
        $"""
        User-agent: *
        Disallow: /editor
        Disallow: /search?
        Disallow: /search.
        Disallow: /unsubscribe
        Disallow: /preferences
        Disallow: /subscribe/

        Sitemap: {address.Links.To("sitemap.xml")}

        """,
        "text/plain",
        Encoding.UTF8);
}
