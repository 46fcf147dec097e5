using CordisPulse.Core;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>
/// Joining. Everybody gets the same answer, after the same work; what is true of the address is told in a mail to it.
/// </summary>
[TokenPage]
[Route("subscribe")]
public sealed class SubscribeController(AddressRequests requests, SubscriptionService subscriptions, SubscriptionPages pages, FormClock clock) : PublicController
{
    private const string TooQuick = "That was very quick. Please look whether all is right, then press Subscribe once more.";

    [HttpGet("")]
    [HttpHead("")]
    public async Task<IActionResult> Form(CancellationToken cancellationToken)
        => View(new SubscribeForm { Started = clock.Stamp(), Choices = await pages.SectorsAsync(cancellationToken) });

    [HttpPost("")]
    [EnableRateLimiting(JoiningLimit.Policy)]
    public async Task<IActionResult> Form(SubscribeForm form, CancellationToken cancellationToken)
    {
        // A program that fills in what people do not see is told that all went well.
        if (!string.IsNullOrEmpty(form.Website))
            return RedirectToAction(nameof(Thanks));
        ModelState.ShowUsed(form, nameof(form.Email));
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
            ModelState.AddModelError(nameof(form.Email), problem);
        else if (clock.IsTooSoon(form.Started))
            ModelState.AddModelError("", TooQuick);

        if (!ModelState.IsValid || ModelState.Asks(form, "") || !await WriteDownAsync(address!, form, cancellationToken))
            return await RejectedAsync(form, cancellationToken);
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
            await subscriptions.ConfirmAsync(new ConfirmSubscription { Token = token, Network = Network }, cancellationToken),
            RedirectToAction(nameof(Welcome)));

    [HttpGet("welcome")]
    [HttpHead("welcome")]
    public IActionResult Welcome() => View();

    private async Task<bool> WriteDownAsync(EmailAddress address, SubscribeForm form, CancellationToken cancellationToken)
    {
        try
        {
            await requests.WriteDownAsync(
                new AskByAddress
                {
                    Kind = AddressRequestKind.Join,
                    Address = address,
                    Name = form.Name,
                    Organisation = form.Organisation,
                    SectorIds = form.Sectors,
                    Network = Network,
                },
                cancellationToken);
            return true;
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError(nameof(form.Sectors), e.Message);
            return false;
        }
    }

    private async Task<IActionResult> RejectedAsync(SubscribeForm form, CancellationToken cancellationToken)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        form.Started = clock.Renew(form.Started);
        form.Choices = await pages.SectorsAsync(cancellationToken);
        return View(form);
    }

    private IActionResult Answer(ConfirmationOutcome outcome, IActionResult whenGood)
    {
        if (outcome == ConfirmationOutcome.Confirmed)
            return whenGood;
        Response.StatusCode = outcome == ConfirmationOutcome.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
        return View("NotConfirmed", outcome);
    }
}
