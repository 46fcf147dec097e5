using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail.Returns.Mailbox;

/// <summary>
/// The loop of a node: waits for its turn at the mailbox, reads what comes, has it taken in and puts it away. A message is put away after it
/// was taken in, so that a crash between the two has it read again and changes nothing.
/// </summary>
public sealed class ReturnLoop(
    MailboxLease lease, ReturnReader reader, ReturnBook book, AccessTokens tokens, IOptions<MailOptions> mail, TimeProvider time, ILogger<ReturnLoop> logger)
{
    /// <summary>After failures in a row; the last stands for all further ones.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    private static readonly TimeSpan TurnEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewEvery = MailboxLease.Length / 4;
    private static readonly TimeSpan TidyEvery = TimeSpan.FromDays(1);
    private const int AtOnce = 200;

    private readonly ImapOptions _imap = mail.Value.Bounces.Imap;
    private readonly HashSet<MailboxMessage> _failed = [];
    private long? _tidied;

    /// <summary>Runs until <paramref name="stop"/>; does nothing where no mailbox is set.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (!_imap.IsSet)
            return;
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await lease.TryTakeAsync(stop))
                    await HoldAsync(() => failures = 0, stop);
                await PauseAsync(TurnEvery, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                var pause = Pauses[Math.Min(failures++, Pauses.Length - 1)];
                var problem = e is MailServerUnavailableException ? e.Message : $"Something went wrong inside the program ({e.GetType().Name}).";
                logger.LogWarning("The mailbox for returned mail can't be read, and is tried again in {Pause}: {Problem}", pause, problem);
                await WriteDownAsync(problem);
                await PauseAsync(pause, stop);
            }
        }
    }

    /// <summary>Reads for as long as the lease holds, and gives it back.</summary>
    private async Task HoldAsync(Action opened, CancellationToken stop)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var renewing = RenewAsync(held);
        try
        {
            await using var mailbox = await ReturnMailbox.OpenAsync(_imap, tokens, held.Token);
            while (true)
            {
                await WorkOffAsync(mailbox, held.Token);
                await lease.LookedAsync(held.Token);
                opened();
                await TidyAsync(mailbox, held.Token);
                await mailbox.WaitAsync(held.Token);
            }
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            logger.LogWarning("Another node reads the mailbox for returned mail from now on.");
        }
        catch (MailServerUnavailableException e)
        {
            await lease.FailedAsync(e.Message, CancellationToken.None);
            throw;
        }
        finally
        {
            await held.CancelAsync();
            await renewing;
            await lease.ReleaseAsync();
        }
    }

    private async Task WorkOffAsync(ReturnMailbox mailbox, CancellationToken cancellationToken)
    {
        // To the end, so that whatever is not on the last list has come after it.
        for (var seen = new HashSet<MailboxMessage>(); (await mailbox.ListAsync(AtOnce, cancellationToken)).Where(seen.Add).ToList() is { Count: > 0 } messages;)
            foreach (var message in messages)
                await TakeInAsync(mailbox, message, cancellationToken);
    }

    private async Task TakeInAsync(ReturnMailbox mailbox, MailboxMessage message, CancellationToken cancellationToken)
    {
        if (await mailbox.ReadAsync(message, cancellationToken) is not { } bytes)
            return;
        await mailbox.PutAwayAsync(message, await TakeInAsync(message, bytes), cancellationToken);
    }

    private async Task<ReturnPlace> TakeInAsync(MailboxMessage message, byte[] bytes)
    {
        try
        {
            var returned = reader.Read(bytes);
            // What has begun is finished even while the program stops.
            var place = await book.TakeInAsync(
                new TakeIn { Mail = returned, ReceivedUtc = message.ReceivedUtc, Source = Source(message), Content = Hash(bytes) }, CancellationToken.None);
            logger.LogInformation("Returned mail {Message} is {Kind} ({Verdict}), about {Mail}.", message.Id, returned.Kind, returned.Reason?.Verdict, returned.Origin.Mail);
            return place;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database may be away, or have been busy: only what fails twice while it takes something else fails for itself.
            if (e.IsDatabaseFailure() && (_failed.Add(message) || !await lease.RenewAsync(CancellationToken.None)))
                throw;
            _failed.Remove(message);
            logger.LogError("Returned mail {Message} could not be taken in ({Kind}) and is put with what was not understood.", message.Id, e.GetType().Name);
            return ReturnPlace.NotUnderstood;
        }
    }

    private async Task TidyAsync(ReturnMailbox mailbox, CancellationToken cancellationToken)
    {
        if (_tidied is { } last && Stopwatch.GetElapsedTime(last) < TidyEvery)
            return;
        await mailbox.TidyAsync(time.GetUtcNow().UtcDateTime, cancellationToken);
        _tidied = Stopwatch.GetTimestamp();
    }

    private async Task RenewAsync(CancellationTokenSource held)
    {
        var renewed = Stopwatch.GetTimestamp();
        while (true)
        {
            await PauseAsync(RenewEvery, held.Token);
            if (held.IsCancellationRequested)
                return;
            try
            {
                if (!await lease.RenewAsync(CancellationToken.None))
                    await held.CancelAsync();
                renewed = Stopwatch.GetTimestamp();
            }
            catch (Exception e)
            {
                logger.LogWarning("The lease of the mailbox for returned mail could not be lengthened: {Kind}", e.GetType().Name);
                if (Stopwatch.GetElapsedTime(renewed) > MailboxLease.Length)
                    await held.CancelAsync();
            }
        }
    }

    private async Task WriteDownAsync(string problem)
    {
        try
        {
            // The lease has been given back; while nobody else has it, this is the news of it.
            if (await lease.TryTakeAsync(CancellationToken.None))
            {
                await lease.FailedAsync(problem, CancellationToken.None);
                await lease.ReleaseAsync();
            }
        }
        catch (Exception e)
        {
            logger.LogWarning("That could not be written down: {Kind}", e.GetType().Name);
        }
    }

    private string Source(MailboxMessage message) => Hash(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{_imap.Host}\n{_imap.EffectivePort}\n{_imap.UserName}\n{_imap.Folder}\n{message.Validity}\n{message.Id}")));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task PauseAsync(TimeSpan pause, CancellationToken stop)
        => await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
