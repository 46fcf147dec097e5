using System.Buffers;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>
/// Speaks MAIL, RCPT, DATA and the content itself, over a stream on which the mail library has signed in. Where the server offers
/// PIPELINING (RFC 2920) the envelope is one write, and leaves with the end of the message before it.
/// </summary>
internal sealed class PipelinedConnection(SmtpClient client, SmtpStream stream, Socket socket, TimeSpan timeout) : IMailConnection
{
    private static readonly TimeSpan LeaveTaking = TimeSpan.FromSeconds(2);

    private readonly SmtpCapabilities _offered = client.Capabilities;
    private readonly ArrayBufferWriter<byte> _out = new(512);
    private CancellationTokenSource _limit = new();
    private OutgoingMail? _announced;
    private State _state = State.Ready;
    private bool _isResetDue;

    private enum State
    {
        Ready,

        /// <summary>The envelope of a message has left; its answers are unread.</summary>
        Announced,

        /// <summary>All of a message but its final dot has left.</summary>
        Offered,
        Closed,
    }

    // A server speaks only when spoken to: anything to read between two messages is its good-bye.
    public bool IsUsable => _state == State.Ready ? !HasSpoken() : _state != State.Closed;

    private bool IsPipelining => (_offered & SmtpCapabilities.Pipelining) != 0;

    private bool AllowsEightBit => (_offered & SmtpCapabilities.EightBitMime) != 0;

    public async Task<MailAnswer?> OfferAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Another message's envelope can't be taken back: the server waits for its content.
        if (!IsUsable || _state == State.Offered || (_state == State.Announced && _announced != mail))
        {
            _state = State.Closed;
            return new MailAnswer.NotSent("The mail server had closed the connection.");
        }

        if (Refusal(mail) is { } refusal)
            return refusal;
        var limit = BeginLimit();
        try
        {
            if (await AskAsync(mail, limit) is { } refused)
                return refused;
            await stream.WriteAsync(mail.ForWire(AllowsEightBit).Bytes, limit);
            _state = State.Offered;
            return null;
        }
        catch (Exception e) when (MailSocket.IsLoss(e))
        {
            _state = State.Closed;
            return new MailAnswer.NotSent(Reason(e));
        }
    }

    public async Task<MailAnswer> EndAsync(OutgoingMail? following = null)
    {
        if (_state != State.Offered)
            throw new InvalidOperationException("No message has been offered.");
        var limit = BeginLimit();
        var hasLeft = false;
        try
        {
            if (HasSpoken())
            {
                // Whatever it is about, it is no answer to an end that has not left; and what follows would be out of step.
                _state = State.Closed;
                var early = await stream.ReadReplyAsync(limit);
                return SmtpReplies.Read(SmtpStage.Data, early.Code, early.Text);
            }

            _out.ResetWrittenCount();
            _out.Write(".\r\n"u8);
            _announced = following is not null && IsPipelining && Refusal(following) is null ? following : null;
            if (_announced is not null)
                WriteEnvelope(_announced);
            // A write that fails may have left all the same.
            hasLeft = true;
            await stream.WriteAsync(_out.WrittenMemory, limit);
            var reply = await stream.ReadReplyAsync(limit);
            _state = _announced is null ? State.Ready : State.Announced;
            return Read(SmtpStage.Content, reply);
        }
        catch (Exception e) when (MailSocket.IsLoss(e))
        {
            _state = State.Closed;
            return hasLeft ? new MailAnswer.Unknown(Reason(e)) : new MailAnswer.NotSent(Reason(e));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // In the midst of a message there is no leave to take: the server must forget a message whose end it has not seen.
        if (_state == State.Ready && !HasSpoken())
        {
            using var limit = new CancellationTokenSource(LeaveTaking);
            try
            {
                await stream.WriteAsync("QUIT\r\n"u8.ToArray(), limit.Token);
                await stream.ReadReplyAsync(limit.Token);
            }
            catch (Exception e) when (MailSocket.IsLoss(e))
            {
                // Every message has had its answer; how the server takes the leave changes nothing.
            }
        }

        client.Dispose();
        socket.Dispose();
        _limit.Dispose();
    }

    /// <returns>Null when the server waits for the content.</returns>
    private async Task<MailAnswer?> AskAsync(OutgoingMail mail, CancellationToken limit)
    {
        var isSent = _state == State.Announced;
        (_state, _announced) = (State.Ready, null);
        List<(SmtpStage Stage, string Command)> commands = [];
        if (_isResetDue)
            commands.Add((SmtpStage.Sender, "RSET"));
        var envelope = Envelope(mail);
        commands.AddRange([(SmtpStage.Sender, envelope.Mail), (SmtpStage.Recipient, envelope.Rcpt), (SmtpStage.Data, SmtpEnvelope.Data)]);
        _isResetDue = false;
        if (!isSent && IsPipelining)
            await WriteAsync(commands.Select(command => command.Command), limit);

        MailAnswer? refusal = null;
        foreach (var (stage, command) in commands)
        {
            if (!IsPipelining)
                await WriteAsync([command], limit);
            SmtpReply reply;
            try
            {
                reply = await stream.ReadReplyAsync(limit);
            }
            catch (Exception e) when (refusal is not null && MailSocket.IsLoss(e))
            {
                _state = State.Closed;
                return refusal;
            }

            if (refusal is null && !(stage == SmtpStage.Data ? reply.IsGoAhead : reply.IsYes))
            {
                refusal = Read(stage, reply);
                _isResetDue = true;
                if (!IsPipelining || _state == State.Closed)
                    return refusal;
            }
            else if (refusal is not null && (reply.Code == 421 || (stage == SmtpStage.Data && reply.IsGoAhead)))
            {
                // It takes content for a recipient that it refused. To say nothing more is the one thing that leaves nothing taken.
                _state = State.Closed;
                return refusal;
            }
        }

        return refusal;
    }

    private MailAnswer? Refusal(OutgoingMail mail) => SmtpEnvelope.Refusal(mail.Envelope, mail.ForWire(AllowsEightBit).IsInternational, _offered);

    private SmtpEnvelope Envelope(OutgoingMail mail) => SmtpEnvelope.Of(mail.Envelope, mail.ForWire(AllowsEightBit), _offered);

    private void WriteEnvelope(OutgoingMail mail)
    {
        var envelope = Envelope(mail);
        Encoding.UTF8.GetBytes($"{envelope.Mail}\r\n{envelope.Rcpt}\r\n{SmtpEnvelope.Data}\r\n", _out);
    }

    private ValueTask WriteAsync(IEnumerable<string> commands, CancellationToken limit)
    {
        _out.ResetWrittenCount();
        foreach (var command in commands)
            Encoding.UTF8.GetBytes(command + "\r\n", _out);
        return stream.WriteAsync(_out.WrittenMemory, limit);
    }

    private MailAnswer Read(SmtpStage stage, SmtpReply reply)
    {
        var answer = SmtpReplies.Read(stage, reply.Code, reply.Text);
        // An answer that means nothing here: the conversation is out of step, and what follows would be too.
        if (reply.Code == 421 || answer is MailAnswer.Unknown or MailAnswer.NotSent)
            _state = State.Closed;
        return answer;
    }

    private bool HasSpoken() => stream.HasUnread || MailSocket.IsReadable(socket);

    private CancellationToken BeginLimit()
    {
        if (!_limit.TryReset())
        {
            _limit.Dispose();
            _limit = new CancellationTokenSource();
        }

        _limit.CancelAfter(timeout);
        return _limit.Token;
    }

    private string Reason(Exception e) => MailSocket.Reason(e, timeout);
}
