using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CordisPulse.Web.Features.Unsubscribe;

/// <summary>
/// Leaving: by the page, and in one click by mail programs (RFC 8058), which post without cookies, referrer or knowledge of the page.
/// </summary>
[TokenPage]
[Route("unsubscribe")]
public sealed class UnsubscribeController(
    Leaving leaving, SubscriptionService subscriptions, AddressRequests requests, SubscriptionPages pages, Publisher publisher) : PublicController
{
    private const string OneClickField = "List-Unsubscribe";
    private const string OneClickValue = "One-Click";
    private const string OneClickAnswer = "You have left. We send you nothing more.";

    [HttpGet("")]
    [HttpHead("")]
    public IActionResult Form() => View(new UnsubscribeForm());

    [HttpPost("")]
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

    [HttpGet("sent")]
    [HttpHead("sent")]
    public IActionResult Sent() => View();

    /// <summary>Opening the link changes nothing: scanners and previews open links too.</summary>
    [HttpGet("{token}")]
    [HttpHead("{token}")]
    public async Task<IActionResult> Leave(string token, CancellationToken cancellationToken)
        => await pages.FindAsync(token, cancellationToken) is { } holder ? View(nameof(Leave), new LeavePage(token, holder)) : await UnknownAsync();

    [HttpPost("{token}")]
    [AnyBody]
    [ActionName(nameof(Leave))]
    public async Task<IActionResult> LeaveNow(string token, CancellationToken cancellationToken)
    {
        var (form, _) = await PostedForm.ReadAsync(Request);
        var isOneClick = string.Equals(form?[OneClickField], OneClickValue, StringComparison.OrdinalIgnoreCase);
        if (!await leaving.LeaveAsync(Act(token, isOneClick ? Ways.OneClick : Ways.Page)))
            return await UnknownAsync();
        // A mail program shows no page, and many of them come at once.
        return isOneClick ? Content(OneClickAnswer) : await Leave(token, cancellationToken);
    }

    [HttpPost("{token}/come-back")]
    public async Task<IActionResult> ComeBack(string token)
    {
        await subscriptions.ComeBackAsync(Act(token, Ways.Page));
        return RedirectToAction(nameof(Back), new { token });
    }

    /// <summary>How things stand with somebody who pressed the button.</summary>
    [HttpGet("{token}/come-back")]
    [HttpHead("{token}/come-back")]
    public async Task<IActionResult> Back(string token, CancellationToken cancellationToken)
        => await pages.FindAsync(token, cancellationToken) is { Status: SubscriberStatus.Active } ? View() : await Leave(token, cancellationToken);

    /// <summary>The one question, whose answer is not needed.</summary>
    [HttpPost("{token}/why")]
    public async Task<IActionResult> Why(string token, LeavingReason? reason)
    {
        if (reason is { } why && Enum.IsDefined(why))
            await subscriptions.GiveReasonAsync(Act(token, Ways.Page), why);
        return RedirectToAction(nameof(Leave), new { token });
    }

    [HttpGet("{token}/why")]
    [HttpHead("{token}/why")]
    public IActionResult Asked(string token) => RedirectToAction(nameof(Leave), new { token });

    private ActWithToken Act(string token, string way) => new() { Token = token, Way = way, Network = Network };

    private async Task<IActionResult> UnknownAsync()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("UnknownLink", await publisher.GetAsync(HttpContext.RequestAborted));
    }
}
