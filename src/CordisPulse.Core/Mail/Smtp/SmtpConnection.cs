using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mail.Smtp;

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
            return new MailAnswer.RefusedForNow((int)SmtpStatusCode.AuthenticationRequired, ServerText.Of(answer.Message), RefusalScope.SignIn);
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
        var read = SmtpReplies.Read(Stage(answer.ErrorCode), (int)answer.StatusCode, answer.Message);
        // An answer that means nothing here: the conversation is out of step, and what follows would be too.
        _isClosing |= (int)answer.StatusCode == 421 || read is MailAnswer.Unknown or MailAnswer.NotSent;
        return read;
    }

    private static SmtpStage Stage(SmtpErrorCode error) => error switch
    {
        SmtpErrorCode.SenderNotAccepted => SmtpStage.Sender,
        SmtpErrorCode.RecipientNotAccepted => SmtpStage.Recipient,
        SmtpErrorCode.MessageNotAccepted => SmtpStage.Content,
        _ => SmtpStage.Data,
    };
}
