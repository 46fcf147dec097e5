using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Site;
using CordisPulse.Web.Areas.Editor.Preview;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>Saying that an edition may be published as it stands, taking that back, and asking others for it.</summary>
[Route("/editor/editions/{month:month}/preview")]
public sealed class ApprovalController(Approvals approvals, StaffMails mails, EditionPreview preview) : EditorController
{
    [HttpPost("approve")]
    [Authorize(Policies.Publishes)]
    public Task<IActionResult> Approve(EditionMonth month, string? seen, CancellationToken cancellationToken)
        => ActAsync(month, async () =>
        {
            await approvals.ApproveAsync(new ApproveEdition { Month = month, ById = AccountId, Seen = seen }, cancellationToken);
            return $"You have approved {month.Title} as it stands now.";
        }, cancellationToken);

    [HttpPost("withdraw-approval")]
    [Authorize(Policies.Publishes)]
    public Task<IActionResult> Withdraw(EditionMonth month, CancellationToken cancellationToken)
        => ActAsync(month, async () =>
        {
            await approvals.WithdrawAsync(month, AccountId, cancellationToken);
            return $"Your approval of {month.Title} is taken back.";
        }, cancellationToken);

    [HttpPost("ask-for-approval")]
    public Task<IActionResult> Ask(EditionMonth month, CancellationToken cancellationToken)
        => ActAsync(month, async () => await mails.ReadyToApproveAsync(month, AccountId, cancellationToken) switch
        {
            { People: > 0 and var people } => $"{Counted.Of(people, "publisher")} will be asked by mail to approve {month.Title}.",
            { Earlier: { } earlier } => $"{(earlier.IsOwn ? "You" : earlier.By ?? "Somebody who has left")} asked for this already, on {UkTime.Minute(earlier.AtUtc)}. Nobody is asked twice.",
            _ => "There is no other publisher who wants to be told by mail. Ask somebody in person.",
        }, cancellationToken);

    /// <param name="act">Says what it did.</param>
    private async Task<IActionResult> ActAsync(EditionMonth month, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        try
        {
            Flash(await act());
            return LocalRedirect($"/editor/editions/{month}/preview");
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return await preview.ReadAsync(month, new PreviewLook(), new TestForm { To = OwnAddress }, cancellationToken) is { } page ? Rejected("/Areas/Editor/Preview/Show.cshtml", page) : NotFound();
        }
    }
}
