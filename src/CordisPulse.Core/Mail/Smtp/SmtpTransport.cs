using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>Sends through the mail server of <c>Mail:Smtp</c>. Certificates are checked as the system checks them; there is no way round it.</summary>
public sealed class SmtpTransport(MailOptions options) : IMailTransport
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
            if (options.EffectiveAuth == MailAuth.Password)
            {
                isSigningIn = true;
                await client.AuthenticateAsync(_smtp.UserName!, _smtp.Password!, limit.Token);
            }

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
        SslHandshakeException { ServerCertificate: not null } => new($"{Server} has a certificate that this machine does not trust."),
        SslHandshakeException => new($"{Server} and this machine could not agree on a secure connection."),
        AuthenticationException { InnerException: SmtpCommandException refused } =>
            new($"{Server} did not accept the sign-in ({(int)refused.StatusCode}); see Mail:Smtp:UserName and Mail:Smtp:Password.", (int)refused.StatusCode),
        AuthenticationException => new($"{Server} did not accept the sign-in; see Mail:Smtp:UserName and Mail:Smtp:Password."),
        NotSupportedException when isSigningIn => new($"{Server} offers no way to sign in with a password; see Mail:Auth."),
        NotSupportedException => new($"{Server} does not offer STARTTLS; see Mail:Smtp:Security."),
        SmtpCommandException refused =>
            new($"{Server} does not let us in ({(int)refused.StatusCode}): {ServerText.Of(refused.Message)}", (int)refused.StatusCode),
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
