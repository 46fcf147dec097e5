using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Areas.Editor.Mailings;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Correction;

/// <summary>Writes to those who were sent an edition what was wrong in it.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/editions/{month:month}/mailing/correction")]
public sealed class CorrectionController(CorrectionMailings corrections, CorrectionPageReader pages) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, CancellationToken cancellationToken)
        => await pages.ReadAsync(month, null, cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();

    /// <summary>The mail and its recipients, before anything is sent.</summary>
    [HttpPost("look")]
    public Task<IActionResult> Look(EditionMonth month, [Bind(Prefix = "Form")] CorrectionForm form, CancellationToken cancellationToken) => ActAsync(month, form, async () =>
    {
        var mail = await corrections.PreviewAsync(form.ToWrite(month), cancellationToken);
        return await pages.ReadAsync(month, form, cancellationToken) is { } page ? View(nameof(Show), page with { Preview = mail.Text }) : NotFound();
    }, cancellationToken);

    [HttpPost("test")]
    public Task<IActionResult> Test(EditionMonth month, [Bind(Prefix = "Form")] CorrectionForm form, CancellationToken cancellationToken) => ActAsync(month, form, async () =>
    {
        if (!EmailAddress.TryParse(OwnAddress, out var own, out var problem))
            throw new RefusedException(problem);
        await corrections.TestAsync(form.ToWrite(month), own, cancellationToken);
        return await pages.ReadAsync(month, form, cancellationToken) is { } page ? View(nameof(Show), page with { TestSentTo = own.Address }) : NotFound();
    }, cancellationToken);

    [HttpPost("")]
    public Task<IActionResult> Send(EditionMonth month, [Bind(Prefix = "Form")] CorrectionForm form, CancellationToken cancellationToken) => ActAsync(month, form, async () =>
    {
        var name = await corrections.SendAsync(form.ToSend(month, AccountId), cancellationToken);
        Flash("The correction has started.");
        return LocalRedirect(MailingAddress.Of(name));
    }, cancellationToken);

    private async Task<IActionResult> ActAsync(EditionMonth month, CorrectionForm form, Func<Task<IActionResult>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError(e is FieldRefusedException wrong ? $"Form.{wrong.Field}" : "", e.Message);
            return await pages.ReadAsync(month, form, cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
        }
    }
}
