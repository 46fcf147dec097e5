using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// The loop of a node: looks for work, claims about a second's worth and hands it to the connections. One runs in each serving
/// process and in each <c>mailing send --wait</c>.
/// </summary>
public sealed class MailingLoop(
    DeliveryQueue queue,
    MailingUpkeep upkeep,
    SendingNode node,
    IMailTransport transport,
    EditionMessageFactory messages,
    IOptions<MailOptions> mail,
    TimeProvider time,
    ILogger<MailingLoop> logger)
{
    private const int FirstClaim = 16;
    private const int LargestClaim = 2000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewEvery = DeliveryQueue.Lease / 3;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, ClaimedDelivery> _held = [];
    private readonly string _claims = MailingUpkeep.ClaimPrefix(node.Id);
    private readonly string _transport = MailingTransport.Of(mail.Value);
    private long _claimNumber;
    private int _claimSize = FirstClaim;

    /// <summary>Runs until <paramref name="stop"/>. Messages under way are finished and recorded; what was claimed beyond them is given back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(ended.Token);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SendWhatWaitsAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Whatever it was, the ledger knows how far the mailing is, and going on is always right.
                logger.LogError("Sending stopped for a moment: {Kind}, {Reason}", e.GetType().Name, AddressMask.In(e.Message));
                await PauseAsync(AfterFailure, stop);
            }
        }

        await ended.CancelAsync();
        await renewing;
    }

    private async Task SendWhatWaitsAsync(CancellationToken stop)
    {
        var options = mail.Value;
        var health = new ServerHealth(upkeep, options, time);
        var decision = new DeliveryDecision(new RetrySchedule(options.Retry), options.WhenUncertain);
        var pace = new Pace(options.MaxPerSecond, time);
        // As many as the connections ask for while the next claim is made.
        var rows = Channel.CreateBounded<ClaimedDelivery>(options.MaxConnections * 4);
        var senders = Enumerable.Range(0, options.MaxConnections)
            .Select(number => new DeliverySender(transport, queue, messages, decision, health, pace, logger)
            {
                Number = number,
                MaxPerConnection = options.MaxPerConnection,
                Done = row => _held.TryRemove(row.Id, out var _),
            })
            .ToList();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = senders.Select(sender => RunAsync(sender, rows.Reader, failed)).ToList();
        try
        {
            await ClaimAsync(rows.Writer, health, failed.Token);
        }
        finally
        {
            rows.Writer.Complete();
            try
            {
                await Task.WhenAll(sending);
            }
            finally
            {
                foreach (var sender in senders)
                    await sender.DisposeAsync();
                _held.Clear();
            }
        }
    }

    private static async Task RunAsync(DeliverySender sender, ChannelReader<ClaimedDelivery> rows, CancellationTokenSource failed)
    {
        try
        {
            await sender.RunAsync(rows, failed.Token);
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private async Task ClaimAsync(ChannelWriter<ClaimedDelivery> rows, ServerHealth health, CancellationToken stop)
    {
        var tidied = -TidyEvery;
        var clock = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            if (clock.Elapsed - tidied >= TidyEvery)
            {
                await TidyAsync(stop);
                tidied = clock.Elapsed;
            }

            var claimed = 0;
            foreach (var mailing in await queue.FindWorkAsync(_transport, stop))
                if (!health.IsHeld(mailing))
                    claimed += await ClaimAsync(mailing, rows, stop);
            if (claimed == 0)
                await PauseAsync(LookEvery, stop);
        }
    }

    private async Task<int> ClaimAsync(int mailing, ChannelWriter<ClaimedDelivery> rows, CancellationToken stop)
    {
        var count = _claimSize;
        var begun = Stopwatch.GetTimestamp();
        var claimed = await queue.ClaimAsync(mailing, _claims + ++_claimNumber, count);
        foreach (var row in claimed)
            _held[row.Id] = row;
        for (var i = 0; i < claimed.Count; i++)
        {
            if (await TryWriteAsync(rows, claimed[i], stop))
                continue;
            await queue.ReturnAsync(claimed[i..]);
            foreach (var row in claimed[i..])
                _held.TryRemove(row.Id, out _);
            return claimed.Count;
        }

        if (claimed.Count == 0)
        {
            if (await upkeep.TryCompleteAsync(mailing, stop))
                logger.LogInformation("Mailing {Mailing} is completed.", mailing);
        }
        else if (claimed.Count == count)
        {
            var seconds = Math.Max(Stopwatch.GetElapsedTime(begun) / Second, 0.01);
            _claimSize = (int)Math.Clamp(count / seconds, mail.Value.MaxConnections, LargestClaim);
        }

        return claimed.Count;
    }

    private async Task TidyAsync(CancellationToken stop)
    {
        foreach (var dead in node.FindDead())
        {
            await upkeep.TakeOverAsync(dead, stop);
            node.Bury(dead);
        }

        if (await upkeep.DoubtLostAsync(stop) is > 0 and var count)
            logger.LogWarning("{Count} deliveries are uncertain: their program ended before it read the server's answer.", count);
    }

    private async Task RenewAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await PauseAsync(RenewEvery, ended);
            if (_held.IsEmpty || ended.IsCancellationRequested)
                continue;
            try
            {
                foreach (var ids in _held.Keys.Chunk(500))
                    await queue.RenewAsync(_claims, ids);
            }
            // Without leases others take over what is being sent here, so nothing ends this but the end itself.
            catch (Exception e)
            {
                logger.LogWarning("Leases could not be lengthened: {Reason}", e.Message);
            }
        }
    }

    private static async Task<bool> TryWriteAsync(ChannelWriter<ClaimedDelivery> rows, ClaimedDelivery row, CancellationToken stop)
    {
        try
        {
            await rows.WriteAsync(row, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task PauseAsync(TimeSpan pause, CancellationToken stop)
        => await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
