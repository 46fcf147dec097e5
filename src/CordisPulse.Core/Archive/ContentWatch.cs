using System.Globalization;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>One state of everything that readers can see. Number and time count: a backup that is restored goes on from an earlier number.</summary>
/// <param name="Links">Stays the same while the same links are marked as gone.</param>
public sealed record ContentState(long Number, DateTime ChangedUtc, Guid Links)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}@{ChangedUtc.Ticks}");
}

/// <summary>
/// Tells whether what was made of published content is still current, without a query each time. What this process changed it knows at
/// once, what another one changed after <see cref="Trusted"/> at the latest. While the database is away, the last state that was seen
/// stands: readers keep what they have.
/// </summary>
public sealed class ContentWatch(IDbContextFactory<PulseDbContext> contexts, ContentChanges changes)
{
    /// <summary>How long a state that was read is taken for the present one.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromMilliseconds(200);

    /// <summary>Readers do not wait longer than this for a database that does not answer, if there is a state to go by.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Seen? _seen;
    private Reading? _reading;

    /// <summary>The state that is current.</summary>
    /// <exception cref="Exception">The database can't be read, and never could.</exception>
    public ValueTask<ContentState> CurrentAsync(CancellationToken cancellationToken = default)
        => Volatile.Read(ref _seen) is { } seen && IsFresh(seen) ? ValueTask.FromResult(seen.State) : new ValueTask<ContentState>(ReadAsync(cancellationToken));

    private bool IsFresh(Seen seen) => seen.Changes == changes.Count && TimeProvider.System.GetElapsedTime(seen.At) < Trusted;

    private async Task<ContentState> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = Begin();
        var known = Volatile.Read(ref _seen);
        try
        {
            if (known is null)
                return await reading.State.WaitAsync(cancellationToken);
            var left = Patience - TimeProvider.System.GetElapsedTime(reading.At);
            return await reading.State.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
        }
        catch (Exception e) when (known is not null && e is not OperationCanceledException)
        {
            return known.State;
        }
    }

    /// <summary>One query answers all who ask meanwhile, unless this process has changed something since it began.</summary>
    private Reading Begin()
    {
        lock (_lock)
        {
            if (_reading is { State.IsCompleted: false } running && running.Changes == changes.Count)
                return running;
            var (count, at) = (changes.Count, TimeProvider.System.GetTimestamp());
            return _reading = new Reading(count, at, Task.Run(() => QueryAsync(count, at)));
        }
    }

    private async Task<ContentState> QueryAsync(long count, long at)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var state = await db.ContentVersions.Select(row => new ContentState(row.Number, row.ChangedUtc, row.Links)).SingleAsync();
        lock (_lock)
        {
            // A slower reading that began earlier must not undo what a later one saw.
            if (_seen is not { } seen || seen.At <= at)
                _seen = new Seen(_seen?.State == state ? _seen.State : state, count, at);
        }

        return state;
    }

    /// <param name="Changes">Those of this process, counted before it was read.</param>
    /// <param name="At">Timestamp of when the reading began.</param>
    private sealed record Seen(ContentState State, long Changes, long At);

    private sealed record Reading(long Changes, long At, Task<ContentState> State);
}
