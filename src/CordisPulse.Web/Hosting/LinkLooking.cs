using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Looks at the links of drafts that are due, a few at once and never two of one site, and writes down what was seen of each.</summary>
internal sealed class LinkLooking(
    DraftLinks drafts, LinkLooks looks, LinkProbe probe, HostVisits hosts, IOptions<OutboundOptions> options, TimeProvider time, ILogger<LinkLooking> log) : IDueWork
{
    private const int AtOnce = 6;

    /// <summary>An answer this young shows that other sites can be reached.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly UnderWay _underWay = new(hosts, AtOnce, log);

    public string Name => "Looking at links";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.LookAtLinks)
            return;
        await drafts.FollowAsync(cancellationToken);
        if (_underWay.IsFull || await looks.DueAsync(cancellationToken) is not { Count: > 0 } due)
            return;
        var busy = await hosts.BusyAsync(cancellationToken);
        foreach (var (look, host) in due.Select(look => (look, HostVisits.HostOf(new Uri(look.Url)))).Where(one => !busy.Contains(one.Item2)).DistinctBy(one => one.Item2))
        {
            if (_underWay.IsFull)
                return;
            await _underWay.BeginAsync(host, () => looks.ClaimAsync(look, cancellationToken), claimed => LookAsync(claimed, cancellationToken), cancellationToken);
        }
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task LookAsync(DueLook claimed, CancellationToken cancellationToken)
    {
        var probed = await JudgedAsync(claimed, await probe.LookAsync(new Uri(claimed.Url), claimed.IsOfItem, cancellationToken), cancellationToken);
        await looks.SettleAsync(claimed, probed.Seen, LinkSchedule.PauseAfter(probed, time.GetUtcNow().UtcDateTime - claimed.WantedUtc));
    }

    /// <summary>Silence says something of a link only while other sites answer; otherwise this server may be cut off.</summary>
    private async Task<ProbedLink> JudgedAsync(DueLook claimed, ProbedLink probed, CancellationToken cancellationToken)
    {
        if (probed.Seen.State != LinkState.Unanswered)
            return probed;
        var isCutOff = await looks.LastAnsweredAsync(claimed, cancellationToken) is not { } witness
            || (witness.LookedUtc < time.GetUtcNow().UtcDateTime - Fresh
                && (await probe.LookAsync(new Uri(witness.Url), titleWanted: false, cancellationToken)).Seen.State == LinkState.Unanswered);
        return probed with
        {
            Seen = isCutOff
                ? probed.Seen with { Problem = "No site answers: this server may have no way to others at the moment.", Unanswered = claimed.Unanswered }
                : probed.Seen with { Unanswered = claimed.Unanswered + 1 },
        };
    }
}
