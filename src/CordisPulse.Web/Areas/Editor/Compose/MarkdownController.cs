using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Shows a text that is being written as its readers will see it. A script asks for it.</summary>
[Route("/editor/editions/{month:month}/markdown")]
public sealed class MarkdownController(EditionDocumentReader documents) : EditorController
{
    [HttpPost("")]
    public async Task<IActionResult> Show(EditionMonth month, string? text, CancellationToken cancellationToken)
    {
        if (text?.Length > Limits.Text)
            return StatusCode(StatusCodes.Status413PayloadTooLarge, "This is too long to be saved: a text can have 200,000 characters.");
        return await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? PartialView("/Areas/Editor/Compose/_Rendered.cshtml", new RenderedText(document, text ?? ""))
            : NotFound();
    }
}

public sealed record RenderedText(EditionDocument Edition, string Text)
{
    public int Words => MarkdownRenderer.CountWords(Text);
}
