using CordisPulse.Core.Intake;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Web.Hosting;

/// <summary>Reads the pages that are due, a few at once and never two of one site, and writes down what became of each.</summary>
internal sealed class LinkReader : IDueWork
{
    private const int AtOnce = 6;

    /// <summary>Between the readings of a page that may answer later; then it is left to a person.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>Readings of a page that fail for a reason which is not known.</summary>
    private const int MostFaults = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly PageReadings _readings;
    private readonly PageReader _pages;
    private readonly UnderWay<DueReading> _underWay;

    public LinkReader(PageReadings readings, PageReader pages, HostVisits hosts, ILogger<LinkReader> log)
    {
        (_readings, _pages) = (readings, pages);
        _underWay = new UnderWay<DueReading>(hosts, AtOnce, new DueVisits<DueReading>
        {
            Key = reading => reading.ItemId,
            Address = reading => reading.Url,
            Claim = readings.ClaimAsync,
            Visit = ReadAsync,
            PutOff = claimed => WriteDownAsync(claimed, new ReadPage(null, "It holds something that this program fails on.", MayPass: claimed.Attempts < MostFaults)),
        }, log);
    }

    public string Name => "Reading the pages of links";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (!_underWay.IsFull && await _readings.DueAsync(cancellationToken) is { Count: > 0 } due)
            await _underWay.BeginAsync(due, cancellationToken);
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task ReadAsync(DueReading claimed, CancellationToken cancellationToken)
        => await WriteDownAsync(claimed, await _pages.ReadAsync(new Uri(claimed.Url), cancellationToken));

    private Task WriteDownAsync(DueReading claimed, ReadPage page)
    {
        if (page.Facts is { } facts)
            return _readings.FillAsync(claimed, facts);
        TimeSpan? pause = page.MayPass && claimed.Attempts <= Pauses.Length ? Pauses[claimed.Attempts - 1] : null;
        if (pause is { } own && page.RetryAfter is { } asked && asked > own)
            pause = asked < LongestPause ? asked : LongestPause;
        return _readings.PutOffAsync(claimed, page.Problem!, pause);
    }
}
