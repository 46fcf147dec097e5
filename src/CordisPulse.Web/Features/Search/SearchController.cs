using System.Text;
using CordisPulse.Web.Features.Feeds;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Search;

/// <summary>The search as a page, as a feed of what is new, and as JSON.</summary>
[PublishedContent]
public sealed class SearchController(SearchPages pages, SearchJson json, FeedWriter feeds) : PublicController
{
    [Reads("/search")]
    public async Task<IActionResult> Search([FromQuery] SearchForm form, CancellationToken cancellationToken)
        => View(await pages.ReadAsync(form, cancellationToken));

    [Reads("/search.atom")]
    public async Task<IActionResult> Feed([FromQuery] SearchForm form, CancellationToken cancellationToken)
        => Content(
            await feeds.WriteSearchAsync(form.Title, form.As("search.atom"), form.As("search"), await pages.NewestAsync(form, cancellationToken), cancellationToken),
            "application/atom+xml", Encoding.UTF8);

    [Reads("/search.json")]
    public async Task<IActionResult> AsJson([FromQuery] SearchForm form, CancellationToken cancellationToken)
        => Content(json.Write(form, await pages.ReadAsync(form, cancellationToken)), "application/json", Encoding.UTF8);
}
