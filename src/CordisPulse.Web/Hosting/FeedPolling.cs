using CordisPulse.Core.Feeds;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Web.Hosting;

/// <summary>Reads the feeds that are due, a few at once and never two of one site, and decides when each is read again.</summary>
internal sealed class FeedPolling : IDueWork
{
    private const int AtOnce = 4;

    private readonly FeedReadings _readings;
    private readonly FeedReader _feeds;
    private readonly UnderWay<DueFeed> _underWay;

    public FeedPolling(FeedReadings readings, FeedReader feeds, HostVisits hosts, ILogger<FeedPolling> log)
    {
        (_readings, _feeds) = (readings, feeds);
        _underWay = new UnderWay<DueFeed>(hosts, AtOnce, new DueVisits<DueFeed>
        {
            Key = feed => feed.Id,
            Address = feed => feed.Address,
            Claim = readings.ClaimAsync,
            Visit = ReadAsync,
            PutOff = claimed => WriteDownAsync(claimed, new ReadFeed.Failed("It holds something that this program fails on.", [])),
        }, log);
    }

    public string Name => "Reading feeds";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (!_underWay.IsFull && await _readings.DueAsync(cancellationToken) is { Count: > 0 } due)
            await _underWay.BeginAsync(due, cancellationToken);
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task ReadAsync(DueFeed claimed, CancellationToken cancellationToken)
        => await WriteDownAsync(claimed, await _feeds.ReadAsync(claimed, cancellationToken));

    private Task WriteDownAsync(DueFeed claimed, ReadFeed read) => read switch
    {
        ReadFeed.Told told => _readings.TakeInAsync(claimed, told, FeedSchedule.Usual),
        ReadFeed.Unchanged unchanged => _readings.LeaveAsync(claimed, unchanged, FeedSchedule.Usual),
        ReadFeed.Gone => _readings.StopAsync(claimed),
        ReadFeed.Failed failed => _readings.PutOffAsync(claimed, failed, FeedSchedule.After(claimed.Failures + 1, failed.RetryAfter)),
        _ => throw new InvalidOperationException($"An answer of the kind {read.GetType().Name} is not known here."),
    };
}
