using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Outbound;

/// <summary>Why nothing was fetched, in an editor's words.</summary>
/// <param name="mayPass">True when the same address may answer later.</param>
public sealed class OutboundRefusedException(string reason, bool mayPass = false, OutboundFailure failure = OutboundFailure.NotSaid) : Exception(reason)
{
    public bool MayPass { get; } = mayPass;

    public OutboundFailure Failure { get; } = failure;
}

/// <summary>What a refusal says of the address.</summary>
public enum OutboundFailure
{
    /// <summary>Nothing: the page may be there for people.</summary>
    NotSaid,

    /// <summary>Nobody answers there: no such name, a refused connection, no answer in time.</summary>
    Unanswered,

    /// <summary>There is a page, and more of it than was asked for.</summary>
    TooLarge,
}

/// <summary>What is asked for.</summary>
public sealed record OutboundRequest
{
    public required Uri Address { get; init; }

    /// <summary>Sent as <c>Accept</c>.</summary>
    public required string Accept { get; init; }

    /// <summary>In bytes, after decompression.</summary>
    public required int MaxBytes { get; init; }

    /// <summary>Ask for the headers alone (RFC 9110 section 9.3.2).</summary>
    public bool HeadOnly { get; init; }

    /// <summary>What is larger is read up to there, and not refused.</summary>
    public bool Cuts { get; init; }

    /// <summary>Of an answer that was read before; sent as <c>If-None-Match</c>.</summary>
    public string? ETag { get; init; }

    /// <summary>Sent as <c>If-Modified-Since</c>.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Asked before the address, and before each that it redirects to; null when all may be.</summary>
    public Func<Uri, CancellationToken, Task<bool>>? MayAsk { get; init; }
}

/// <param name="Address">Where the redirects ended.</param>
/// <param name="MediaType">As the server calls it, in lower case; empty when it does not say.</param>
/// <param name="Charset">Null when the server does not say.</param>
/// <param name="MovedTo">Where the page is from now on, as the redirects say that are for good (301, 308); null when none is.</param>
/// <param name="IsCut">There was more than was to be read.</param>
public sealed record OutboundAnswer(
    HttpStatusCode Status, Uri Address, string MediaType, string? Charset, byte[] Content, string? ETag, DateTimeOffset? LastModified, TimeSpan? RetryAfter,
    Uri? MovedTo, bool IsCut);

/// <summary>
/// The one way to other sites. Whatever address somebody pasted, and wherever a server redirects, it reaches only the open
/// internet: names are resolved here and the connection goes to the address that was looked at, so that a name can't answer
/// differently the second time. Time and size are bounded whatever the server does; no cookies, no credentials.
/// </summary>
public sealed class OutboundClient : IDisposable
{
    private const int MostRedirects = 5;

    /// <summary>How this program calls itself, and what a robots.txt calls it.</summary>
    public const string Product = "CordisPulse";

    private const string UserAgent = $"{Product}/1.0 (reads pages that an editor has linked to and feeds that one watches)";

    private readonly OutboundOptions _options;
    private readonly HttpClient _http;

    public OutboundClient(IOptions<OutboundOptions> options)
    {
        _options = options.Value;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
    }

