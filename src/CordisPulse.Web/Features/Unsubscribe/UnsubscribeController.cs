using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CordisPulse.Web.Features.Unsubscribe;

/// <summary>
/// Leaving by the page. Mail programs that leave by themselves are answered before they come here (<see cref="OneClick"/>).
/// </summary>
[TokenPage]
[Route("unsubscribe")]
public sealed class UnsubscribeController(
    Leaving leaving, SubscriptionService subscriptions, AddressRequests requests, SubscriptionPages pages, Publisher publisher) : PublicController
{
    [Reads("")]
    [TypedPage]
    public IActionResult Form() => View(new UnsubscribeForm());

    [HttpPost("")]
    [TypedPage]
    [EnableRateLimiting(JoiningLimit.LeavingPolicy)]
    public async Task<IActionResult> Form(UnsubscribeForm form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
        {
            ModelState.AddModelError(nameof(form.Email), problem);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View(form);
        }

        await requests.WriteDownAsync(new AskByAddress { Kind = AddressRequestKind.LeaveLink, Address = address, Network = Network }, cancellationToken);
        return RedirectToAction(nameof(Sent));
    }

    [Reads("sent")]
    public IActionResult Sent() => View();

    /// <summary>Opening the link changes nothing: scanners and previews open links too.</summary>
    [Reads("{token}")]
    public async Task<IActionResult> Leave(string token, CancellationToken cancellationToken)
        => await pages.FindAsync(token, cancellationToken) is { } holder ? View(nameof(Leave), new LeavePage(token, holder)) : await UnknownAsync();

    /// <param name="token">Of the link.</param>
    /// <param name="from">Set by the button of a page, which a redirect keeps out of the way of Back; a program is answered at once.</param>
    /// <param name="cancellationToken">Ends the reading of the page.</param>
    [HttpPost("{token}")]
    [OneClick]
    [AnyBody]
    [ActionName(nameof(Leave))]
    public async Task<IActionResult> LeaveNow(string token, [FromQuery] string? from, CancellationToken cancellationToken)
    {
        if (!await leaving.LeaveAsync(Act(token)))
            return await UnknownAsync();
        return from is null ? await Leave(token, cancellationToken) : RedirectToAction(nameof(Leave), new { token });
    }

    [HttpPost("{token}/come-back")]
    public async Task<IActionResult> ComeBack(string token)
    {
        await subscriptions.ComeBackAsync(Act(token));
        return RedirectToAction(nameof(Back), new { token });
    }

    /// <summary>How things stand with somebody who pressed the button.</summary>
    [Reads("{token}/come-back")]
    public async Task<IActionResult> Back(string token, CancellationToken cancellationToken)
        => await pages.FindAsync(token, cancellationToken) is { Status: SubscriberStatus.Active } ? View() : await Leave(token, cancellationToken);

    /// <summary>The one question, whose answer is not needed.</summary>
    [HttpPost("{token}/why")]
    public async Task<IActionResult> Why(string token, LeavingReason? reason)
    {
        if (reason is { } why && Enum.IsDefined(why))
            await subscriptions.GiveReasonAsync(Act(token), why);
        return RedirectToAction(nameof(Leave), new { token });
    }

    [Reads("{token}/why")]
    public IActionResult Asked(string token) => RedirectToAction(nameof(Leave), new { token });

    private ActWithToken Act(string token) => new() { Token = token, Way = Ways.Page, Network = Network };

    private async Task<IActionResult> UnknownAsync()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("UnknownLink", await publisher.GetAsync(HttpContext.RequestAborted));
    }
}
