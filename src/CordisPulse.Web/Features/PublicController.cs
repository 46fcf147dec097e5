using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features;

/// <summary>
/// Base of everything that anybody may open. Nothing on the public site is done by virtue of a cookie, so there is nothing that
/// another site could do in a reader's name, and no antiforgery cookie is set on readers.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public abstract class PublicController : Controller
{
    /// <summary>Where a request came from, as the consent record keeps it.</summary>
    protected string? Network => NetworkAddress.Of(HttpContext.Connection.RemoteIpAddress);
}
