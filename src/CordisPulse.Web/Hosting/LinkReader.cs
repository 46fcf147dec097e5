using System.Collections.Concurrent;
using CordisPulse.Core.Intake;

namespace CordisPulse.Web.Hosting;

/// <summary>Reads the pages that are due, a few at once and never two of one site, and writes down what became of each.</summary>
internal sealed class LinkReader(PageReadings readings, PageReader pages, ILogger<LinkReader> log)
{
    private const int AtOnce = 6;

    /// <summary>Between the readings of a page that may answer later; then it is left to a person.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins as many as there is room for, and does not wait for them.</summary>
    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (_underWay.Count >= AtOnce)
            return;
        foreach (var due in await readings.DueAsync(cancellationToken))
        {
            if (_underWay.Count >= AtOnce)
                return;
            var address = new Uri(due.Url);
            if (_underWay.ContainsKey(address.Host) || await readings.ClaimAsync(due, cancellationToken) is not { } claimed)
                continue;
            // The place is taken before the reading begins, so that one which ends at once can't leave it taken.
            var begin = new TaskCompletionSource();
            _underWay[address.Host] = ReadAsync(claimed, address, begin.Task, cancellationToken);
            begin.SetResult();
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public Task EndAsync() => Task.WhenAll(_underWay.Values);

    private async Task ReadAsync(DueReading claimed, Uri address, Task begin, CancellationToken cancellationToken)
    {
        await begin;
        try
        {
            await WriteDownAsync(claimed, await pages.ReadAsync(address, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The program stops; the lease ends, and the page is read after the next start.
        }
        catch (Exception e)
        {
            log.LogError(e, "The page of item {Item} could not be read; it is tried again when its lease ends", claimed.ItemId);
        }
        finally
        {
            _underWay.TryRemove(address.Host, out _);
        }
    }

    private Task WriteDownAsync(DueReading claimed, ReadPage page)
    {
        if (page.Facts is { } facts)
            return readings.FillAsync(claimed, facts);
        TimeSpan? pause = page.MayPass && claimed.Attempts <= Pauses.Length ? Pauses[claimed.Attempts - 1] : null;
        if (pause is { } own && page.RetryAfter is { } asked && asked > own)
            pause = asked < LongestPause ? asked : LongestPause;
        return readings.PutOffAsync(claimed, page.Problem!, pause);
    }
}
