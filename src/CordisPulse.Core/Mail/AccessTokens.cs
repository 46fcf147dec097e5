using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CordisPulse.Core.Mail.Smtp;

namespace CordisPulse.Core.Mail;

/// <param name="IsFromBefore">It was fetched for an earlier connection, and may have been withdrawn since.</param>
public sealed record AccessToken(string Value, bool IsFromBefore)
{
    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => "access token";
}

/// <summary>
/// The tokens that <c>Mail:Auth</c> <c>OAuth2</c> signs in with, at whatever server: fetched with client credentials (RFC 6749 section
/// 4.4), kept for as long as they are good, and fetched anew a while before that.
/// </summary>
public sealed class AccessTokens(MailOptions options, TimeProvider time) : IDisposable
{
    private const int MostAnswer = 64 * 1024;

    /// <summary>What RFC 6749 section 5.1 leaves open.</summary>
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(10);

    /// <summary>A mailing must not find its token ended between two connections.</summary>
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(5);

    private readonly OAuth2Options _oauth = options.OAuth2;
    private readonly SemaphoreSlim _fetching = new(1, 1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        // Sooner than whoever waits for the token gives the mail server up, which would get the blame.
        Timeout = options.Smtp.Timeout / 2,
        MaxResponseContentBufferSize = MostAnswer,
    };

    private string? _token;
    private DateTimeOffset _renewAt;

    /// <exception cref="MailServerUnavailableException">None was to be had; the message names the setting to look at.</exception>
    public async Task<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } known && time.GetUtcNow() < _renewAt)
                return new AccessToken(known, IsFromBefore: true);
            var (value, life) = await FetchAsync(cancellationToken);
            // Of a short life a tenth is spared, lest each connection fetch its own.
            _renewAt = time.GetUtcNow() + life - (life / 10 < RenewedBefore ? life / 10 : RenewedBefore);
            _token = value;
            return new AccessToken(value, IsFromBefore: false);
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>The server did not accept it; whoever asks next gets another.</summary>
    public void Forget(AccessToken token) => Interlocked.CompareExchange(ref _token, null, token.Value);

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    private async Task<(string Value, TimeSpan Life)> FetchAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = _oauth.ClientId!,
            ["client_secret"] = await ReadSecretAsync(cancellationToken),
            ["scope"] = _oauth.EffectiveScope,
        });
        try
        {
            using var answer = await _http.PostAsync(new Uri(_oauth.EffectiveTokenEndpoint), form, cancellationToken);
            using var json = Parse(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken)));
            return answer.StatusCode == HttpStatusCode.OK && json is not null ? Read(json.RootElement) : throw Refused(answer.StatusCode, json?.RootElement);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair where a text should be.
            throw Unavailable($"gave an answer that cannot be read; see {EndpointSetting}");
        }
        catch (HttpRequestException e)
        {
            throw Unavailable($"could not be reached ({e.HttpRequestError}); see {EndpointSetting}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"did not answer within {_http.Timeout}; see {EndpointSetting}");
        }
    }

    private async Task<string> ReadSecretAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(_oauth.ClientSecretFile!, cancellationToken)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailServerUnavailableException("The file of Mail:OAuth2:ClientSecretFile cannot be read.") { Trouble = MailTrouble.SignIn };
        }
    }

    private static JsonDocument? Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private (string Value, TimeSpan Life) Read(JsonElement answer)
    {
        if (Text(answer, "access_token") is not { Length: > 0 } value || !value.All(c => c is > ' ' and < '\x7f'))
            throw Unavailable($"gave an answer without a token; see {EndpointSetting}");
        // Some servers write the number as a string.
        return (value, int.TryParse(Text(answer, "expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : UsualLife);
    }

    /// <summary>RFC 6749 section 5.2.</summary>
    private MailServerUnavailableException Refused(HttpStatusCode status, JsonElement? answer)
    {
        var error = answer is { } json ? Text(json, "error") : null;
        var setting = error switch
        {
            "invalid_client" or "unauthorized_client" => "Mail:OAuth2:ClientId and Mail:OAuth2:ClientSecretFile (the secret may have ended)",
            "invalid_scope" => "Mail:OAuth2:Scope",
            "invalid_request" => $"{EndpointSetting} and Mail:OAuth2:ClientId",
            _ => EndpointSetting,
        };
        return Unavailable($"gave no token ({(int)status}{(error is null ? "" : ", " + ServerText.Of(error))}); see {setting}");
    }

    private static string? Text(JsonElement answer, string name)
        => answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : null;

    private string EndpointSetting => string.IsNullOrEmpty(_oauth.TokenEndpoint) ? "Mail:OAuth2:TenantId" : "Mail:OAuth2:TokenEndpoint";

    private MailServerUnavailableException Unavailable(string what)
        => new($"The token server {new Uri(_oauth.EffectiveTokenEndpoint).Host} {what}.") { Trouble = MailTrouble.SignIn };
}
