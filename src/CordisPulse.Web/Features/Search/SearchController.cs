using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Search;

[PublishedContent]
public sealed class SearchController(SearchPages pages) : PublicController
{
    [Reads("/search")]
    public async Task<IActionResult> Search([FromQuery] SearchForm form, CancellationToken cancellationToken)
        => View(await pages.ReadAsync(form, cancellationToken));
}
