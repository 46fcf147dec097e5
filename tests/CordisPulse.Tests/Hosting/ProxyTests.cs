using System.Net;
using CordisPulse.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Hosting;

/// <summary>Behind a proxy that ends TLS and hands requests on in the clear.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private readonly PulseApp _app = new PulseApp().With("Site:PublicUrl", "https://pulse.example.org");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Every_cookie_is_for_https_alone_and_signing_in_works()
    {
        using var editor = await _app.SignInAsync(Roles.Editor);

        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/editor")).Status);
        Assert.Contains(editor.Cookies, cookie => cookie.Name == "__Host-CordisPulse");
        Assert.Contains(editor.Cookies, cookie => cookie.Name == "__Host-CordisPulse.Form");
        Assert.All(editor.Cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal);
            Assert.Equal((true, true, "/", false), (cookie.Secure, cookie.HttpOnly, cookie.Path, cookie.Domain.StartsWith('.')));
        });
    }

    [Theory]
    [InlineData("pulse.example.org", true)]
    [InlineData("pulse.example.org:8443", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("evil.example.org", false)]
    [InlineData("pulse.example.org.evil.example.org", false)]
    [InlineData("10.0.0.7", false)]
    public async Task Who_asks_under_another_name_is_refused(string host, bool isOurs)
    {
        using var visitor = _app.Visit();
        foreach (var path in new[] { "/", "/subscribe", "/editor/sign-in", "/health/live" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            using var answer = await visitor.Http.SendAsync(request);
            Assert.Equal(isOurs ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Other_names_are_allowed_by_setting_and_no_page_depends_on_the_one_that_was_used()
    {
        await using var app = new PulseApp().With("Site:PublicUrl", "https://pulse.example.org").With("AllowedHosts", "pulse.example.org;127.0.0.1;probe.example.org");
        using var visitor = app.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editor/accounts") { Headers = { Host = "probe.example.org" } };
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.Redirect, "/editor/sign-in?returnTo=%2Feditor%2Faccounts"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    /// <summary>The consent record has the address that was believed.</summary>
    [Theory]
    [InlineData("198.51.100.7", null, "198.51.100.7")]
    [InlineData("198.51.100.7, 203.0.113.9", null, "203.0.113.9")]
    [InlineData("198.51.100.7, 203.0.113.9", "203.0.113.0/24", "198.51.100.7")]
    [InlineData("192.0.2.1, 198.51.100.7, 203.0.113.9", "203.0.113.9", "198.51.100.7")]
    public async Task A_client_s_address_is_believed_from_proxies_that_are_known_alone(string forwarded, string? known, string client)
    {
        await using var app = new PulseApp();
        if (known is not null)
            app.With("Proxy:Addresses:0", known);
        using var visitor = app.Visit();
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        var form = await visitor.GetAsync("/subscribe");
        _ = await visitor.SubmitAsync(form, new() { ["Email"] = "ann@example.org" });

        Assert.Equal(client, await app.QueryAsync(db => db.AddressRequests.Select(request => request.Network).SingleAsync()));
    }

    [Theory]
    [InlineData("PUT", "/unsubscribe/secret")]
    [InlineData("GET", "/unsubscribe/secret/x")]
    [InlineData("GET", "/preferences/secret/x")]
    [InlineData("DELETE", "/subscribe/confirm/secret")]
    [InlineData("GET", "/subscribe/confirm/secret/x")]
    [InlineData("GET", "/editor/set-up/secret/x")]
    public async Task No_address_with_a_token_is_told_to_where_a_link_leads(string method, string path)
    {
        using var visitor = _app.Visit();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }
}
