using CordisPulse.Core.Intake;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Web.Hosting;

/// <summary>Reads the pages that are due, a few at once and never two of one site, and writes down what became of each.</summary>
internal sealed class LinkReader(PageReadings readings, PageReader pages, HostVisits hosts, ILogger<LinkReader> log) : IDueWork
{
    private const int AtOnce = 6;

    /// <summary>Between the readings of a page that may answer later; then it is left to a person.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>Readings of a page that fail for a reason which is not known.</summary>
    private const int MostFaults = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly UnderWay _underWay = new(hosts, AtOnce, log);

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (_underWay.IsFull || await readings.DueAsync(cancellationToken) is not { Count: > 0 } due)
            return;
        var busy = await hosts.BusyAsync(cancellationToken);
        foreach (var (reading, host) in due.Select(reading => (reading, HostVisits.HostOf(new Uri(reading.Url)))).Where(one => !busy.Contains(one.Item2)).DistinctBy(one => one.Item2))
        {
            if (_underWay.IsFull)
                return;
            await _underWay.BeginAsync(host, () => readings.ClaimAsync(reading, cancellationToken), claimed => ReadAsync(claimed, cancellationToken), cancellationToken);
        }
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task ReadAsync(DueReading claimed, CancellationToken cancellationToken)
    {
        try
        {
            await WriteDownAsync(claimed, await pages.ReadAsync(new Uri(claimed.Url), cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A page that nobody thought of must not be fetched for ever.
            log.LogError(e, "A page could not be read");
            await WriteDownAsync(claimed, new ReadPage(null, "It could not be read.", MayPass: claimed.Attempts < MostFaults));
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
