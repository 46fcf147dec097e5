using CordisPulse.Core;
using CordisPulse.Core.Mailings;
using CordisPulse.Web.Areas.Editor.Mailings;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Uncertain;

/// <summary>The deliveries of which nobody knows whether the mail server took them, and what a person decides.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/editions/{month:month}/mailing/uncertain")]
[Route("/editor/editions/{month:month}/mailing/{which:mailing}/uncertain")]
public sealed class UncertainController(UncertainReader uncertain, MailingControl control) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => await uncertain.ReadAsync(mailing.Name, cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();

    [HttpPost("{id:long}/{decision:regex(^(send-again|count-as-sent)$)}")]
    public Task<IActionResult> Decide([FromRoute] MailingAddress mailing, long id, string decision, CancellationToken cancellationToken) => ActAsync(mailing, async () =>
    {
        await control.DecideAsync(mailing.Name, id, IsAgain(decision), AccountId, cancellationToken);
        return IsAgain(decision) ? "The message is sent again." : "Counted as sent.";
    }, cancellationToken);

    /// <param name="mailing">Whose they are.</param>
    /// <param name="decision">What becomes of all of them.</param>
    /// <param name="seen">So many were listed.</param>
    /// <param name="cancellationToken">Ends the deciding.</param>
    [HttpPost("all/{decision:regex(^(send-again|count-as-sent)$)}")]
    public Task<IActionResult> DecideAll([FromRoute] MailingAddress mailing, string decision, int seen, CancellationToken cancellationToken) => ActAsync(mailing, async () =>
    {
        var count = await control.DecideAllAsync(mailing.Name, seen, IsAgain(decision), AccountId, cancellationToken);
        return $"{Counted.Of(count, "message")} {(count == 1 ? "is" : "are")} {(IsAgain(decision) ? "sent again" : "counted as sent")}.";
    }, cancellationToken);

    private static bool IsAgain(string decision) => decision == "send-again";

    private async Task<IActionResult> ActAsync(MailingAddress mailing, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        try
        {
            Flash(await act());
            return LocalRedirect($"{MailingAddress.Of(mailing.Name)}/uncertain");
        }
        catch (RefusedException e)
        {
            ModelState.Clear();
            ModelState.AddModelError("", e.Message);
            return await uncertain.ReadAsync(mailing.Name, cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
        }
    }
}
