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

    private IMailConnection? _connection;
    private DeliveryOutcome? _last;
    private int _takenOverConnection;

    /// <summary>Called once for each row that this node is done with.</summary>
    public required Action<ClaimedDelivery> Done { get; init; }

    /// <summary>Runs until the rows end, or <paramref name="stop"/>; a message under way is finished.</summary>
    public async Task RunAsync(ChannelReader<ClaimedDelivery> rows, CancellationToken stop)
    {
        while (true)
        {
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

        _last = decision.Of(answer, row);
        if (answer is MailAnswer.Accepted)
        {
            _takenOverConnection++;
            await health.WorksAsync(row.MailingId);
        }
        else
        {
            // An answer of 421 is how relays end a connection that has carried enough; only a fresh one tells of trouble.
            var isFarewell = answer is MailAnswer.RefusedForNow { Code: 421 } && _takenOverConnection > 0;
            if (_last.Act == DeliveryAct.Release && !isFarewell)
                await health.FailsAsync(row.MailingId, $"The mail server answered {_last.Code}: {_last.Answer}");
            else if (answer is MailAnswer.NotSent or MailAnswer.Unknown)
                await health.LostAsync(row.MailingId, _last.Answer);
            logger.LogInformation("Delivery {Delivery}: {Act}, {Code} {Answer}", row.Id, _last.Act, _last.Code, _last.Answer);
        }
    }

    private async Task<bool> IsConnectedAsync(ClaimedDelivery row, CancellationToken stop)
    {
        if (_connection?.IsUsable == true)
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
            await health.FailsAsync(row.MailingId, e.Message);
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
