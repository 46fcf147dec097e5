using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CordisPulse.Web.Features.YourData;

/// <summary>
/// What is held about a person, for that person: by a link that is mailed to their address, works once and opens a page for an hour.
/// Opening the link shows a button alone, since scanners open links. What is held is the answer to a post that the same browser window can repeat
/// within the hour, until the page is closed: an address that leads to it, a cookie, or a copy in the browser would each show it to whoever
/// comes to the device next.
/// </summary>
[TokenPage]
[Route("your-data")]
public sealed class YourDataController(
    OwnData own, OneTimeTokens tokens, AddressChanges changes, SubscriptionPages pages, AddressRequests requests, DataContact contact, SaidOnce said) : PublicController
{
    private const string FileName = "cordispulse-what-we-hold.json";

    private const string AddressAsked =
        "If we can write to the new address, an e-mail with a link is on its way to it. Until it is confirmed there, nothing changes. "
        + "Nothing comes? Then somebody may have left the list with that address, and whoever reads it has to subscribe anew.";

    [Reads("")]
    [TypedPage]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(new AskPage(null, await contact.GetAsync(cancellationToken)));

    /// <summary>The same answer for every address, after the same work: who gets the link is looked up afterwards.</summary>
    [HttpPost("")]
    [TypedPage]
    [EnableRateLimiting(JoiningLimit.OwnDataPolicy)]
    public async Task<IActionResult> Index(AskForm form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
        {
            ModelState.AddModelError(nameof(form.Email), problem);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View(new AskPage(form.Email, await contact.GetAsync(cancellationToken)));
        }

        await requests.WriteDownAsync(new AskByAddress { Kind = AddressRequestKind.OwnDataLink, Address = address, Network = Network }, cancellationToken);
        return RedirectToAction(nameof(Sent));
    }

    [Reads("sent")]
    public async Task<IActionResult> Sent(CancellationToken cancellationToken) => View(await contact.GetAsync(cancellationToken));

    [Reads("{token}")]
    public async Task<IActionResult> Open(string token, CancellationToken cancellationToken)
        => await tokens.FindAsync(TokenPurpose.OwnData, token, cancellationToken) is { State: TokenState.Valid }
            ? View(nameof(Open), SecretToken.Create())
            : await EndedAsync();

    [HttpPost("{token}")]
    [ActionName(nameof(Open))]
    public async Task<IActionResult> OpenNow(string token, string? opening, CancellationToken cancellationToken)
        => await own.OpenAsync(token, opening, cancellationToken) is { } page ? await ShowAsync(page, null) : await EndedAsync();

    [HttpPost("close")]
    public async Task<IActionResult> Close(YourDataForm form)
    {
        await own.CloseAsync(form.Page ?? "");
        return RedirectToAction(nameof(Closed));
    }

    [Reads("closed")]
    public IActionResult Closed() => View();

    [HttpPost("download")]
    public async Task<IActionResult> Download(YourDataForm form)
        => await own.DownloadAsync(form.Page ?? "", Network) is { } json ? File(Encoding.UTF8.GetBytes(json), "application/json", FileName) : await EndedAsync();

    [HttpPost("name")]
    public async Task<IActionResult> Name(NameForm form)
    {
        if (PersonText.ProblemOf(form.Name, "name") is { } name)
            ModelState.AddModelError(nameof(form.Name), name);
        if (PersonText.ProblemOf(form.Organisation, "organisation") is { } organisation)
            ModelState.AddModelError(nameof(form.Organisation), organisation);
        if (!ModelState.IsValid)
            return await ShowAsync(form.Page, null, typed: form);
        return await own.RenameAsync(form.Page ?? "", form.Name, form.Organisation, Network) ? await ShowAsync(form.Page, "Name and organisation are saved.") : await EndedAsync();
    }

    [HttpPost("address")]
    public async Task<IActionResult> Address(AddressForm form)
    {
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
            ModelState.AddModelError(nameof(form.Email), problem);
        if (!ModelState.IsValid || ModelState.Asks(form, nameof(form.Email)) || !await IsAskedAtAsync(form, address!))
            return await ShowAsync(form.Page, null, form);
        return await ShowAsync(form.Page, AddressAsked);
    }

    [HttpPost("erase")]
    public async Task<IActionResult> Erase(EraseForm form)
    {
        if (!form.Sure)
        {
            ModelState.AddModelError(nameof(form.Sure), "Tick the box if you want to be erased. It can't be undone.");
            return await ShowAsync(form.Page, null);
        }

        try
        {
            return await own.EraseAsync(form.Page ?? "") ? RedirectToAction(nameof(Erased)) : await EndedAsync();
        }
        catch (RefusedException)
        {
            ModelState.AddModelError(nameof(form.Sure), "You can’t be erased at this moment: something has to be put right here first. Nothing was erased. Try again tomorrow, or reply to any e-mail of ours.");
            return await ShowAsync(form.Page, null);
        }
    }

    [Reads("erased")]
    public IActionResult Erased() => View();

    [Reads("address/{token}")]
    public async Task<IActionResult> ConfirmAddress(string token, CancellationToken cancellationToken)
        => await changes.FindAsync(token, cancellationToken) == AddressChangeOutcome.Changed ? View() : await EndedAsync();

    [HttpPost("address/{token}")]
    [ActionName(nameof(ConfirmAddress))]
    public async Task<IActionResult> ConfirmAddressNow(string token)
    {
        var (outcome, own) = await changes.ConfirmAsync(token, Network);
        return own is null ? await EndedAsync() : RedirectToAction(nameof(AddressConfirmed), new { token = own, done = said.Seal(ConfirmedPage(own), outcome.ToString()) });
    }

    /// <summary>Said to whoever has just confirmed. Who opens it later reads how things stand now.</summary>
    /// <param name="token">Of the links in the person's mails.</param>
    /// <param name="done">What was done, sealed.</param>
    /// <param name="cancellationToken">Ends the reading of the page.</param>
    [Reads("confirmed/{token}")]
    public async Task<IActionResult> AddressConfirmed(string token, string? done, CancellationToken cancellationToken)
        => said.Open(Request, ConfirmedPage(token), done) is { } outcome && await pages.FindAsync(token, cancellationToken) is { } holder
            ? View(new AddressConfirmedPage(token, holder, new SectorNames(await pages.SectorsAsync(cancellationToken)), outcome == nameof(AddressChangeOutcome.Merged)))
            : LocalRedirect($"/preferences/{Uri.EscapeDataString(token)}");

    /// <returns>False when the address is theirs already, which its field says then.</returns>
    private async Task<bool> IsAskedAtAsync(AddressForm form, EmailAddress address)
    {
        try
        {
            await own.MoveAsync(form.Page ?? "", address, Network);
            return true;
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError(nameof(form.Email), e.Message);
            return false;
        }
    }

    private static string ConfirmedPage(string token) => $"/your-data/confirmed/{token}";

    private async Task<IActionResult> ShowAsync(string? page, string? said, AddressForm? newAddress = null, NameForm? typed = null)
    {
        if (await own.ReadAsync(page ?? "") is not { } person)
            return await EndedAsync();
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Show", new YourDataPage(page!, person, said, await contact.GetAsync(HttpContext.RequestAborted)) { NewAddress = newAddress, Typed = typed });
    }

    /// <summary>The same for a link that was used, has ended or was never made.</summary>
    private async Task<ViewResult> EndedAsync()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return View("Ended", await contact.GetAsync(HttpContext.RequestAborted));
    }
}
