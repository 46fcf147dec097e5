using CordisPulse.Core.Hosting;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>All response headers that protect readers and staff. A page that must differ says so through <see cref="ContentSecurity"/>.</summary>
internal static class SecurityHeaders
{
    /// <summary>Public pages run no script and load nothing from elsewhere.</summary>
    private const string PublicPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>No script makes HTML of a text but by js/inert-page.js.</summary>
    private const string EditorPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types inert-page";

    /// <summary>Nothing of the kind is used, here or in what a page might frame.</summary>
    private const string Permissions =
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    /// <summary>Two years, as browsers' preload lists ask for. Not for other names under this one: they are not ours to decide on.</summary>
    private const string OnlySecure = "max-age=63072000";

    /// <summary>Whatever lies under these may hold a token, also when no page answers there.</summary>
    private static readonly PathString[] Tokens = ["/unsubscribe", "/preferences", "/subscribe/confirm", "/your-data", "/preview"];

    public static void UsePulseSecurityHeaders(this WebApplication app)
    {
        var isSecure = app.IsSecure();
        app.Use((context, next) =>
        {
            // As it was asked for: an error page is another path by the time that it is written.
            var path = context.Request.Path;
            context.Response.OnStarting(() =>
            {
                Set(context, path, isSecure);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>Readers reach the site by https, whatever a proxy speaks to us.</summary>
    public static bool IsSecure(this WebApplication app) => app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.IsSecure;

    /// <param name="context">Whose response it is.</param>
    /// <param name="path">What was asked for.</param>
    /// <param name="isSecure">As <see cref="IsSecure"/> has it.</param>
    public static void Set(HttpContext context, PathString path, bool isSecure)
    {
        var headers = context.Response.Headers;
        var isEditor = path.StartsWithSegments("/editor");
        headers.ContentSecurityPolicy = context.Features.Get<ContentSecurity>()?.Policy ?? (isEditor ? EditorPolicy : PublicPolicy);
        headers["Referrer-Policy"] = isEditor || Array.Exists(Tokens, token => path.StartsWithSegments(token)) ? "no-referrer" : "strict-origin-when-cross-origin";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Pages, feeds and exports are read by programs and followed by links, which this does not touch; other sites' pages embed none of them.
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (isSecure)
            headers.StrictTransportSecurity = OnlySecure;
        if (isEditor)
            headers.CacheControl = "no-store";
    }
}

/// <summary>What one response asks for in place of the usual headers.</summary>
internal sealed class ContentSecurity
{
    public required string Policy { get; init; }
}
