using CordisPulse.Core.Feeds;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Web.Hosting;

/// <summary>Reads the feeds that are due, a few at once and never two of one site, and decides when each is read again.</summary>
internal sealed class FeedPolling(FeedReadings readings, FeedReader feeds, HostVisits hosts, ILogger<FeedPolling> log) : IDueWork
{
    private const int AtOnce = 4;

    private readonly UnderWay _underWay = new(hosts, AtOnce, log);

    public string Name => "Reading feeds";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (_underWay.IsFull || await readings.DueAsync(cancellationToken) is not { Count: > 0 } due)
            return;
        var busy = await hosts.BusyAsync(cancellationToken);
        foreach (var (feed, host) in due.Select(feed => (feed, HostVisits.HostOf(new Uri(feed.Address)))).Where(one => !busy.Contains(one.Item2)).DistinctBy(one => one.Item2))
        {
            if (_underWay.IsFull)
                return;
            await _underWay.BeginAsync(host, () => readings.ClaimAsync(feed, cancellationToken), claimed => ReadAsync(claimed, cancellationToken), cancellationToken);
        }
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task ReadAsync(DueFeed claimed, CancellationToken cancellationToken)
        => await WriteDownAsync(claimed, await feeds.ReadAsync(claimed, cancellationToken));

    private Task WriteDownAsync(DueFeed claimed, ReadFeed read) => read switch
    {
        ReadFeed.Told told => readings.TakeInAsync(claimed, told, FeedSchedule.Usual),
        ReadFeed.Unchanged unchanged => readings.LeaveAsync(claimed, unchanged, FeedSchedule.Usual),
        ReadFeed.Gone => readings.StopAsync(claimed),
        ReadFeed.Failed failed => readings.PutOffAsync(claimed, failed, FeedSchedule.After(claimed.Failures + 1, failed.RetryAfter)),
        _ => throw new InvalidOperationException($"An answer of the kind {read.GetType().Name} is not known here."),
    };
}
