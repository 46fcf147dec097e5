using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>What a proxy in front that ends TLS hides from us, and which names it may ask us by.</summary>
internal static class ProxySetup
{
    private const string AllowedHosts = "AllowedHosts";

    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static void AddProxy(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<ProxyOptions>(ProxyOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        if (builder.Configuration[AllowedHosts] is { Length: > 0 })
            return;
        // With a public name, requests come under it; who asks under another wants a page of ours to be kept under theirs.
        builder.Services.AddOptions<HostFilteringOptions>().PostConfigure<IOptions<SiteOptions>>((filtering, site) =>
        {
            if (Uri.TryCreate(site.Value.PublicUrl, UriKind.Absolute, out var address) && !address.IsLoopback)
                filtering.AllowedHosts = [address.IdnHost, .. ThisMachine];
        });
    }

    public static void UseProxy(this WebApplication app)
    {
        // The framework's own switch, which believes everybody, has put this in already; twice it would believe what a client says.
        if (!string.Equals(app.Configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
            app.UseForwardedHeaders(Forwarded(app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value));
        // Readers and their cookies see https, whatever the proxy speaks to us.
        if (app.IsSecure())
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.SameAsRequest });
    }

    /// <summary>Of a chain of proxies that are all known, each hands on the one before; the first that is not known is the client.</summary>
    private static ForwardedHeadersOptions Forwarded(ProxyOptions proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        foreach (var network in proxies.Addresses)
            options.KnownIPNetworks.Add(ProxyOptions.Parse(network)!.Value);
        return options;
    }
}
