using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Editions.Links;

/// <summary>
/// Looks at the links that are due, a few at once and at no site more than one a second, and writes down what was seen of each.
/// </summary>
public sealed class LinkLooker(LinkLooks looks, LinkProbe probe, TimeProvider time, ILogger<LinkLooker> log)
{
    private const int AtOnce = 6;

    /// <summary>Between two looks at one site.</summary>
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(1);

    /// <summary>An answer this young shows that other sites can be reached.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins as many as there is room for, and does not wait for them.</summary>
    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (_underWay.Count >= AtOnce)
            return;
        foreach (var due in await looks.DueAsync(cancellationToken))
        {
            if (_underWay.Count >= AtOnce)
                return;
            var address = new Uri(due.Url);
            if (_underWay.ContainsKey(address.Authority) || await looks.ClaimAsync(due, cancellationToken) is not { } claimed)
                continue;
            // The place is taken before the look begins, so that one which ends at once can't leave it taken.
            var begin = new TaskCompletionSource();
            _underWay[address.Authority] = LookAsync(claimed, address, begin.Task, cancellationToken);
            begin.SetResult();
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public Task EndAsync() => Task.WhenAll(_underWay.Values);

    private async Task LookAsync(DueLook claimed, Uri address, Task begin, CancellationToken cancellationToken)
    {
        await begin;
        try
        {
            var probed = await JudgedAsync(claimed, await probe.LookAsync(address, claimed.IsOfItem, cancellationToken), cancellationToken);
            await looks.SettleAsync(claimed, probed.Seen, LinkSchedule.PauseAfter(probed, time.GetUtcNow().UtcDateTime - claimed.WantedUtc));
            await Task.Delay(LeftAlone, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program stops; a lease that was not settled ends, and the link is looked at after the next start.
        }
        catch (Exception e)
        {
            log.LogError(e, "Link {Id} could not be looked at; it is tried again when its lease ends", claimed.Id);
        }
        finally
        {
            _underWay.TryRemove(address.Authority, out _);
        }
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
