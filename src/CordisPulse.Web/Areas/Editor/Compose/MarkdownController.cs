using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Shows a text that is being written as its readers will see it. A script asks for it.</summary>
public sealed class MarkdownController(EditionDocumentReader documents) : EditorController
{
    [HttpPost("/editor/editions/{month:month}/markdown")]
    public async Task<IActionResult> Show(EditionMonth month, string? text, CancellationToken cancellationToken)
    {
        if (text?.Length > Limits.Text)
            return TooLong();
        return await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? PartialView("/Areas/Editor/Compose/_Rendered.cshtml", new RenderedText(document, text ?? ""))
            : NotFound();
    }

    /// <summary>For an item of the intake, which can refer to no other.</summary>
    [HttpPost("/editor/intake/markdown")]
    public IActionResult ShowOfIntake(string? text)
        => text?.Length > Limits.Text ? TooLong() : PartialView("/Areas/Editor/Compose/_Rendered.cshtml", new RenderedText(null, text ?? ""));

    private ObjectResult TooLong() => StatusCode(StatusCodes.Status413PayloadTooLarge, "This is too long to be saved: a text can have 200,000 characters.");
}

/// <param name="Edition">Null for a text that is in none.</param>
public sealed record RenderedText(EditionDocument? Edition, string Text)
{
    public int Words => MarkdownRenderer.CountWords(Text);
}
