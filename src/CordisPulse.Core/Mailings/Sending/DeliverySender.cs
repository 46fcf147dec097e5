using System.Diagnostics;
using System.Threading.Channels;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// Sends over one kept-open connection, one message at a time: no message is ended before it is marked as begun, and none is begun
/// before the outcome of the last one is on disk. A message is offered while its mark is being written, and only its end waits: a server
/// must forget a message whose end it has not seen (RFC 5321 section 4.1.1.4), so at most one is ever in doubt.
/// </summary>
public sealed class DeliverySender(
    IMailTransport transport, DeliveryQueue queue, EditionMessageFactory messages, DeliveryDecision decision, ServerHealth health, Pace pace, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RestLook = TimeSpan.FromMilliseconds(250);

    /// <summary>A process that was held up for longer between mark and end may have lost its lease, and looks again.</summary>
    private static readonly TimeSpan MarkIsGoodFor = DeliveryQueue.Lease / 2;

    private static readonly MailAnswer.RefusedForGood Unusable = new(553, new UnusableRecipientException().Message, RefusalScope.Recipient);

    private IMailConnection? _connection;
    private DeliveryOutcome? _last;
    private Turn? _next;
    private int _takenOverConnection;
    private long _ended;

    // What was offered in vain costs a connection. After a mark that was not given, as in a pause, the next is waited for.
    private bool _isMarkLikely;

    /// <summary>Which of this node's connections it is, from 0.</summary>
    public int Number { get; init; }

    /// <summary>As <c>Mail:MaxPerConnection</c>.</summary>
    public int MaxPerConnection { get; init; }

    /// <summary>The message under way is the connection's last.</summary>
    private bool IsFull => MaxPerConnection > 0 && _takenOverConnection + 1 >= MaxPerConnection;

    /// <summary>Called once for each row that this node is done with.</summary>
    public required Action<ClaimedDelivery> Done { get; init; }

    /// <summary>Runs until the rows end, or <paramref name="stop"/>; a message under way is finished.</summary>
    public async Task RunAsync(ChannelReader<ClaimedDelivery> rows, CancellationToken stop)
    {
        while (true)
        {
            if (_next is null && !health.Connections.Includes(Number) && !stop.IsCancellationRequested && !rows.Completion.IsCompleted)
            {
                await RestAsync(stop);
                continue;
            }

            if ((_next ?? Take(rows)) is not { } turn)
            {
                // Nobody waits for a next message, so the outcome gets a commit without one.
                await RecordLastAsync();
                if (!await WaitAsync(rows))
                    return;
                continue;
            }

            _next = null;
            using (turn)
                if (stop.IsCancellationRequested || health.IsHeld(turn.Row.MailingId) || !await IsConnectedAsync(turn.Row, stop))
                    await GiveBackAsync(turn);
                else
                    await SendAsync(turn, rows, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _next?.Dispose();
        try
        {
            // Whatever has ended the sending, an answer that was read is not to become a doubt.
            await RecordLastAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The outcome of delivery {Delivery} could not be written.", _last?.Delivery.Id);
        }

        await DropConnectionAsync();
    }

    private Turn? Take(ChannelReader<ClaimedDelivery> rows) => rows.TryRead(out var row) ? new Turn(row, pace.Take(), messages.CreateAsync(row)) : null;

    /// <summary>Waits for the next row; a server is not kept on the line for long while there is nothing to send.</summary>
    private async Task<bool> WaitAsync(ChannelReader<ClaimedDelivery> rows)
    {
        var next = rows.WaitToReadAsync(CancellationToken.None).AsTask();
        if (_connection is not null && await Task.WhenAny(next, Task.Delay(IdleLimit)) != next)
            await DropConnectionAsync();
        return await next;
    }

    /// <summary>Leaves the rows to the connections that the server is fit for.</summary>
    private async Task RestAsync(CancellationToken stop)
    {
        await RecordLastAsync();
        await DropConnectionAsync();
        await Task.Delay(RestLook, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(Turn turn, ChannelReader<ClaimedDelivery> rows, CancellationToken stop)
    {
        if (turn.Pause is { Ticks: > 0 } pause)
        {
            await RecordLastAsync();
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (stop.IsCancellationRequested)
        {
            await GiveBackAsync(turn);
            return;
        }

        var mail = await MailAsync(turn);
        var last = _last;
        var marked = Moment.Now();
        var marking = queue.BeginAsync(turn.Row, last);
        var isOffered = mail is not null && (_isMarkLikely || turn.IsAnnounced || await marking == BeginAnswer.Go);
        var refused = mail is null ? Unusable : isOffered ? await _connection!.OfferAsync(mail, CancellationToken.None) : null;
        _next = Take(rows);
        var begun = await marking;
        _isMarkLikely = begun == BeginAnswer.Go;
        Forget(last);
        switch (begun)
        {
            case BeginAnswer.Go:
                var answer = refused switch
                {
                    null => await EndAsync(turn.Row, marked, stop),
                    // The server may close a connection that it has kept for long enough: no fault of the message that meets it.
                    MailAnswer.NotSent when _takenOverConnection > 0 => await SendAfreshAsync(turn.Row, mail!, stop),
                    _ => refused,
                };
                if (answer is null)
                    _last = new DeliveryOutcome(turn.Row, DeliveryAct.Release, null, "It was begun, and surely not sent.");
                else
                    await AfterAnswerAsync(answer, turn.Row);
                break;
            case BeginAnswer.Skipped:
                if (isOffered && refused is null)
                    await DropConnectionAsync();
                Done(turn.Row);
                break;
            default:
                if (isOffered && refused is null)
                    await DropConnectionAsync();
                await GiveBackAsync(turn);
                break;
        }
    }

    /// <summary>Null when the recipient's address is none.</summary>
    private static async Task<OutgoingMail?> MailAsync(Turn turn)
    {
        try
        {
            return await turn.Making;
        }
        catch (UnusableRecipientException)
        {
            return null;
        }
    }

    /// <summary>Null when the message may no longer be sent, and was not.</summary>
    private async Task<MailAnswer?> EndAsync(ClaimedDelivery row, Moment marked, CancellationToken stop)
    {
        if (marked.Age > MarkIsGoodFor && !await queue.IsStillBegunAsync(row))
        {
            await DropConnectionAsync();
            return null;
        }

        // Its envelope leaves with this end, after which it must be the next: only if nothing is known that would delay it.
        var announced = !stop.IsCancellationRequested && !IsFull && _next is { Pause.Ticks: 0, Making.IsCompletedSuccessfully: true } && !health.IsHeld(_next.Row.MailingId) ? _next : null;
        _ended = Stopwatch.GetTimestamp();
        var answer = await _connection!.EndAsync(announced is null ? null : await announced.Making);
        if (announced is not null)
            announced.IsAnnounced = true;
        return answer;
    }

    /// <summary>Sends a message, surely unsent, over another connection, once. Null when there is none, or it may no longer be sent.</summary>
    private async Task<MailAnswer?> SendAfreshAsync(ClaimedDelivery row, OutgoingMail mail, CancellationToken stop)
    {
        if (!await IsConnectedAsync(row, stop) || !await queue.IsStillBegunAsync(row))
            return null;
        var marked = Moment.Now();
        return await _connection!.OfferAsync(mail, CancellationToken.None) ?? await EndAsync(row, marked, stop);
    }

    /// <summary>All that follows from an answer; its outcome is written with the next mark.</summary>
    private async Task AfterAnswerAsync(MailAnswer answer, ClaimedDelivery row)
    {
        // What is said of the server each time that one recipient's turn comes, while others are taken, is about that recipient.
        if (answer is MailAnswer.RefusedForNow { Scope: not (RefusalScope.Recipient or RefusalScope.Message) } said && health.MeetsAlone(row))
            answer = said with { Scope = RefusalScope.Recipient, Quota = null };
        var outcome = decision.Of(answer, row);
        _last = outcome;
        if (answer is MailAnswer.Accepted)
        {
            health.Connections.Answered(Stopwatch.GetElapsedTime(_ended));
            _takenOverConnection++;
            await health.WorksAsync(row.MailingId);
            return;
        }

        logger.LogInformation("Delivery {Delivery}: {Act}, {Code} {Answer}", row.Id, outcome.Act, outcome.Code, outcome.Answer);
        switch (answer)
        {
            // An answer of 421 is how relays end a connection that has carried enough; only a fresh one tells of trouble.
            case MailAnswer.RefusedForNow { Code: 421, Scope: RefusalScope.Server } when _takenOverConnection > 0:
                break;
            case MailAnswer.RefusedForNow refused when outcome.Act == DeliveryAct.Release:
                await health.RefusesAsync(row.MailingId, refused);
                break;
            case MailAnswer.RefusedForGood refused when outcome.Act == DeliveryAct.Release:
                await health.RefusesAsync(row.MailingId, refused);
                break;
            case MailAnswer.RefusedForNow { Scope: RefusalScope.Message } refused:
                await health.PutsOffAsync(row.MailingId, refused);
                break;
            case MailAnswer.RefusedForGood { Scope: RefusalScope.Message } refused:
                // In the ledger first, since the refusals are counted there.
                await RecordLastAsync();
                await health.RefusedMessageAsync(row.MailingId, refused);
                break;
            case MailAnswer.NotSent or MailAnswer.Unknown:
                await health.LostAsync(row.MailingId, outcome.Answer);
                break;
        }
    }

    private async Task<bool> IsConnectedAsync(ClaimedDelivery row, CancellationToken stop)
    {
        var hasCarriedItsNumber = MaxPerConnection > 0 && _takenOverConnection >= MaxPerConnection;
        if (_connection?.IsUsable == true && !hasCarriedItsNumber)
            return true;
        // Connecting can take long, and the outcome must not wait for it.
        await RecordLastAsync();
        await DropConnectionAsync();
        try
        {
            _connection = await transport.ConnectAsync(stop);
            return true;
        }
        catch (MailServerUnavailableException e)
        {
            await health.UnavailableAsync(row.MailingId, e);
            return false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        _takenOverConnection = 0;
    }

    private async Task GiveBackAsync(Turn turn)
    {
        if (turn.IsAnnounced)
            await DropConnectionAsync();
        await RecordLastAsync();
        await queue.ReturnAsync([turn.Row]);
        Done(turn.Row);
    }

    private async Task RecordLastAsync()
    {
        if (_last is not { } last)
            return;
        if (!await queue.RecordAsync(last))
            logger.LogWarning("The outcome of delivery {Delivery} came too late: its lease had ended.", last.Delivery.Id);
        Forget(last);
    }

    private void Forget(DeliveryOutcome? last)
    {
        if (last is null)
            return;
        Done(last.Delivery);
        _last = null;
    }

    /// <summary>By both clocks: the one stands still while the machine sleeps, the other may be set.</summary>
    private readonly record struct Moment(long Ticks, DateTime Utc)
    {
        public TimeSpan Age => Stopwatch.GetElapsedTime(Ticks) is var running && DateTime.UtcNow - Utc is var wall && wall > running ? wall : running;

        public static Moment Now() => new(Stopwatch.GetTimestamp(), DateTime.UtcNow);
    }

    /// <summary>A row whose turn has come, with its message in the making.</summary>
    private sealed class Turn(ClaimedDelivery row, TimeSpan pause, Task<OutgoingMail> making) : IDisposable
    {
        private readonly long _taken = Stopwatch.GetTimestamp();

        public ClaimedDelivery Row => row;

        /// <summary>How long it still waits, for the pace; the message before it may have been under way for longer.</summary>
        public TimeSpan Pause => pause - Stopwatch.GetElapsedTime(_taken) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

        public Task<OutgoingMail> Making => making;

        /// <summary>Its envelope may have left.</summary>
        public bool IsAnnounced { get; set; }

        public void Dispose()
        {
            if (making.IsCompletedSuccessfully)
                making.Result.Dispose();
        }
    }
}
