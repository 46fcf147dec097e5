using System.ComponentModel.DataAnnotations;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>What the checks found, each with the way to its place; a warning can be left with a reason.</summary>
[Route("/editor/editions/{month:month}/checks")]
public sealed class ChecksController(EditionChecks checks) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, CancellationToken cancellationToken)
        => await checks.RunAsync(month, cancellationToken) is { } findings ? View(nameof(Show), new ChecksPage(month, findings, new LeaveForm())) : NotFound();

    [HttpPost("leave")]
    public async Task<IActionResult> Leave(EditionMonth month, LeaveForm form, CancellationToken cancellationToken)
    {
        if (await checks.RunAsync(month, cancellationToken) is not { } findings)
            return NotFound();
        if (ModelState.IsValid)
            try
            {
                await checks.AcknowledgeAsync(new AcknowledgeFinding { Month = month, Key = form.Key!, Reason = form.Reason!, ById = AccountId }, cancellationToken);
                Flash("The warning is left as it is.");
                return LocalRedirect($"/editor/editions/{month}/checks");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError(nameof(form.Reason), e.Message);
            }

        return Rejected(nameof(Show), new ChecksPage(month, findings, form));
    }

    [HttpPost("take-back")]
    public async Task<IActionResult> TakeBack(EditionMonth month, string? key, CancellationToken cancellationToken)
    {
        await checks.TakeBackAsync(month, key ?? "", cancellationToken);
        Flash("The warning is shown again.");
        return LocalRedirect($"/editor/editions/{month}/checks");
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

public sealed record ChecksPage(EditionMonth Month, IReadOnlyList<Finding> Findings, LeaveForm Form)
{
    public string Board => $"/editor/editions/{Month}";

    public IReadOnlyList<Finding> Errors => [.. Findings.Where(finding => finding.Severity == FindingSeverity.Error)];

    public IReadOnlyList<Finding> Warnings => [.. Findings.Where(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null })];

    public IReadOnlyList<Finding> Left => [.. Findings.Where(finding => finding.LeftBecause is not null)];
}
