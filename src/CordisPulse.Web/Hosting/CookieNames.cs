using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// All cookies that there are. Where readers come by https they are called <c>__Host-…</c>, which a browser takes only from this very host, over https and for
/// all of it (RFC 6265bis section 4.1.3.2), so that no other name under the same domain can plant one.
/// </summary>
internal static class CookieNames
{
    public const string SignIn = "CordisPulse";
    private const string Form = "CordisPulse.Form";
    private const string Flash = "CordisPulse.Flash";

    /// <summary>Between the password and the code.</summary>
    private const string Step = "CordisPulse.Step";

    private const string HostOnly = "__Host-";

    public static void AddCookieNames(this IServiceCollection services)
    {
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<SiteOptions>>((options, site) => Name(options.Cookie, SignIn, site.Value));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme).Configure<IOptions<SiteOptions>>((options, site) => Name(options.Cookie, Step, site.Value));
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<SiteOptions>>((options, site) => Name(options.Cookie, Form, site.Value));
        services.AddOptions<CookieTempDataProviderOptions>().Configure<IOptions<SiteOptions>>((options, site) => Name(options.Cookie, Flash, site.Value));
    }

    private static void Name(CookieBuilder cookie, string name, SiteOptions site)
    {
        cookie.Name = site.IsSecure ? HostOnly + name : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SecurePolicy = site.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
