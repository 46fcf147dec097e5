using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;

namespace CordisPulse.Tests.Mail;

/// <summary>Signing in with a token, against a token server and a mail server of the tests' own.</summary>
public sealed class AccessTokensTests : IAsyncLifetime, IDisposable
{
    private const string Secret = "the-secret-of-the-client";

    private readonly string _folder = Directory.CreateTempSubdirectory("pulse-token-").FullName;
    private readonly SetClock _clock = new();
    private readonly List<IFormCollection> _asked = [];
    private LoopbackSite _site = null!;
    private Func<int, (int Status, string Body)> _answer = number => (200, $$"""{"token_type":"Bearer","expires_in":3600,"access_token":"token-{{number}}"}""");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), Secret + "\n");
        _site = (await LoopbackSite.StartAsync()).On("/token", async context =>
        {
            int number;
            var form = await context.Request.ReadFormAsync();
            lock (_asked)
            {
                _asked.Add(form);
                number = _asked.Count;
            }

            var (status, body) = _answer(number);
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_token_is_fetched_once_for_all_connections_and_anew_before_it_ends()
    {
        using var tokens = new AccessTokens(Options(), _clock);

        var first = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => tokens.GetAsync(CancellationToken.None)));

        Assert.All(first, token => Assert.Equal("token-1", token.Value));
        var form = Assert.Single(_asked);
        Assert.Equal(
            ("client_credentials", "the-client", Secret, "https://outlook.office365.com/.default"),
            (form["grant_type"].ToString(), form["client_id"].ToString(), form["client_secret"].ToString(), form["scope"].ToString()));
        _clock.Now += TimeSpan.FromMinutes(54);
        Assert.Equal("token-1", (await tokens.GetAsync(CancellationToken.None)).Value);
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal("token-2", (await tokens.GetAsync(CancellationToken.None)).Value);
        Assert.DoesNotContain("token-", first[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"AADSTS7000215"}""", "Mail:OAuth2:ClientSecretFile")]
    [InlineData(400, """{"error":"invalid_scope"}""", "Mail:OAuth2:Scope")]
    [InlineData(400, """{"error":"unauthorized_client"}""", "Mail:OAuth2:ClientId")]
    [InlineData(404, "<h1>nobody here</h1>", "Mail:OAuth2:TokenEndpoint")]
    [InlineData(302, "", "Mail:OAuth2:TokenEndpoint")]
    [InlineData(200, "[]", "Mail:OAuth2:TokenEndpoint")]
    [InlineData(200, """{"access_token":7.5e9}{""", "Mail:OAuth2:TokenEndpoint")]
    [InlineData(200, """{"access_token":"\ud800"}""", "Mail:OAuth2:TokenEndpoint")]
    [InlineData(200, """{"access_token":"two words\r\nQUIT"}""", "Mail:OAuth2:TokenEndpoint")]
    public async Task A_token_that_is_not_to_be_had_names_the_setting_and_no_secret(int status, string body, string setting)
    {
        _answer = _ => (status, body);
        using var tokens = new AccessTokens(Options(), _clock);

        var e = await Assert.ThrowsAsync<MailServerUnavailableException>(() => tokens.GetAsync(CancellationToken.None));

        Assert.Contains(setting, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
        Assert.Equal(MailTrouble.SignIn, e.Trouble);
    }

    [Fact]
    public async Task A_token_server_that_is_not_there_or_fills_the_memory_is_an_answer_too()
    {
        var nobody = Options();
        nobody.OAuth2.TokenEndpoint = $"http://127.0.0.1:{MailSamples.UnusedPort()}/token";
        using var unreachable = new AccessTokens(nobody, _clock);
        Assert.Contains("could not be reached", (await Assert.ThrowsAsync<MailServerUnavailableException>(() => unreachable.GetAsync(CancellationToken.None))).Message, StringComparison.Ordinal);

        _answer = _ => (200, new string(' ', 1_000_000));
        using var endless = new AccessTokens(Options(), _clock);
        await Assert.ThrowsAsync<MailServerUnavailableException>(() => endless.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_token_server_that_never_answers_is_named_and_not_the_mail_server()
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { AcceptsToken = _ => true });
        _site.On("/silent", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var options = Options(server);
        options.OAuth2.TokenEndpoint = _site.At("/silent").AbsoluteUri;
        options.Smtp.Timeout = TimeSpan.FromSeconds(2);
        using var tokens = new AccessTokens(options, _clock);

        var e = await Assert.ThrowsAsync<MailServerUnavailableException>(() => new SmtpTransport(options, tokens).ConnectAsync(CancellationToken.None));

        Assert.Equal(MailTrouble.SignIn, e.Trouble);
        Assert.Contains("Mail:OAuth2:TokenEndpoint", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_token_that_is_no_longer_accepted_is_fetched_anew_once()
    {
        var accepted = "token-1";
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { AcceptsToken = token => token == accepted });
        var options = Options(server);
        using var tokens = new AccessTokens(options, _clock);
        var transport = new SmtpTransport(options, tokens);
        await using (var connection = await transport.ConnectAsync(CancellationToken.None))
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());

        accepted = "token-2";
        await using (var connection = await transport.ConnectAsync(CancellationToken.None))
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        Assert.Equal(2, _asked.Count);

        accepted = "none";
        var e = await Assert.ThrowsAsync<MailServerUnavailableException>(() => transport.ConnectAsync(CancellationToken.None));
        Assert.Equal((3, MailTrouble.SignIn), (_asked.Count, e.Trouble));
        Assert.Contains("Mail:OAuth2:ClientId", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoint_and_scope_of_Microsoft_365_follow_from_the_tenant()
        => Assert.Equal(
            ("https://login.microsoftonline.com/0f1e/oauth2/v2.0/token", "https://outlook.office365.com/.default"),
            (new OAuth2Options { TenantId = "0f1e" }.EffectiveTokenEndpoint, new OAuth2Options().EffectiveScope));

    private MailOptions Options(LoopbackSmtpServer? server = null)
    {
        var options = server is null ? new MailOptions() : MailSamples.For(server);
        options.Smtp.UserName = "pulse@sender.example";
        options.Auth = MailAuth.OAuth2;
        options.OAuth2 = new OAuth2Options
        {
            ClientId = "the-client",
            ClientSecretFile = Path.Combine(_folder, "secret"),
            TokenEndpoint = _site.At("/token").AbsoluteUri,
        };
        return options;
    }
}
