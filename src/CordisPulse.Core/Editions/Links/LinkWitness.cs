namespace CordisPulse.Core.Editions.Links;

/// <summary>Tells a site that is silent from a server that has no way to any.</summary>
public sealed class LinkWitness(LinkProbe probe, TimeProvider time)
{
    /// <summary>Said of a link that nobody answered while this server may be cut off.</summary>
    public const string CutOff = "No site answers: this server may have no way to others at the moment.";

    /// <summary>An answer this young shows that other sites can be reached.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <param name="last">The other link that was answered last; null when none was.</param>
    /// <param name="cancellationToken">Ends the look at it.</param>
    /// <returns>True when silence says nothing at the moment.</returns>
    public async Task<bool> IsCutOffAsync(AnsweredLink? last, CancellationToken cancellationToken)
        => last is null
            || (last.LookedUtc < time.GetUtcNow().UtcDateTime - Fresh
                && (await probe.LookAsync(new Uri(last.Url), LookManner.Politely, cancellationToken)).Seen.State == LinkState.Unanswered);
}
