using CordisPulse.Core.Site;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.SitePages;

/// <summary>The texts that staff can edit.</summary>
[PublishedContent]
public sealed class SitePagesController(SitePageReader reader) : PublicController
{
    [Reads("/{slug:regex(^(about|privacy|accessibility|formats|search-words)$)}")]
    public async Task<IActionResult> Show(string slug, CancellationToken cancellationToken)
        => await reader.ReadAsync(slug, cancellationToken) is { } text ? View(text) : NotFound();
}