    /// <exception cref="OutboundRefusedException">Not reachable, not allowed, too large, too slow, or redirected without end.</exception>
    public Task<OutboundAnswer> GetAsync(OutboundRequest request, CancellationToken cancellationToken = default)
        => WithinLimitsAsync(async limit =>
        {
            var address = request.Address;
            Uri? movedTo = null;
            var isForGood = true;
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (request.MayAsk is { } mayAsk && IsWeb(address) && !await mayAsk(address, limit))
                    throw new OutboundRefusedException("The site asks programs to leave it alone (robots.txt).");
                using var response = await AskAsync(request, address, limit);
                if (Redirect(address, response) is not { } next)
                    return await ReadAsync(request, address, movedTo, response, limit);
                address = next;
                // What lies behind a redirect for the time being may be elsewhere tomorrow.
                isForGood &= (int)response.StatusCode is 301 or 308;
                movedTo = isForGood ? address : movedTo;
            }

            throw new OutboundRefusedException("It redirects again and again.");
        }, cancellationToken);

    /// <summary>Where the redirects of an address lead, without fetching the page there.</summary>
    /// <param name="isEnd">True for an address that need not be asked: nothing is sent to it.</param>
    /// <exception cref="OutboundRefusedException">As <see cref="GetAsync"/>.</exception>
    public Task<Uri> FollowAsync(Uri start, Func<Uri, bool> isEnd, CancellationToken cancellationToken = default)
        => WithinLimitsAsync(async limit =>
        {
            var address = start;
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (isEnd(address))
                    return address;
                using var response = await AskAsync(new OutboundRequest { Address = address, Accept = "*/*", MaxBytes = 0 }, address, limit);
                if (Redirect(address, response) is not { } next)
                    return address;
                address = next;
            }

            throw new OutboundRefusedException("It redirects again and again.");
        }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> WithinLimitsAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundRefusedException($"It did not answer within {_options.Timeout.TotalSeconds:0} seconds.", mayPass: true, OutboundFailure.Unanswered);
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as OutboundRefusedException ?? new OutboundRefusedException(
                Reason(e),
                mayPass: e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded,
                e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError ? OutboundFailure.Unanswered : OutboundFailure.NotSaid);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UriFormatException or InvalidOperationException)
        {
            throw new OutboundRefusedException("Its answer could not be read.");
        }
    }

    private Task<HttpResponseMessage> AskAsync(OutboundRequest request, Uri address, CancellationToken cancellationToken)
        => IsWeb(address)
            ? _http.SendAsync(Message(request, address), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : throw new OutboundRefusedException("It leads to an address that is no web page.");

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private static Uri? Redirect(Uri address, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            return null;
        return response.Headers.Location is { } next && Uri.TryCreate(address, next, out var to)
            ? to
            : throw new OutboundRefusedException(response.Headers.Contains("Location") ? "It redirects to an address that is broken." : "It redirects without saying where to.");
    }

    private static HttpRequestMessage Message(OutboundRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.HeadOnly ? HttpMethod.Head : HttpMethod.Get, address);
        message.Headers.Accept.ParseAdd(request.Accept);
        message.Headers.AcceptLanguage.ParseAdd("en-GB, en;q=0.8");
        if (request.ETag is { } tag && EntityTagHeaderValue.TryParse(tag, out var parsed))
            message.Headers.IfNoneMatch.Add(parsed);
        message.Headers.IfModifiedSince = request.LastModified;
        return message;
    }

    private static async Task<OutboundAnswer> ReadAsync(OutboundRequest request, Uri address, Uri? movedTo, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        var isCut = false;
        int count;
        // Counted as it comes: a length can be a lie, and a small body can unpack to a large one.
        while (!isCut && (count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            isCut = content.Length + count > request.MaxBytes;
            if (isCut && !request.Cuts)
                throw new OutboundRefusedException($"It is larger than {request.MaxBytes / 1024 / 1024} MB.", failure: OutboundFailure.TooLarge);
            content.Write(buffer, 0, (int)Math.Min(count, request.MaxBytes - content.Length));
        }

        var type = response.Content.Headers.ContentType;
        return new OutboundAnswer(
            response.StatusCode, address, type?.MediaType?.ToLowerInvariant() ?? "", type?.CharSet?.Trim('"'), content.ToArray(),
            response.Headers.ETag?.ToString(), response.Content.Headers.LastModified,
            response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - DateTimeOffset.UtcNow), movedTo, isCut);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = _options.AllowPrivateAddresses ? addresses : Array.FindAll(addresses, PublicNetwork.Holds);
        if (allowed.Length == 0)
            throw new OutboundRefusedException("It leads to this machine or a private network, which is not looked at.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "There is no such site.",
        HttpRequestError.ConnectionError => e.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
            ? "There is no such site."
            : "The site could not be reached.",
        HttpRequestError.SecureConnectionError => "The site's certificate could not be verified.",
        HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "Its answer could not be read.",
        HttpRequestError.ConfigurationLimitExceeded => "Its answer has too many headers.",
        _ => "The site could not be reached.",
    };
}
