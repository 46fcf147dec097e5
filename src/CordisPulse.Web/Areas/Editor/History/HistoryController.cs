using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>Every saved text of an edition: who, when, what it changed, and the way back to it.</summary>
[Route("/editor/editions/{month:month}/history")]
public sealed class HistoryController(HistoryReader reader, EditionComposer composer) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> List(EditionMonth month, RevisedText? text, int? id, long? before, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, text is { } kind && id is { } key ? new TextKey(kind, key) : null, before, cancellationToken) is { } page
            ? View(page)
            : NotFound();

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(EditionMonth month, long id, long? with, CancellationToken cancellationToken)
        => await reader.ReadSavedAsync(month, id, with, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{id:long}/restore")]
    public async Task<IActionResult> Restore(EditionMonth month, long id, CancellationToken cancellationToken)
    {
        try
        {
            await composer.RestoreAsync(new RestoreText { Month = month, RevisionId = id, ById = AccountId }, cancellationToken);
            Flash("It says again what it said then. What it said until now is in the history.");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/editions/{month}/history");
    }
}
