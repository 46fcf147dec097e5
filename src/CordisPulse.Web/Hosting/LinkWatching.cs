using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Looks at what published editions lead to, a few links a minute, so that all of a long archive are seen about once a month.</summary>
internal sealed class LinkWatching : IDueWork
{
    private const int AtOnce = 2;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly PublishedLinks _links;
    private readonly LinkProbe _probe;
    private readonly LinkWitness _witness;
    private readonly HostVisits _hosts;
    private readonly OutboundOptions _options;
    private readonly TimeProvider _time;
    private readonly UnderWay<DuePublishedLink> _underWay;
    private readonly Queue<DateTimeOffset> _begun = new();

    public LinkWatching(PublishedLinks links, LinkProbe probe, LinkWitness witness, HostVisits hosts, IOptions<OutboundOptions> options, TimeProvider time, ILogger<LinkWatching> log)
    {
        (_links, _probe, _witness, _hosts, _options, _time) = (links, probe, witness, hosts, options.Value, time);
        _underWay = new UnderWay<DuePublishedLink>(hosts, AtOnce, new DueVisits<DuePublishedLink>
        {
            Key = link => link.Id,
            Address = link => link.Url,
            Claim = ClaimAsync,
            Visit = LookAsync,
            PutOff = claimed => _links.SettleAsync(claimed, new ProbedLink(
                new SeenLink { State = LinkState.Unknown, Problem = "Its page holds something that this program fails on." }, MayPass: false, RetryAfter: null)),
        }, log);
    }

    public string Name => "Watching published links";

    /// <summary>Looks that may still begin in this minute.</summary>
    private int Left
    {
        get
        {
            while (_begun.TryPeek(out var first) && first <= _time.GetUtcNow() - Minute)
                _begun.Dequeue();
            return _options.WatchedPerMinute - _begun.Count;
        }
    }

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (!_options.LookAtLinks || _options.WatchedPerMinute == 0)
            return;
        await _links.FollowAsync(cancellationToken);
        await _links.MarkAsync(cancellationToken);
        if (Left > 0 && !_underWay.IsFull && await _links.DueAsync(cancellationToken) is { Count: > 0 } due)
            await _underWay.BeginAsync([.. due.DistinctBy(link => link.Host).Take(Left)], cancellationToken);
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task<DuePublishedLink?> ClaimAsync(DuePublishedLink due, CancellationToken cancellationToken)
    {
        if (Left <= 0 || await _links.ClaimAsync(due, cancellationToken) is not { } claimed)
            return null;
        _begun.Enqueue(_time.GetUtcNow());
        return claimed;
    }

    private async Task LookAsync(DuePublishedLink claimed, CancellationToken cancellationToken)
    {
        var probed = await _probe.LookAsync(new Uri(claimed.Url), LookManner.Politely, cancellationToken);
        // Silence says something of a link only while other sites answer.
        if (probed.Seen.State == LinkState.Unanswered && await _witness.IsCutOffAsync(await _links.LastAnsweredAsync(claimed, cancellationToken), cancellationToken))
            probed = probed with { Seen = new SeenLink { State = LinkState.Unknown, Problem = LinkWitness.CutOff }, MayPass = true };
        if (probed.RetryAfter is { } asked)
            await _hosts.RestAsync(HostVisits.HostOf(new Uri(claimed.Url)), asked, cancellationToken);
        await _links.SettleAsync(claimed, probed);
    }
}
