using System.Diagnostics;
using System.Threading.Channels;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// The only writer of the ledger in this process. Whoever waits while a commit is under way shares the next one, so that many
/// connections cost few commits. A write has happened, on disk, when its task completes.
/// </summary>
public sealed class LedgerWriter : IAsyncDisposable
{
    private const int MostInOneCommit = 256;
    private const int Tries = 40;

    /// <summary>With each commit; after some twenty, what was usual no longer is.</summary>
    private const double Forgetting = .95;

    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(500);

    /// <summary>A commit that takes as long, as one does on a server that is a way off, is worth waiting for those who are about to write.</summary>
    private static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly IDbContextFactory<PulseDbContext> _contexts;
    private readonly ILogger<LedgerWriter> _logger;
    private readonly Task _writing;
    private PulseDbContext? _db;
    private TimeSpan _lastCommit;
    private int _waiting;
    private double _usuallyWaiting;

    public LedgerWriter(IDbContextFactory<PulseDbContext> contexts, ILogger<LedgerWriter> logger)
    {
        (_contexts, _logger) = (contexts, logger);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <param name="write">Conditional statements only: when a commit fails it is run again, in a new transaction.</param>
    public async Task<T> WriteAsync<T>(Func<PulseDbContext, CancellationToken, Task<T>> write)
    {
        T result = default!;
        var request = new Request(async (db, cancellationToken) => result = await write(db, cancellationToken));
        Interlocked.Increment(ref _waiting);
        try
        {
            await _requests.Writer.WriteAsync(request);
            await request.Done.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return result;
    }

    /// <summary>Lets what waits be written, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(10));
        await _writing;
        _stop.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Request>();
        while (await WaitAsync())
        {
            await GatherAsync(batch);
            var failure = await CommitAsync(batch);
            // Whoever came meanwhile is counted with those who are done now: so many write at about the same time.
            _usuallyWaiting = Math.Max(Volatile.Read(ref _waiting), _usuallyWaiting * Forgetting);
            foreach (var request in batch)
            {
                // What one of them cannot write is no reason to lose what the others have to say.
                if (failure is not null && batch.Count > 1 && !failure.IsDatabaseFailure())
                    End(request, await CommitAsync([request]));
                else
                    End(request, failure);
            }

            batch.Clear();
        }

        await CloseAsync();
    }

    private static void End(Request request, Exception? failure)
    {
        if (failure is null)
            request.Done.SetResult();
        else
            request.Done.SetException(failure);
    }

    /// <summary>
    /// Takes all that wait. Where commits are slow, it gives those who were answered a moment ago half a commit's time to come back: who
    /// misses this commit waits for the whole of it, and then for the next.
    /// </summary>
    private async Task GatherAsync(List<Request> batch)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            while (batch.Count < MostInOneCommit && _requests.Reader.TryRead(out var request))
                batch.Add(request);
            var left = (_lastCommit / 2 < LongestGathering ? _lastCommit / 2 : LongestGathering) - Stopwatch.GetElapsedTime(started);
            if (_lastCommit < SlowCommit || batch.Count >= Math.Round(_usuallyWaiting) || left <= TimeSpan.Zero)
                return;
            try
            {
                await _requests.Reader.WaitToReadAsync().AsTask().WaitAsync(left);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    /// <summary>Waits for the next request; the database is not kept open for long while there is nothing to write.</summary>
    private async Task<bool> WaitAsync()
    {
        var next = _requests.Reader.WaitToReadAsync().AsTask();
        if (_db is null)
            return await next;
        try
        {
            return await next.WaitAsync(IdleLimit);
        }
        catch (TimeoutException)
        {
            await CloseAsync();
            return await next;
        }
    }

    private async Task<Exception?> CommitAsync(List<Request> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _db ??= await OpenAsync();
                var started = Stopwatch.GetTimestamp();
                await using var transaction = await _db.Database.BeginTransactionAsync(_stop.Token);
                foreach (var request in batch)
                    await request.Write(_db, _stop.Token);
                await transaction.CommitAsync(_stop.Token);
                _lastCommit = Stopwatch.GetElapsedTime(started);
                return null;
            }
            catch (Exception e)
            {
                // Whatever state it is in, the next try begins on a fresh connection. None to be had, as from a pool that is used up, passes.
                var isOpen = _db is not null;
                await CloseAsync();
                if ((isOpen && !e.IsDatabaseFailure()) || attempt >= Tries || _stop.IsCancellationRequested)
                    return e;
                // A database that restarts is back soon; until then the outcome of a message is known here alone.
                _logger.LogWarning("The ledger could not be written ({Reason}); trying again.", e.Message);
                await Task.Delay(PauseBetweenTries);
            }
        }
    }

    private async Task<PulseDbContext> OpenAsync()
    {
        var db = await _contexts.CreateDbContextAsync(_stop.Token);
        await db.Database.OpenConnectionAsync(_stop.Token);
        return db;
    }

    private async Task CloseAsync()
    {
        if (_db is not null)
            await _db.DisposeAsync();
        _db = null;
    }

    private sealed record Request(Func<PulseDbContext, CancellationToken, Task> Write)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
