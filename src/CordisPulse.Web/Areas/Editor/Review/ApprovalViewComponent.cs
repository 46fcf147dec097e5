using System.Globalization;
using System.Security.Claims;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>Whether an edition is approved as it stands, and what whoever looks can do about it.</summary>
public sealed class ApprovalViewComponent(Approvals approvals, EditionChecks checks, IAuthorizationService authorization) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(EditionMonth month, bool acts)
    {
        if (await approvals.ReadAsync(month, HttpContext.RequestAborted) is not { } state)
            return Content("");
        var publishes = (await authorization.AuthorizeAsync(UserClaimsPrincipal, Policies.Publishes)).Succeeded;
        var accountId = int.Parse(UserClaimsPrincipal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        var errors = acts ? ApprovalWords.ErrorsIn(await checks.RunAsync(month, HttpContext.RequestAborted)) : 0;
        return View(ApprovalView.Of(state, accountId, publishes, acts) with { Errors = errors });
    }
}
