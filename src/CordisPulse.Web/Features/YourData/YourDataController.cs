using System.Text;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.YourData;

/// <summary>What every form of the page holds in place of an address that could be read over a shoulder or found in a history.</summary>
public class YourDataForm
{
    public string? Page { get; set; }
}

public sealed class NameForm : YourDataForm
{
    public string? Name { get; set; }

    public string? Organisation { get; set; }
}

public sealed class AddressForm : YourDataForm
{
    public string? Email { get; set; }
}

public sealed class EraseForm : YourDataForm
{
    public bool Sure { get; set; }
}

/// <param name="Page">The token of the page, for its forms.</param>
/// <param name="Said">What was done last.</param>
public sealed record YourDataPage(string Page, HeldPerson Person, string? Said)
{
    /// <summary>The name and organisation that were typed and refused; null where none were.</summary>
    public NameForm? Typed { get; init; }

    /// <summary>What was typed for a new address and refused.</summary>
    public string? NewAddress { get; init; }
}

/// <param name="Token">Of the links in the person's mails.</param>
/// <param name="IsMerged">Whether the address was on the list already.</param>
public sealed record AddressConfirmedPage(string Token, TokenHolder Holder, SectorNames Sectors, bool IsMerged)
{
    public string SectorsInWords => Sectors.Write(WantedSectors.Write(Holder.Sectors)) is { Length: > 0 } names ? names : "all sectors";
}

/// <summary>
/// What is held about a person, for that person: by a link that is mailed to their address, works once and opens a page for an hour.
/// Opening the link shows a button alone, since scanners open links.
/// </summary>
[TokenPage]
[Route("your-data")]
public sealed class YourDataController(OwnData own, OneTimeTokens tokens, AddressChanges changes, SubscriptionPages pages) : PublicController
{
    private const string FileName = "cordispulse-what-we-hold.json";

    [HttpGet("")]
    [HttpHead("")]
    public IActionResult Index() => View();

    [HttpGet("{token}")]
    [HttpHead("{token}")]
    public async Task<IActionResult> Open(string token, CancellationToken cancellationToken)
        => await tokens.FindAsync(TokenPurpose.OwnData, token, cancellationToken) is { State: TokenState.Valid } ? View() : Ended();

    [HttpPost("{token}")]
    [ActionName(nameof(Open))]
    public async Task<IActionResult> OpenNow(string token, CancellationToken cancellationToken)
        => await own.OpenAsync(token, cancellationToken) is { } page ? await ShowAsync(page, null) : Ended();

    [HttpPost("download")]
    public async Task<IActionResult> Download(YourDataForm form)
        => await own.DownloadAsync(form.Page ?? "", Network) is { } json ? File(Encoding.UTF8.GetBytes(json), "application/json", FileName) : Ended();

    [HttpPost("name")]
    public async Task<IActionResult> Name(NameForm form)
    {
        if (form.Name?.Length > Limits.Line)
            ModelState.AddModelError(nameof(form.Name), $"A name has at most {Limits.Line} characters.");
        if (form.Organisation?.Length > Limits.Line)
            ModelState.AddModelError(nameof(form.Organisation), $"The name of an organisation has at most {Limits.Line} characters.");
        if (!ModelState.IsValid)
            return await ShowAsync(form.Page, null, typed: form);
        return await own.RenameAsync(form.Page ?? "", form.Name, form.Organisation, Network) ? await ShowAsync(form.Page, "Name and organisation are saved.") : Ended();
    }

    [HttpPost("address")]
    public async Task<IActionResult> Address(AddressForm form)
    {
        if (!EmailAddress.TryParse(form.Email, out var address, out var problem))
        {
            ModelState.AddModelError(nameof(form.Email), problem);
            return await ShowAsync(form.Page, null, form.Email);
        }

        return await own.MoveAsync(form.Page ?? "", address, Network)
            ? await ShowAsync(form.Page, "If we can write to the new address, an e-mail with a link is on its way to it. Until it is confirmed there, nothing changes.")
            : Ended();
    }

    [HttpPost("erase")]
    public async Task<IActionResult> Erase(EraseForm form)
    {
        if (!form.Sure)
        {
            ModelState.AddModelError(nameof(form.Sure), "Tick the box if you want to be erased. It can't be undone.");
            return await ShowAsync(form.Page, null);
        }

        return await own.EraseAsync(form.Page ?? "") ? View("Erased") : Ended();
    }

    [HttpGet("address/{token}")]
    [HttpHead("address/{token}")]
    public async Task<IActionResult> ConfirmAddress(string token, CancellationToken cancellationToken)
        => await changes.FindAsync(token, cancellationToken) == AddressChangeOutcome.Changed ? View() : Ended();

    [HttpPost("address/{token}")]
    [ActionName(nameof(ConfirmAddress))]
    public async Task<IActionResult> ConfirmAddressNow(string token, CancellationToken cancellationToken)
    {
        var (outcome, own) = await changes.ConfirmAsync(token, Network);
        return own is not null && await pages.FindAsync(own, cancellationToken) is { } holder
            ? View("AddressConfirmed", new AddressConfirmedPage(own, holder, new SectorNames(await pages.SectorsAsync(cancellationToken)), outcome == AddressChangeOutcome.Merged))
            : Ended();
    }

    private async Task<IActionResult> ShowAsync(string? page, string? said, string? newAddress = null, NameForm? typed = null)
    {
        if (await own.ReadAsync(page ?? "") is not { } person)
            return Ended();
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Show", new YourDataPage(page!, person, said) { NewAddress = newAddress, Typed = typed });
    }

    /// <summary>The same for a link that was used, has ended or was never made.</summary>
    private ViewResult Ended()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return View("Ended");
    }
}
