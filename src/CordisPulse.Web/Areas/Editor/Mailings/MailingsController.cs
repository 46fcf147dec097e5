using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Mailings;

[Authorize(Policies.Publishes)]
public sealed class MailingsController(MailingPageReader pages, MailingReports reports, MailingStarter starter, MailingControl control) : EditorController
{
    [HttpGet("/editor/mailings")]
    public async Task<IActionResult> List(CancellationToken cancellationToken) => View(await reports.ListAsync(cancellationToken));

    [HttpGet("/editor/editions/{month:month}/mailing")]
    public async Task<IActionResult> Show(EditionMonth month, DeliverySearch sought, CancellationToken cancellationToken)
        => await pages.ReadAsync(month, sought, refusal: null, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>The part of the page that changes while the mailing runs.</summary>
    [HttpGet("/editor/editions/{month:month}/mailing/progress")]
    public async Task<IActionResult> Progress(EditionMonth month, CancellationToken cancellationToken)
        => await pages.ReadMailingAsync(month, DeliverySearch.Nothing, refusal: null, cancellationToken) is { Progress: not null } page ? PartialView("_Live", page) : NotFound();

    [HttpPost("/editor/editions/{month:month}/mailing")]
    public Task<IActionResult> Start(EditionMonth month, string? confirmMonth, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var started = await starter.StartAsync(new StartMailing { Month = month, ById = AccountId, ConfirmMonth = confirmMonth }, cancellationToken);
        return started.HasJoined
            ? "The mailing was running already."
            : $"The mailing has started, to {Counted.Of(started.Recipients, "recipient")}.";
    }, cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/pause")]
    public Task<IActionResult> Pause(EditionMonth month, CancellationToken cancellationToken)
        => ActAsync(month, () => control.PauseAsync(month, cancellationToken), "Paused. Messages under way are finished.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/resume")]
    public Task<IActionResult> Resume(EditionMonth month, CancellationToken cancellationToken)
        => ActAsync(month, () => control.ResumeAsync(month, cancellationToken), "The mailing goes on.", cancellationToken);

    /// <summary>A page of its own, which nothing loads again while somebody reads it.</summary>
    [HttpGet("/editor/editions/{month:month}/mailing/cancel")]
    public async Task<IActionResult> ShowCancel(EditionMonth month, CancellationToken cancellationToken)
        => await pages.ReadMailingAsync(month, DeliverySearch.Nothing, refusal: null, cancellationToken) is { Progress.HasEnded: false } page
            ? View("Cancel", page)
            : RedirectToAction(nameof(Show), new { month });

    [HttpPost("/editor/editions/{month:month}/mailing/cancel")]
    public Task<IActionResult> Cancel(EditionMonth month, CancellationToken cancellationToken)
        => ActAsync(month, () => control.CancelAsync(month, cancellationToken), "Cancelled. Nobody else is sent to.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/retry")]
    public Task<IActionResult> Retry(EditionMonth month, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var count = await control.RetryFailedAsync(month, cancellationToken);
        return count == 1 ? "The failed delivery is tried again." : $"{Counted.Of(count, "failed delivery", "failed deliveries")} are tried again.";
    }, cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/deliveries/{id:long}/send-again")]
    public Task<IActionResult> SendAgain(EditionMonth month, long id, CancellationToken cancellationToken)
        => ActAsync(month, () => control.DecideAsync(month, id, sendAgain: true, cancellationToken), "The message is sent again.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/deliveries/{id:long}/count-as-sent")]
    public Task<IActionResult> CountAsSent(EditionMonth month, long id, CancellationToken cancellationToken)
        => ActAsync(month, () => control.DecideAsync(month, id, sendAgain: false, cancellationToken), "Counted as sent.", cancellationToken);

    private Task<IActionResult> ActAsync(EditionMonth month, Func<Task> act, string done, CancellationToken cancellationToken)
        => ActAsync(month, async () => { await act(); return done; }, cancellationToken);

    private async Task<IActionResult> ActAsync(EditionMonth month, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        try
        {
            Flash(await act());
            return RedirectToAction(nameof(Show), new { month });
        }
        catch (RefusedException e)
        {
            return await pages.ReadAsync(month, DeliverySearch.Nothing, e.Message, cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
        }
    }
}
