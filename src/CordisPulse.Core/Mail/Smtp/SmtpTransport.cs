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
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_smtp.Timeout);
        var phase = new SmtpPhase();
        var client = new Client(phase);
        Socket? socket = null;
        var isSigningIn = false;
        try
        {
            socket = await MailSocket.OpenAsync(_smtp.Host!, _smtp.EffectivePort, limit.Token);
            await client.ConnectAsync(socket, _smtp.Host!, _smtp.EffectivePort, Security(), limit.Token);
            isSigningIn = options.EffectiveAuth != MailAuth.None;
            await SignInAsync(client, limit.Token);

            // With BDAT the library sends command and content as one, and nothing would tell whether the content had begun.
            client.Capabilities &= ~(SmtpCapabilities.BinaryMime | SmtpCapabilities.Chunking);
            return new SmtpConnection(client, socket, phase, _smtp.Timeout);
        }
        catch (Exception e)
        {
            client.Dispose();
            socket?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw Unavailable(e, isSigningIn) ?? e;
        }
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
        SslHandshakeException { ServerCertificate: not null } => new($"{Server} has a certificate that this machine does not trust.") { Trouble = MailTrouble.Security },
        SslHandshakeException => new($"{Server} and this machine could not agree on a secure connection.") { Trouble = MailTrouble.Security },
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

    private sealed class Client(SmtpPhase phase) : SmtpClient(phase)
    {
        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            phase.RecipientAccepted();
    }
}
