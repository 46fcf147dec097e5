using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Mailings;

[Authorize(Policies.Publishes)]
public sealed class MailingsController(
    MailingPageReader pages, MailingReports reports, MailingStarter starter, MailingControl control, MailingSchedules schedules, ColleagueList colleagues, ProgressWatch watch) : EditorController
{
    [HttpGet("/editor/mailings")]
    public async Task<IActionResult> List(CancellationToken cancellationToken) => View(await reports.ListAsync(cancellationToken));

    [HttpGet("/editor/editions/{month:month}/mailing")]
    [HttpGet("/editor/editions/{month:month}/mailing/{which:mailing}")]
    public async Task<IActionResult> Show([FromRoute] MailingAddress mailing, DeliverySearch sought, [FromServices] SearchWords words, CancellationToken cancellationToken)
    {
        // A link from elsewhere that names somebody in the clear.
        if (!string.IsNullOrWhiteSpace(sought.Address))
            return await Find(mailing, sought, words, cancellationToken);
        return await pages.SearchAsync(mailing.Name, sought, cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();
    }

    /// <summary>Posted, so that whom somebody looks for stays out of the address.</summary>
    [HttpPost("/editor/editions/{month:month}/mailing/deliveries")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/deliveries")]
    public async Task<IActionResult> Find([FromRoute] MailingAddress mailing, DeliverySearch sought, [FromServices] SearchWords words, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            return LocalRedirect(sought.AddressOn(mailing.Name, words));
        return await pages.ReadAsync(mailing.Name, sought, refusal: null, cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
    }

    /// <summary>The part of the page that changes while the mailing runs.</summary>
    [HttpGet("/editor/editions/{month:month}/mailing/progress")]
    [HttpGet("/editor/editions/{month:month}/mailing/{which:mailing}/progress")]
    public async Task<IActionResult> Progress([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => await pages.ReadMailingAsync(mailing.Name, DeliverySearch.Nothing, refusal: null, cancellationToken) is { Progress: not null } page ? PartialView("_Live", page) : NotFound();

    /// <summary>The figures as they change, until the mailing ends.</summary>
    [HttpGet("/editor/editions/{month:month}/mailing/events")]
    [HttpGet("/editor/editions/{month:month}/mailing/{which:mailing}/events")]
    public async Task<IResult> Events([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
    {
        if (await pages.ReadMailingAsync(mailing.Name, DeliverySearch.Nothing, refusal: null, cancellationToken) is not { Progress: not null })
            return TypedResults.NotFound();
        // A proxy that gathers answers would keep them from the page (nginx).
        Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(watch.WatchAsync(mailing.Name, AccountId, cancellationToken));
    }

    [HttpPost("/editor/editions/{month:month}/mailing")]
    public async Task<IActionResult> Start(EditionMonth month, [Bind(Prefix = nameof(MailingPage.Start))] StartForm form, CancellationToken cancellationToken)
    {
        try
        {
            Flash(MailingWords.Of(await starter.StartAsync(form.ToStart(month, AccountId), cancellationToken)));
            return RedirectToAction(nameof(Show), new { month });
        }
        catch (RefusedException e)
        {
            return await RejectedAsync(month, nameof(MailingPage.Start), e, page => page with { Start = form }, cancellationToken);
        }
    }

    [HttpPost("/editor/editions/{month:month}/mailing/schedule")]
    public async Task<IActionResult> Schedule(EditionMonth month, [Bind(Prefix = nameof(MailingPage.Scheduling))] ScheduleForm form, CancellationToken cancellationToken)
    {
        RefusedException? refused = null;
        if (ModelState.IsValid)
            try
            {
                var schedule = form.ToSchedule(month, AccountId);
                await schedules.ScheduleAsync(schedule, cancellationToken);
                Flash($"Scheduled for {UkTime.Minute(schedule.AtUtc)}, UK time.");
                return RedirectToAction(nameof(Show), new { month });
            }
            catch (RefusedException e)
            {
                refused = e;
            }

        return await RejectedAsync(month, nameof(MailingPage.Scheduling), refused, page => page with { Scheduling = form }, cancellationToken);
    }

    [HttpPost("/editor/editions/{month:month}/mailing/unschedule")]
    public Task<IActionResult> Unschedule(EditionMonth month, CancellationToken cancellationToken)
        => ActAsync(month, () => schedules.UnscheduleAsync(month, cancellationToken), "The schedule is taken back. Nothing goes out by itself.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/colleagues")]
    public async Task<IActionResult> Colleagues(EditionMonth month, string? colleaguesTyped, CancellationToken cancellationToken)
    {
        try
        {
            await colleagues.SaveAsync(colleaguesTyped, cancellationToken);
            Flash("The colleagues who get it first are saved.");
            return RedirectToAction(nameof(Show), new { month });
        }
        catch (FieldRefusedException e)
        {
            ModelState.AddModelError(nameof(MailingPage.ColleaguesTyped), e.Message);
            return await RejectedAsync(month, "", null, page => page with { ColleaguesTyped = colleaguesTyped }, cancellationToken);
        }
    }

    /// <summary>Ends the wait for colleagues.</summary>
    [HttpPost("/editor/editions/{month:month}/mailing/send-now")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/send-now")]
    public Task<IActionResult> SendNow([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.SendNowAsync(mailing.Name, cancellationToken), "It goes to everybody now.", cancellationToken);

    /// <summary>Cancels it while only colleagues are sent to, without asking once more: nobody else has got anything.</summary>
    [HttpPost("/editor/editions/{month:month}/mailing/stop")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/stop")]
    public Task<IActionResult> Stop([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.CancelAsync(mailing.Name, cancellationToken), "Stopped. Nobody else is sent to.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/pause")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/pause")]
    public Task<IActionResult> Pause([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.PauseAsync(mailing.Name, cancellationToken), "Paused. Messages under way are finished.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/resume")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/resume")]
    public Task<IActionResult> Resume([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.ResumeAsync(mailing.Name, cancellationToken), "The mailing goes on.", cancellationToken);

    /// <summary>A page of its own, which nothing loads again while somebody reads it.</summary>
    [HttpGet("/editor/editions/{month:month}/mailing/cancel")]
    [HttpGet("/editor/editions/{month:month}/mailing/{which:mailing}/cancel")]
    public async Task<IActionResult> ShowCancel([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => await pages.ReadMailingAsync(mailing.Name, DeliverySearch.Nothing, refusal: null, cancellationToken) is { Progress.HasEnded: false } page
            ? View("Cancel", page)
            : LocalRedirect(MailingAddress.Of(mailing.Name));

    [HttpPost("/editor/editions/{month:month}/mailing/cancel")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/cancel")]
    public Task<IActionResult> Cancel([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.CancelAsync(mailing.Name, cancellationToken), "Cancelled. Nobody else is sent to.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/retry")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/retry")]
    public Task<IActionResult> Retry([FromRoute] MailingAddress mailing, CancellationToken cancellationToken) => ActAsync(mailing.Name, async () =>
    {
        var count = await control.RetryFailedAsync(mailing.Name, cancellationToken);
        return count == 1 ? "The failed delivery is tried again." : $"{Counted.Of(count, "failed delivery", "failed deliveries")} are tried again.";
    }, cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/deliveries/{id:long}/send-again")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/deliveries/{id:long}/send-again")]
    public Task<IActionResult> SendAgain([FromRoute] MailingAddress mailing, long id, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.DecideAsync(mailing.Name, id, sendAgain: true, AccountId, cancellationToken), "The message is sent again.", cancellationToken);

    [HttpPost("/editor/editions/{month:month}/mailing/deliveries/{id:long}/count-as-sent")]
    [HttpPost("/editor/editions/{month:month}/mailing/{which:mailing}/deliveries/{id:long}/count-as-sent")]
    public Task<IActionResult> CountAsSent([FromRoute] MailingAddress mailing, long id, CancellationToken cancellationToken)
        => ActAsync(mailing.Name, () => control.DecideAsync(mailing.Name, id, sendAgain: false, AccountId, cancellationToken), "Counted as sent.", cancellationToken);

    /// <summary>The page with what was typed, and what is wrong with it at its field.</summary>
    private async Task<IActionResult> RejectedAsync(
        EditionMonth month, string form, RefusedException? refused, Func<MailingPage, MailingPage> withTyped, CancellationToken cancellationToken)
    {
        if (refused is not null)
            ModelState.AddModelError(refused is FieldRefusedException wrong ? $"{form}.{wrong.Field}" : "", refused.Message);
        return await pages.ReadAsync(month, DeliverySearch.Nothing, refusal: null, cancellationToken) is { } page ? Rejected(nameof(Show), withTyped(page)) : NotFound();
    }

    private Task<IActionResult> ActAsync(MailingName name, Func<Task> act, string done, CancellationToken cancellationToken)
        => ActAsync(name, async () => { await act(); return done; }, cancellationToken);

    private async Task<IActionResult> ActAsync(MailingName name, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        try
        {
            Flash(await act());
            return LocalRedirect(MailingAddress.Of(name));
        }
        catch (RefusedException e)
        {
            return await pages.ReadAsync(name, DeliverySearch.Nothing, e.Message, cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
        }
    }
}
