using System.Globalization;
using CordisPulse.Core;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>
/// Joining. Everybody gets the same answer, after the same work; what is true of the address is told in a mail to it.
/// </summary>
[TokenPage]
[Route("subscribe")]
public sealed class SubscribeController(AddressRequests requests, SubscriptionService subscriptions, SubscriptionPages pages, PrivacyTexts privacy, FormClock clock) : PublicController
{
    [Reads("")]
    [TypedPage]
    public async Task<IActionResult> Form(CancellationToken cancellationToken)
        => View(new SubscribeForm { Started = clock.Stamp(await privacy.ShowAsync(cancellationToken)), Choices = await pages.SectorsAsync(cancellationToken) });

    [HttpPost("")]
    [TypedPage]
    public async Task<IActionResult> Form(SubscribeForm form, [FromServices] SubscribeLimit limit, CancellationToken cancellationToken)
    {
        // A program that fills in what people do not see is told that all went well.
        if (form.IsOfAProgram)
            return RedirectToAction(nameof(Thanks));
        var address = form.Address(ModelState);
        // From the front page or from another site: here is what they agree to, and what they may choose.
        if (clock.Read(form.Started) is not var (isTooSoon, privacyText))
            return await AgainAsync(form, cancellationToken);
        if (address is not null && isTooSoon)
            ModelState.AddModelError("", "That was very quick. Please look whether all is right, then press Subscribe once more.");
        if (address is not null && ModelState.IsValid && limit.Wait(HttpContext.Connection.RemoteIpAddress) is { } wait)
            return await TooManyAsync(form, wait, cancellationToken);
        return address is not null && ModelState.IsValid && await WriteDownAsync(address, form, privacyText, cancellationToken)
            ? RedirectToAction(nameof(Thanks))
            : await AgainAsync(form, cancellationToken);
    }

    [Reads("thanks")]
    public IActionResult Thanks() => View();

    /// <summary>Mail scanners open links, so opening it changes nothing.</summary>
    [Reads("confirm/{token}")]
    public async Task<IActionResult> Confirm(string token, CancellationToken cancellationToken)
        => Answer(await pages.ConfirmationAsync(token, cancellationToken), View(nameof(Confirm)));

    [HttpPost("confirm/{token}")]
    [ActionName(nameof(Confirm))]
    public async Task<IActionResult> ConfirmNow(string token, CancellationToken cancellationToken)
        => Answer(
            await subscriptions.ConfirmAsync(new ConfirmSubscription { Token = token, Network = Network }, cancellationToken),
            RedirectToAction(nameof(Welcome)));

    [Reads("welcome")]
    public IActionResult Welcome() => View();

    private async Task<bool> WriteDownAsync(EmailAddress address, SubscribeForm form, string privacyText, CancellationToken cancellationToken)
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
                    PrivacyText = privacyText,
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

    private async Task<IActionResult> TooManyAsync(SubscribeForm form, TimeSpan wait, CancellationToken cancellationToken)
    {
        ModelState.AddModelError("", "Many have subscribed from your network within a minute. Nothing that you typed is lost: wait a minute, then press Subscribe once more.");
        var again = await AgainAsync(form, cancellationToken);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return again;
    }

    private async Task<IActionResult> AgainAsync(SubscribeForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        var shown = await privacy.ShowAsync(cancellationToken);
        // The time goes on, unless there is none to go on with, or another text to agree to.
        if (clock.Read(form.Started)?.PrivacyText != shown)
            form.Started = clock.Stamp(shown);
        form.IsNext = ModelState.IsValid;
        form.Choices = await pages.SectorsAsync(cancellationToken);
        return View(nameof(Form), form);
    }

    private IActionResult Answer(ConfirmationOutcome outcome, IActionResult whenGood)
    {
        if (outcome == ConfirmationOutcome.Confirmed)
            return whenGood;
        Response.StatusCode = outcome == ConfirmationOutcome.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
        return View("NotConfirmed", outcome);
    }
}
