using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Looks at the links of drafts that are due, a few at once and never two of one site, and writes down what was seen of each.</summary>
internal sealed class LinkLooking : IDueWork
{
    private const int AtOnce = 6;

    private readonly DraftLinks _drafts;
    private readonly LinkLooks _looks;
    private readonly LinkProbe _probe;
    private readonly LinkWitness _witness;
    private readonly OutboundOptions _options;
    private readonly TimeProvider _time;
    private readonly UnderWay<DueLook> _underWay;

    public LinkLooking(DraftLinks drafts, LinkLooks looks, LinkProbe probe, LinkWitness witness, HostVisits hosts, IOptions<OutboundOptions> options, TimeProvider time, ILogger<LinkLooking> log)
    {
        (_drafts, _looks, _probe, _witness, _options, _time) = (drafts, looks, probe, witness, options.Value, time);
        _underWay = new UnderWay<DueLook>(hosts, AtOnce, new DueVisits<DueLook>
        {
            Key = look => look.Id,
            Address = look => look.Url,
            Claim = looks.ClaimAsync,
            Visit = LookAsync,
            PutOff = claimed => SettleAsync(claimed, new ProbedLink(
                new SeenLink { State = LinkState.Unknown, Problem = "Its page holds something that this program fails on." }, MayPass: false, RetryAfter: null)),
        }, log);
    }

    public string Name => "Looking at links";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (!_options.LookAtLinks)
            return;
        await _drafts.FollowAsync(cancellationToken);
        if (!_underWay.IsFull && await _looks.DueAsync(cancellationToken) is { Count: > 0 } due)
            await _underWay.BeginAsync(due, cancellationToken);
    }

    public Task EndAsync() => _underWay.EndAsync();

    private async Task LookAsync(DueLook claimed, CancellationToken cancellationToken)
    {
        var probed = await JudgedAsync(claimed, await _probe.LookAsync(new Uri(claimed.Url), claimed.IsOfItem ? LookManner.WithTitle : LookManner.Plainly, cancellationToken), cancellationToken);
        await SettleAsync(claimed, probed);
    }

    private Task SettleAsync(DueLook claimed, ProbedLink probed)
        => _looks.SettleAsync(claimed, probed.Seen, LinkSchedule.PauseAfter(probed, _time.GetUtcNow().UtcDateTime - claimed.WantedUtc));

    /// <summary>Silence says something of a link only while other sites answer; otherwise this server may be cut off.</summary>
    private async Task<ProbedLink> JudgedAsync(DueLook claimed, ProbedLink probed, CancellationToken cancellationToken)
    {
        if (probed.Seen.State != LinkState.Unanswered)
            return probed;
        var isCutOff = await _witness.IsCutOffAsync(await _looks.LastAnsweredAsync(claimed, cancellationToken), cancellationToken);
        return probed with
        {
            Seen = isCutOff
                ? probed.Seen with { Problem = LinkWitness.CutOff, Unanswered = claimed.Unanswered }
                : probed.Seen with { Unanswered = claimed.Unanswered + 1 },
        };
    }
}
