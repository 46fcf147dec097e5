using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>Joining. Everybody gets the same answer; what is true of the address is told in a mail to it.</summary>
[TokenPage]
[Route("subscribe")]
public sealed class SubscribeController(SubscriptionService subscriptions, SubscriptionPages pages) : PublicController
{
    [HttpGet("")]
    [HttpHead("")]
    public IActionResult Form() => View(new SubscribeForm());

    [HttpPost("")]
    [EnableRateLimiting(JoiningLimit.Policy)]
    public async Task<IActionResult> Form(SubscribeForm form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
            ModelState.AddModelError(nameof(form.Email), problem);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View(form);
        }

        await subscriptions.RequestAsync(
            new RequestSubscription { Address = address!, Name = form.Name, Organisation = form.Organisation }, cancellationToken);
        return RedirectToAction(nameof(Thanks));
    }

    [HttpGet("thanks")]
    [HttpHead("thanks")]
    public IActionResult Thanks() => View();

    /// <summary>Mail scanners open links, so opening it changes nothing.</summary>
    [HttpGet("confirm/{token}")]
    [HttpHead("confirm/{token}")]
    public async Task<IActionResult> Confirm(string token, CancellationToken cancellationToken)
        => Answer(await pages.ConfirmationAsync(token, cancellationToken), View(nameof(Confirm)));

    [HttpPost("confirm/{token}")]
    [ActionName(nameof(Confirm))]
    public async Task<IActionResult> ConfirmNow(string token, CancellationToken cancellationToken)
        => Answer(
            await subscriptions.ConfirmAsync(new ConfirmSubscription { Token = token }, cancellationToken),
            RedirectToAction(nameof(Welcome)));

    [HttpGet("welcome")]
    [HttpHead("welcome")]
    public IActionResult Welcome() => View();

    private IActionResult Answer(ConfirmationOutcome outcome, IActionResult whenGood)
    {
        if (outcome == ConfirmationOutcome.Confirmed)
            return whenGood;
        Response.StatusCode = outcome == ConfirmationOutcome.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
        return View("NotConfirmed", outcome);
    }
}
