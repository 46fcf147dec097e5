using System.ComponentModel.DataAnnotations;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>What the checks found, each with the field that mends it; a warning can be left with a reason.</summary>
[Route("/editor/editions/{month:month}/checks")]
public sealed class ChecksController(ChecksReader reader, EditionChecks checks, EditionComposer composer, DraftLinks links) : EditorController
{
    /// <param name="month">The edition.</param>
    /// <param name="focus">Key of the field that takes the focus.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, string? focus, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, cancellationToken) is { } page ? View(nameof(Show), page with { Focus = focus }) : NotFound();

    [HttpPost("mend")]
    public async Task<IActionResult> Mend(EditionMonth month, MendForm form, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(month, cancellationToken) is not { } before)
            return NotFound();
        ConflictPage? conflict = null;
        if (ModelState.IsValid)
            try
            {
                var newSource = await composer.MendAsync(form.ToMend(month, AccountId), cancellationToken);
                Flash(SavedWords(before, form, newSource));
                var after = await reader.ReadAsync(month, cancellationToken);
                return LocalRedirect(after?.After(form, before) is { } next ? $"{before.Address}?focus={next}" : before.Address);
            }
            catch (TextConflictException<string> e)
            {
                form.Version = e.Stored.Version;
                var field = new ConflictField(FieldNames.Of(form.Place, form.Field), e.Stored.Text, before.NameOf(form));
                conflict = new ConflictPage("This", SavedBy.Write(e.Stored), before.Address, [field]);
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError(nameof(form.Value), e.Message);
            }

        var error = ModelState.SelectMany(entry => entry.Value!.Errors).FirstOrDefault()?.ErrorMessage;
        if (await reader.ReadAsync(month, cancellationToken) is not { } page)
            return NotFound();
        page = page.WithTyped(form, error, conflict);
        return conflict is null ? Rejected(nameof(Show), page) : Conflict(nameof(Show), page);
    }

    [HttpPost("leave")]
    public async Task<IActionResult> Leave(EditionMonth month, LeaveForm form, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(month, cancellationToken) is not { } page)
            return NotFound();
        if (ModelState.IsValid)
            try
            {
                await checks.AcknowledgeAsync(new AcknowledgeFinding { Month = month, Key = form.Key!, Reason = form.Reason!, ById = AccountId }, cancellationToken);
                Flash("The warning is left as it is.");
                return LocalRedirect(page.Address);
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
        await checks.TakeBackAsync(month, key ?? "", cancellationToken);
        Flash("The warning is shown again.");
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

    private static string SavedWords(ChecksPage page, MendForm form, string? newSource)
    {
        var title = page.Found.FirstOrDefault(found => found.Finding.Place == form.Place && found.Finding.Id == form.Id)?.Finding.Title;
        var what = form.Replaces is not null ? "The link" : form.At is null ? FieldNames.Of(form.Place, form.Field) : $"The link of “{form.Words}”";
        return $"{what}{(string.IsNullOrEmpty(title) ? "" : $", in “{title}”,")} is saved.{(newSource is null ? "" : $" “{newSource}” is a new source.")}";
    }
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
