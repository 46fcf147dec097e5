using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>What stands in an earlier edition, to be taken over into this one.</summary>
[Route("/editor/editions/{month:month}/copy")]
public sealed class CopyController(CopyReader reader, EditionComposer composer) : EditorController
{
    private const string Page = "/Areas/Editor/Compose/Copy.cshtml";

    /// <param name="month">The edition that takes the copies.</param>
    /// <param name="from">The edition to copy from; the newest before this one when it is left out or is none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, string? from, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, EditionMonth.TryParse(from, out var other) ? other : null, new CopyForm(), cancellationToken) is { } page ? View(Page, page) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Copy(EditionMonth month, CopyForm form, CancellationToken cancellationToken)
    {
        if (!EditionMonth.TryParse(form.From, out var from))
            return BadRequest();
        if (ModelState.IsValid)
            try
            {
                var copied = await composer.CopyAsync(form.ToCopy(month, from, AccountId), cancellationToken);
                Flash($"{copied.InWords()} from {from.Title}.", undo: UndoAddress.Of(month, [.. copied.Saves]));
                return LocalRedirect($"/editor/editions/{month}#board");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await reader.ReadAsync(month, from, form, cancellationToken) is { } page ? Rejected(Page, page) : NotFound();
    }
}
