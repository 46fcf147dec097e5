namespace CordisPulse.Web.Hosting;

/// <summary>All response headers that protect readers and staff. A page that must differ says so through <see cref="ContentSecurity"/>.</summary>
internal static class SecurityHeaders
{
    /// <summary>Public pages run no script and load nothing from elsewhere.</summary>
    private const string PublicPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string EditorPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Whatever lies under these may hold a token, also when no page answers there.</summary>
    private static readonly PathString[] Tokens = ["/unsubscribe", "/preferences", "/subscribe/confirm", "/your-data", "/preview"];

    public static void UsePulseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // As it was asked for: an error page is another path by the time that it is written.
        var path = context.Request.Path;
        context.Response.OnStarting(() =>
        {
            Set(context, path);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <param name="context">Whose response it is.</param>
    /// <param name="path">What was asked for.</param>
    public static void Set(HttpContext context, PathString path)
    {
        var headers = context.Response.Headers;
        var isEditor = path.StartsWithSegments("/editor");
        headers.ContentSecurityPolicy = context.Features.Get<ContentSecurity>()?.Policy ?? (isEditor ? EditorPolicy : PublicPolicy);
        headers["Referrer-Policy"] = isEditor || Array.Exists(Tokens, token => path.StartsWithSegments(token)) ? "no-referrer" : "strict-origin-when-cross-origin";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()";
        if (isEditor)
            headers.CacheControl = "no-store";
    }
}

/// <summary>What one response asks for in place of the usual headers.</summary>
internal sealed class ContentSecurity
{
    public required string Policy { get; init; }
}
