using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>What a proxy in front that ends TLS hides from us.</summary>
internal static class ProxySetup
{
    public static void UseProxy(this WebApplication app)
    {
        // The framework's own switch, for proxies on other machines, has put this in already; twice it would believe what a client says.
        if (!string.Equals(app.Configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        // Readers and their cookies see https, whatever the proxy speaks to us.
        if (app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.IsSecure)
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.SameAsRequest });
    }
}
