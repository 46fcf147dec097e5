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
public sealed class UnsubscribeController(SubscriptionService subscriptions, SubscriptionPages pages, Publisher publisher) : PublicController
{
    private const string OneClickField = "List-Unsubscribe";
    private const string OneClickValue = "One-Click";

    [HttpGet("")]
    [HttpHead("")]
    public IActionResult Form() => View(new UnsubscribeForm());

    [HttpPost("")]
    [EnableRateLimiting(JoiningLimit.Policy)]
    public async Task<IActionResult> Form(UnsubscribeForm form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
        {
            ModelState.AddModelError(nameof(form.Email), problem);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View(form);
        }

        await subscriptions.RequestLinkAsync(new RequestUnsubscribeLink { Address = address }, cancellationToken);
        return RedirectToAction(nameof(Sent));
    }

    [HttpGet("sent")]
    [HttpHead("sent")]
    public IActionResult Sent() => View();

    /// <summary>Opening the link changes nothing: scanners and previews open links too.</summary>
    [HttpGet("{token}")]
    [HttpHead("{token}")]
    public async Task<IActionResult> Leave(string token, CancellationToken cancellationToken)
        => await pages.FindAsync(token, cancellationToken) is { } holder
            ? View(new LeavePage(token, holder.MaskedAddress, holder.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed))
            : await UnknownAsync();

    [HttpPost("{token}")]
    [AnyBody]
    [ActionName(nameof(Leave))]
    public async Task<IActionResult> LeaveNow(string token)
    {
        var (form, _) = await PostedForm.ReadAsync(Request);
        var way = string.Equals(form?[OneClickField], OneClickValue, StringComparison.OrdinalIgnoreCase) ? Ways.OneClick : Ways.Page;
        return await subscriptions.UnsubscribeAsync(new ActWithToken { Token = token, Way = way }) ? View("Left", token) : await UnknownAsync();
    }

    [HttpPost("{token}/come-back")]
    public async Task<IActionResult> ComeBack(string token)
        => await subscriptions.ComeBackAsync(new ActWithToken { Token = token, Way = Ways.Page }) ? View("Back") : await UnknownAsync();

    private async Task<IActionResult> UnknownAsync()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("UnknownLink", await publisher.GetAsync(HttpContext.RequestAborted));
    }
}
