using System.Diagnostics;
using System.Threading.Channels;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// Sends over one kept-open connection, one message at a time: nothing is sent before it is marked as begun, and no message is begun
/// before the outcome of the last one is on disk.
/// </summary>
public sealed class DeliverySender(
    IMailTransport transport, DeliveryQueue queue, EditionMessageFactory messages, DeliveryDecision decision, ServerHealth health, Pace pace, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RestLook = TimeSpan.FromMilliseconds(250);

    private IMailConnection? _connection;
    private DeliveryOutcome? _last;
    private int _takenOverConnection;
    private long _begun;

    /// <summary>Which of this node's connections it is, from 0.</summary>
    public int Number { get; init; }

    /// <summary>As <c>Mail:MaxPerConnection</c>.</summary>
    public int MaxPerConnection { get; init; }

    /// <summary>Called once for each row that this node is done with.</summary>
    public required Action<ClaimedDelivery> Done { get; init; }

    /// <summary>Runs until the rows end, or <paramref name="stop"/>; a message under way is finished.</summary>
    public async Task RunAsync(ChannelReader<ClaimedDelivery> rows, CancellationToken stop)
    {
        while (true)
        {
            if (!health.Connections.Includes(Number) && !stop.IsCancellationRequested && !rows.Completion.IsCompleted)
            {
                await RestAsync(stop);
                continue;
            }

            if (!rows.TryRead(out var row))
            {
                // Nobody waits for a next message, so the outcome gets a commit without one.
                await RecordLastAsync();
                if (!await WaitAsync(rows))
                    return;
                continue;
            }

            if (stop.IsCancellationRequested || health.IsHeld(row.MailingId) || !await IsConnectedAsync(row, stop))
                await GiveBackAsync(row);
            else
                await SendAsync(row, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    /// <summary>Waits for the next row; a server is not kept on the line for long while there is nothing to send.</summary>
    private async Task<bool> WaitAsync(ChannelReader<ClaimedDelivery> rows)
    {
        var next = rows.WaitToReadAsync(CancellationToken.None).AsTask();
        if (_connection is not null && await Task.WhenAny(next, Task.Delay(IdleLimit)) != next)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }

        return await next;
    }

    /// <summary>Leaves the rows to the connections that the server is fit for.</summary>
    private async Task RestAsync(CancellationToken stop)
    {
        await RecordLastAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        await Task.Delay(RestLook, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(ClaimedDelivery row, CancellationToken stop)
    {
        if (pace.Take() is { Ticks: > 0 } pause)
        {
            await RecordLastAsync();
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (stop.IsCancellationRequested)
        {
            await GiveBackAsync(row);
            return;
        }

        var last = _last;
        var begun = await queue.BeginAsync(row, last);
        Forget(last);
        switch (begun)
        {
            case BeginAnswer.NotNow:
                await GiveBackAsync(row);
                break;
            case BeginAnswer.Skipped:
                Done(row);
                break;
            default:
                await SendBegunAsync(row);
                break;
        }
    }

    private async Task SendBegunAsync(ClaimedDelivery row)
    {
        MailAnswer answer;
        _begun = Stopwatch.GetTimestamp();
        try
        {
            var (message, envelope) = await messages.CreateAsync(row);
            using (message)
                answer = await _connection!.SendAsync(message, envelope, CancellationToken.None);
        }
        catch (UnusableRecipientException e)
        {
            answer = new MailAnswer.RefusedForGood(553, e.Message, RefusalScope.Recipient);
        }

        await AfterAnswerAsync(answer, row);
    }

    private async Task AfterAnswerAsync(MailAnswer answer, ClaimedDelivery row)
    {
        var outcome = decision.Of(answer, row);
        _last = outcome;
        if (answer is MailAnswer.Accepted)
        {
            health.Connections.Answered(Stopwatch.GetElapsedTime(_begun));
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
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        _takenOverConnection = 0;
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

    private async Task GiveBackAsync(ClaimedDelivery row)
    {
        await RecordLastAsync();
        await queue.ReturnAsync([row]);
        Done(row);
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
}
