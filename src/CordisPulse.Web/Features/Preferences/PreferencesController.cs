using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Preferences;

/// <param name="Token">The one of the page's own address.</param>
public sealed record PreferencesPage(string Token, string MaskedAddress, SubscriberStatus Status);

/// <summary>Digests get forwarded, so whoever holds the link sees no more than a masked address, and can leave or come back.</summary>
[TokenPage]
public sealed class PreferencesController(SubscriptionPages pages, Publisher publisher) : PublicController
{
    [HttpGet("preferences/{token}")]
    [HttpHead("preferences/{token}")]
    public async Task<IActionResult> Index(string token, CancellationToken cancellationToken)
    {
        if (await pages.FindAsync(token, cancellationToken) is { } holder)
            return View(new PreferencesPage(token, holder.MaskedAddress, holder.Status));
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("/Features/Unsubscribe/UnknownLink.cshtml", await publisher.GetAsync(cancellationToken));
    }
}
