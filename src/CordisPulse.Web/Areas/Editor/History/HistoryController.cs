using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>Every saved text of an edition: who, when, what it changed, and the way back to it.</summary>
[Route("/editor/editions/{month:month}/history")]
public sealed class HistoryController(HistoryReader reader, EditionComposer composer) : EditorController
{
    /// <summary>More fields than this are never mended at once.</summary>
    private const int MostSavesOfAnAct = 500;

    [HttpGet("")]
    public async Task<IActionResult> List(EditionMonth month, RevisedText? text, int? id, long? before, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, text is { } kind && id is { } key ? new TextKey(kind, key) : null, before, cancellationToken) is { } page
            ? View(page)
            : NotFound();

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(EditionMonth month, long id, long? with, CancellationToken cancellationToken)
        => await reader.ReadSavedAsync(month, id, with, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{id:long}/restore")]
    public Task<IActionResult> Restore(EditionMonth month, long id, CancellationToken cancellationToken) => RestoredAsync(
        month,
        composer.RestoreAsync(new RestoreText { Month = month, RevisionId = id, ById = AccountId }, cancellationToken),
        "It is again as it was then. How it was until now is in the history.");

    [HttpPost("{id:long}/put-back")]
    public Task<IActionResult> PutBack(EditionMonth month, long id, CancellationToken cancellationToken) => RestoredAsync(
        month,
        composer.PutRemovedBackAsync(new RestoreText { Month = month, RevisionId = id, ById = AccountId }, cancellationToken),
        "What was removed then is back where it stood.");

    [HttpPost("undo")]
    public async Task<IActionResult> Undo(EditionMonth month, long[] save, UndoPage from, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || save.Length is 0 or > MostSavesOfAnAct)
            return BadRequest();
        try
        {
            var saves = await composer.UndoAsync(new UndoSaves { Month = month, RevisionIds = save, ById = AccountId }, cancellationToken);
            Flash("It is undone.", undo: UndoAddress.Of(month, from, [.. saves]));
            return LocalRedirect(UndoAddress.Back(month, from));
        }
        catch (RefusedException e)
        {
            // Words may wait on the checks, so whoever is there stays.
            Flash($"{e.Message} {(from == UndoPage.Checks ? "In the history" : "Below")} is all that was saved, each with a way back to it.");
            return LocalRedirect(UndoAddress.Back(month, from == UndoPage.Checks ? from : UndoPage.History));
        }
    }

    /// <param name="month">The edition.</param>
    /// <param name="restoring">Gives the revisions that it makes.</param>
    /// <param name="done">What is said when it makes any.</param>
    private async Task<IActionResult> RestoredAsync(EditionMonth month, Task<IReadOnlyList<long>> restoring, string done)
    {
        try
        {
            var saves = await restoring;
            Flash(saves.Count == 0 ? "It stands so already." : done, undo: UndoAddress.Of(month, UndoPage.History, [.. saves]));
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/editions/{month}/history");
    }
}
