using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mail;

internal sealed class SmtpConnection(SmtpClient client, Socket socket, SmtpPhase phase, TimeSpan timeout) : IMailConnection
{
    private static readonly TimeSpan LeaveTaking = TimeSpan.FromSeconds(2);

    private bool _isClosing;

    // A server speaks only when spoken to: anything to read between two messages is its good-bye.
    public bool IsUsable => !_isClosing && client.IsConnected && !HasHungUp();

    public async Task<MailAnswer> SendAsync(MimeMessage message, MailEnvelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsUsable)
        {
            _isClosing = true;
            return new MailAnswer.NotSent("The mail server had closed the connection.");
        }

        if ((client.Capabilities & SmtpCapabilities.UTF8) == 0 && MailFormat.NeedsUtf8(envelope.Recipient))
            return new MailAnswer.RefusedForGood(553, "The mail server can't carry this address (it does not offer SMTPUTF8).", RefusalScope.Recipient);

        var sender = new MailboxAddress("", envelope.Sender);
        var recipient = new MailboxAddress("", envelope.Recipient);
        using var limit = new CancellationTokenSource(timeout);
        phase.BeginMessage();
        try
        {
            var text = await client.SendAsync(MailFormat.For(message), message, sender, [recipient], limit.Token);
            return new MailAnswer.Accepted((int)SmtpStatusCode.Ok, ServerText.Of(text));
        }
        catch (SmtpCommandException answer)
        {
            return Read(answer);
        }
        catch (ServiceNotAuthenticatedException answer)
        {
            return new MailAnswer.RefusedForNow((int)SmtpStatusCode.AuthenticationRequired, ServerText.Of(answer.Message), RefusalScope.Server);
        }
        catch (Exception e) when (phase.HasContentBegun || IsLoss(e))
        {
            _isClosing = true;
            var reason = e is OperationCanceledException
                ? $"The mail server did not answer within {timeout}."
                : "The connection to the mail server was lost.";
            return phase.HasContentBegun ? new MailAnswer.Unknown(reason) : new MailAnswer.NotSent(reason);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            using var limit = new CancellationTokenSource(LeaveTaking);
            try
            {
                await client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception e) when (IsLoss(e) || e is SmtpCommandException)
            {
                // Every message has had its answer; how the server takes the leave changes nothing.
            }
        }

        client.Dispose();
        socket.Dispose();
    }

    private static bool IsLoss(Exception e) =>
        e is SmtpProtocolException or IOException or SocketException or OperationCanceledException or ServiceNotConnectedException;

    private bool HasHungUp()
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private MailAnswer Read(SmtpCommandException answer)
    {
        var code = (int)answer.StatusCode;
        var text = ServerText.Of(answer.Message);
        var scope = code == 421 || IsAboutSigningIn(code) || answer.ErrorCode == SmtpErrorCode.SenderNotAccepted
            ? RefusalScope.Server
            : RefusalScope.Recipient;
        _isClosing |= code == 421;
        switch (code)
        {
            case >= 400 and < 500:
                return new MailAnswer.RefusedForNow(code, text, scope);
            case >= 500 when IsAboutSigningIn(code):
                // Permanent for the server, not for the message: it goes once somebody has mended the settings.
                return new MailAnswer.RefusedForNow(code, text, RefusalScope.Server);
            case >= 500 and < 600:
                return new MailAnswer.RefusedForGood(code, text, scope);
            case >= 200 and < 300 when answer.ErrorCode == SmtpErrorCode.MessageNotAccepted:
                // The library takes 250 alone for a yes; RFC 5321 section 4.2.1 has a client go by the first digit.
                return new MailAnswer.Accepted(code, text);
            default:
                // An answer that means nothing here: the conversation is out of step, and what follows would be too.
                _isClosing = true;
                return answer.ErrorCode == SmtpErrorCode.MessageNotAccepted
                    ? new MailAnswer.Unknown($"The mail server answered {code} to the message.")
                    : new MailAnswer.NotSent($"The mail server answered {code} out of turn.");
        }
    }

    private static bool IsAboutSigningIn(int code) => code is 432 or 454 or 530 or 534 or 535 or 538;
}
