using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>Sends through the mail server of <c>Mail:Smtp</c>. Certificates are checked as the system checks them; there is no way round it.</summary>
public sealed class SmtpTransport(MailOptions options, AccessTokens? tokens = null) : IMailTransport
{
    private readonly SmtpOptions _smtp = options.Smtp;

    private string Server => $"The mail server {_smtp.Host}:{_smtp.EffectivePort}";

    public async Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken)
        => Connection(await OpenAsync(cancellationToken));

    /// <summary>Connects and signs in as for sending, and says what the server offers.</summary>
    /// <exception cref="MailServerUnavailableException">As of <see cref="ConnectAsync(CancellationToken)"/>.</exception>
    public async Task<MailServerOffer> LookAsync(CancellationToken cancellationToken)
    {
        var open = await OpenAsync(cancellationToken);
        // Before the connection hides what it does not use.
        var offer = new MailServerOffer
        {
            Server = $"{_smtp.Host}:{_smtp.EffectivePort}",
            Extensions = Extensions(open.Client),
            MaxSize = open.Client.MaxSize,
            Tls = open.Stream?.Tls ?? (open.Client.IsSecure ? open.Client.SslProtocol : null),
            CarriesInternationalAddresses = open.Client.Capabilities.HasFlag(SmtpCapabilities.UTF8 | SmtpCapabilities.EightBitMime),
        };
        await using (Connection(open))
            return offer;
    }

    private IMailConnection Connection(Opened open)
    {
        if (open.Stream is not null)
            return new PipelinedConnection(open.Client, open.Stream, open.Socket, _smtp.Timeout);
        // With BDAT the library sends command and content as one, and nothing would tell whether the content had begun.
        open.Client.Capabilities &= ~(SmtpCapabilities.BinaryMime | SmtpCapabilities.Chunking);
        return new MailKitConnection(open.Client, open.Socket, open.Phase, _smtp.Timeout);
    }

    private async Task<Opened> OpenAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_smtp.Timeout);
        var phase = new SmtpPhase();
        var client = _smtp.Client == SmtpClientKind.MailKit ? new Client(phase) : new SmtpClient();
        Socket? socket = null;
        var isSigningIn = false;
        try
        {
            socket = await MailSocket.OpenAsync(_smtp.Host!, _smtp.EffectivePort, limit.Token);
            var stream = await ConnectAsync(client, socket, limit.Token);
            isSigningIn = options.EffectiveAuth != MailAuth.None;
            await SignInAsync(client, limit.Token);
            return new Opened(client, stream, socket, phase);
        }
        catch (Exception e)
        {
            client.Dispose();
            socket?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw Unavailable(e, isSigningIn) ?? e;
        }
    }

    private static IReadOnlyList<string> Extensions(SmtpClient client)
    {
        (SmtpCapabilities Flag, string Name)[] known =
        [
            (SmtpCapabilities.Pipelining, "PIPELINING"),
            (SmtpCapabilities.EightBitMime, "8BITMIME"),
            (SmtpCapabilities.UTF8, "SMTPUTF8"),
            (SmtpCapabilities.Size, client.MaxSize > 0 ? string.Create(CultureInfo.InvariantCulture, $"SIZE {client.MaxSize}") : "SIZE"),
            (SmtpCapabilities.Chunking, "CHUNKING"),
            (SmtpCapabilities.BinaryMime, "BINARYMIME"),
            (SmtpCapabilities.Dsn, "DSN"),
            (SmtpCapabilities.EnhancedStatusCodes, "ENHANCEDSTATUSCODES"),
            (SmtpCapabilities.StartTLS, "STARTTLS"),
        ];
        var offered = known.Where(extension => client.Capabilities.HasFlag(extension.Flag)).Select(extension => extension.Name);
        return client.AuthenticationMechanisms.Count == 0
            ? [.. offered]
            : [.. offered, ServerText.Of($"AUTH {string.Join(' ', client.AuthenticationMechanisms.Order(StringComparer.Ordinal))}")];
    }

    /// <returns>The stream that the rest is spoken over; null when that is the library's part.</returns>
    private async Task<SmtpStream?> ConnectAsync(SmtpClient client, Socket socket, CancellationToken cancellationToken)
    {
        if (_smtp.Client == SmtpClientKind.MailKit)
        {
            await client.ConnectAsync(socket, _smtp.Host!, _smtp.EffectivePort, Security(), cancellationToken);
            return null;
        }

        var stream = new SmtpStream(socket);
        // The library takes it from the socket, which it does not see here.
        client.LocalDomain = LocalAddress(socket);
        if (_smtp.EffectiveSecurity == SmtpSecurity.Tls)
            await stream.SecureAsync(_smtp.Host!, client, cancellationToken);
        else if (_smtp.EffectiveSecurity == SmtpSecurity.StartTls)
            await stream.StartTlsAsync(_smtp.Host!, client, cancellationToken);
        await client.ConnectAsync(stream, _smtp.Host!, _smtp.EffectivePort, SecureSocketOptions.None, cancellationToken);
        return stream;
    }

    /// <summary>As EHLO has an address (RFC 5321 section 4.1.3).</summary>
    private static string LocalAddress(Socket socket)
    {
        var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";
    }

    private async Task SignInAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        switch (options.EffectiveAuth)
        {
            case MailAuth.Password:
                await client.AuthenticateAsync(_smtp.UserName!, _smtp.Password!, cancellationToken);
                break;
            case MailAuth.OAuth2:
                await SignInWithTokenAsync(client, cancellationToken);
                break;
        }
    }

    /// <summary>A token from before may have been withdrawn: one that was not accepted is fetched anew, once.</summary>
    private async Task SignInWithTokenAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        var token = await tokens!.GetAsync(cancellationToken);
        try
        {
            await client.AuthenticateAsync(new SaslMechanismOAuth2(_smtp.UserName!, token.Value), cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or SmtpProtocolException or IOException)
        {
            tokens.Forget(token);
            // Some servers hang up here; the next connection then has the new token.
            if (!token.IsFromBefore || !client.IsConnected)
                throw;
            token = await tokens.GetAsync(cancellationToken);
            await client.AuthenticateAsync(new SaslMechanismOAuth2(_smtp.UserName!, token.Value), cancellationToken);
        }
    }

    private string SignInSettings => options.EffectiveAuth == MailAuth.OAuth2
        ? "Mail:Smtp:UserName (the mailbox), Mail:OAuth2:ClientId and what the application may do with that mailbox"
        : "Mail:Smtp:UserName and Mail:Smtp:Password";

    private SecureSocketOptions Security() => _smtp.EffectiveSecurity switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private MailServerUnavailableException? Unavailable(Exception e, bool isSigningIn) => e switch
    {
        SocketException socket => new($"{Server} could not be reached: {Plain(socket.SocketErrorCode)}."),
        OperationCanceledException => new($"{Server} did not answer within {_smtp.Timeout}."),
        TlsFailedException { IsUntrusted: true } or SslHandshakeException { ServerCertificate: not null } =>
            new($"{Server} has a certificate that this machine does not trust.") { Trouble = MailTrouble.Security },
        TlsFailedException or SslHandshakeException => new($"{Server} and this machine could not agree on a secure connection.") { Trouble = MailTrouble.Security },
        AuthenticationException { InnerException: SmtpCommandException refused } =>
            new($"{Server} did not accept the sign-in ({(int)refused.StatusCode}); see {SignInSettings}.", (int)refused.StatusCode)
            {
                Trouble = MailTrouble.SignIn,
                Quota = RelayQuotas.Find((int)refused.StatusCode, refused.Message),
            },
        AuthenticationException => new($"{Server} did not accept the sign-in; see {SignInSettings}.") { Trouble = MailTrouble.SignIn },
        NotSupportedException when isSigningIn =>
            new($"{Server} offers no way to sign in with a {(options.EffectiveAuth == MailAuth.OAuth2 ? "token" : "password")}; see Mail:Auth.") { Trouble = MailTrouble.SignIn },
        NotSupportedException => new($"{Server} does not offer STARTTLS; see Mail:Smtp:Security.") { Trouble = MailTrouble.Security },
        SmtpCommandException refused =>
            new($"{Server} does not let us in ({(int)refused.StatusCode}): {ServerText.Of(refused.Message)}", (int)refused.StatusCode)
            {
                Quota = RelayQuotas.Find((int)refused.StatusCode, refused.Message),
            },
        // After 535 some servers hang up; the library then reports only the lost connection.
        SmtpProtocolException or IOException or ServiceNotConnectedException =>
            new($"{Server} closed the connection before it was ready."),
        _ => null,
    };

    private static string Plain(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.HostNotFound or SocketError.NoData => "there is no such host",
        SocketError.TryAgain => "its name could not be looked up",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to it",
        SocketError.TimedOut => "it did not answer",
        _ => error.ToString(),
    };

    /// <param name="Stream">Null when the library speaks over a stream of its own.</param>
    private sealed record Opened(SmtpClient Client, SmtpStream? Stream, Socket Socket, SmtpPhase Phase);

    private sealed class Client(SmtpPhase phase) : SmtpClient(phase)
    {
        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            phase.RecipientAccepted();
    }
}
