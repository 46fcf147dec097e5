using System.ComponentModel.DataAnnotations;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>What the checks found, each with the field that mends it; a warning can be left with a reason.</summary>
[Route("/editor/editions/{month:month}/checks")]
public sealed class ChecksController(ChecksReader reader, EditionChecks checks, MendDesk desk, DraftLinks links) : EditorController
{
    /// <summary>A script puts the answer into the page that is open.</summary>
    private bool IsAskedByScript => Request.Headers.XRequestedWith == "fetch";

    /// <param name="month">The edition.</param>
    /// <param name="focus">Keys of fields, the first of which that is there takes the focus.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, string[] focus, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, cancellationToken) is { } page ? View(nameof(Show), focus.Length == 0 ? page : page.FocusedOn(focus)) : NotFound();

    [HttpPost("mend")]
    public async Task<IActionResult> Mend(EditionMonth month, MendsForm form, CancellationToken cancellationToken)
    {
        if (form.Read() is not { } typed)
            return BadRequest();
        var outcome = await desk.SaveAsync(month, typed, form.Only, AccountId, cancellationToken);
        if (outcome.IsDone && !IsAskedByScript)
        {
            Flash(outcome.Words!, undo: outcome.Undo);
            return LocalRedirect(outcome.Address);
        }

        return await reader.ReadAsync(month, cancellationToken) is { } page ? Answer(page.With(outcome), outcome.Status) : NotFound();
    }

    [HttpPost("leave")]
    public async Task<IActionResult> Leave(EditionMonth month, LeaveForm form, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(month, cancellationToken) is not { } page)
            return NotFound();
        if (ModelState.IsValid)
            try
            {
                var save = await checks.AcknowledgeAsync(new AcknowledgeFinding { Month = month, Key = form.Key!, Reason = form.Reason!, ById = AccountId }, cancellationToken);
                Flash($"“{page.NameOf(form.Key!)}” is left as it is.", undo: UndoAddress.Of(month, UndoPage.Checks, save));
                return LocalRedirect($"{page.Address}{page.PlaceAfter(form.Key!)}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError(nameof(form.Reason), e.Message);
            }

        return Rejected(nameof(Show), page with { Leave = form });
    }

    [HttpPost("take-back")]
    public async Task<IActionResult> TakeBack(EditionMonth month, string? key, CancellationToken cancellationToken)
    {
        try
        {
            var save = await checks.TakeBackAsync(new ShowFindingAgain { Month = month, Key = key ?? "", ById = AccountId }, cancellationToken);
            Flash(save is null ? "The warning was shown again already." : "The warning is shown again.", undo: UndoAddress.Of(month, UndoPage.Checks, save));
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/editions/{month}/checks");
    }

    [HttpPost("look-again")]
    public async Task<IActionResult> LookAgain(EditionMonth month, CancellationToken cancellationToken)
    {
        if (await links.LookAgainAsync(month, cancellationToken) is not { } count)
            return NotFound();
        Flash($"{Counted.Of(count, "link")} will be looked at again, one after the other.");
        return LocalRedirect($"/editor/editions/{month}/checks#links");
    }

    private ViewResult Answer(ChecksPage page, MendStatus status) => status switch
    {
        MendStatus.Conflict => Conflict(nameof(Show), page),
        MendStatus.Refused => Rejected(nameof(Show), page),
        _ => View(nameof(Show), page),
    };
}

public sealed class LeaveForm
{
    [Required]
    [StringLength(Limits.Name)]
    public string? Key { get; set; }

    [Required(ErrorMessage = "Say why it can stay as it is.")]
    [StringLength(Limits.Note, ErrorMessage = "The reason can have 1,000 characters.")]
    public string? Reason { get; set; }
}
