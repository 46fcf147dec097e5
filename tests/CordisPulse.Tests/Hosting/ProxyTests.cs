using System.Net;
using CordisPulse.Core.Accounts;

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
        Assert.Contains(editor.Cookies, cookie => cookie.Name == "CordisPulse");
        Assert.Contains(editor.Cookies, cookie => cookie.Name == "CordisPulse.Form");
        Assert.All(editor.Cookies, cookie => Assert.True(cookie.Secure, cookie.Name));
    }

    [Fact]
    public async Task The_way_to_signing_in_does_not_depend_on_the_host_that_was_named()
    {
        using var visitor = _app.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editor/accounts") { Headers = { Host = "evil.example.org" } };
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.Redirect, "/editor/sign-in?returnTo=%2Feditor%2Faccounts"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
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
