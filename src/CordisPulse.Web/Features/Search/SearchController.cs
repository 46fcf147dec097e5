using System.Text;
using CordisPulse.Web.Features.Feeds;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Search;

/// <summary>The search as a page, as a feed of what is new, and as JSON.</summary>
[PublishedContent]
public sealed class SearchController(SearchPages pages, SearchJson json, FeedPages feeds, FeedWriter writer) : PublicController
{
    [Reads("/search")]
    public async Task<IActionResult> Search([FromQuery] SearchForm form, CancellationToken cancellationToken)
    {
        if (await pages.FindMergedAsync(form, cancellationToken) is { } now)
            return Moved(now.As("search", now.PageNumber));
        return await pages.ReadAsync(form, cancellationToken) is { } page ? View(page) : NotFound();
    }

    /// <summary>Its form as JSON Feed stands apart from <c>/search.json</c>, which is the answer of the page itself.</summary>
    [Reads("/search.atom")]
    public Task<IActionResult> Feed([FromQuery] SearchForm form, CancellationToken cancellationToken) => FeedAsync(form, FeedForm.Atom, cancellationToken);

    [Reads("/search/feed.json")]
    public Task<IActionResult> JsonFeed([FromQuery] SearchForm form, CancellationToken cancellationToken) => FeedAsync(form, FeedForm.Json, cancellationToken);

    [Reads("/search.json")]
    public async Task<IActionResult> AsJson([FromQuery] SearchForm form, CancellationToken cancellationToken)
    {
        if (await pages.FindMergedAsync(form, cancellationToken) is { } now)
            return Moved(now.As("search.json", now.PageNumber));
        return await pages.ReadAsync(form, cancellationToken) is { } page ? Content(json.Write(form, page), "application/json", Encoding.UTF8) : NotFound();
    }

    private LocalRedirectResult Moved(string address) => LocalRedirectPermanent(Url.Content($"~/{address}"));

    private async Task<IActionResult> FeedAsync(SearchForm form, FeedForm written, CancellationToken cancellationToken)
        => await pages.FindMergedAsync(form, cancellationToken) is { } now ? Moved(now.As(written == FeedForm.Atom ? "search.atom" : "search/feed.json")) : await writer.WriteAsync(
            await feeds.SearchAsync(form.Title, form.As("search.atom"), form.As("search/feed.json"), form.As("search"), await pages.NewestAsync(form, cancellationToken), cancellationToken), written, cancellationToken);
}
