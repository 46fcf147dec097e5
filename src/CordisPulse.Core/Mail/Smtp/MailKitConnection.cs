using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>The mail library in charge of the whole conversation: the reference, and for servers that <see cref="PipelinedConnection"/> does not suit.</summary>
internal sealed class MailKitConnection(SmtpClient client, Socket socket, SmtpPhase phase, TimeSpan timeout) : IMailConnection
{
    private static readonly TimeSpan LeaveTaking = TimeSpan.FromSeconds(2);

    private bool _isClosing;
    private OutgoingMail? _offered;

    // A server speaks only when spoken to: anything to read between two messages is its good-bye.
    public bool IsUsable => !_isClosing && client.IsConnected && !MailSocket.IsReadable(socket);

    public Task<MailAnswer?> OfferAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsUsable)
        {
            _isClosing = true;
            return Task.FromResult<MailAnswer?>(new MailAnswer.NotSent("The mail server had closed the connection."));
        }

        _offered = mail;
        return Task.FromResult(SmtpEnvelope.Refusal(mail.Envelope, isInternational: false, client.Capabilities));
    }

    public async Task<MailAnswer> EndAsync(OutgoingMail? following = null)
    {
        var mail = _offered ?? throw new InvalidOperationException("No message has been offered.");
        _offered = null;
        var message = mail.Message;
        var sender = new MailboxAddress("", mail.Envelope.Sender);
        var recipient = new MailboxAddress("", mail.Envelope.Recipient);
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
        catch (Exception e) when (phase.HasContentBegun || MailSocket.IsLoss(e))
        {
            _isClosing = true;
            var reason = MailSocket.Reason(e, timeout);
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
            catch (Exception e) when (MailSocket.IsLoss(e) || e is SmtpCommandException)
            {
                // Every message has had its answer; how the server takes the leave changes nothing.
            }
        }

        client.Dispose();
        socket.Dispose();
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
