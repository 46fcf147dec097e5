using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.Preview;
using CordisPulse.Web.Features;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Published;

/// <summary>Every publication of an edition as readers saw it, who made it, and what it changed.</summary>
[Route("/editor/editions/{month:month}/published")]
public sealed class PublishedController(PublishedReader reader) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> List(EditionMonth month, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpGet("{revision:int}")]
    public async Task<IActionResult> Show(EditionMonth month, int revision, CancellationToken cancellationToken)
        => await reader.ReadRevisionAsync(month, revision, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpGet("{revision:int}/frame")]
    public async Task<IActionResult> Frame(EditionMonth month, int revision, CancellationToken cancellationToken)
    {
        HttpContext.Features.Set(new ContentSecurity { Policy = PreviewController.WebFrame });
        ViewData[PageNames.Unlisted] = true;
        return await reader.ReadPageAsync(month, revision, cancellationToken) is { } page ? View("/Areas/Editor/Preview/Web.cshtml", page) : NotFound();
    }
}
