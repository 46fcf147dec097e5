namespace CordisPulse.Core.Editions.Links;

/// <summary>When a link is looked at again.</summary>
public static class LinkSchedule
{
    /// <summary>After an answer that counts.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromDays(3);

    /// <summary>After one that does not, the first, second, … time in a row; then <see cref="Daily"/>.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(3)];

    /// <summary>For what is gone or could not be told, and the longest that a site's own wish is followed.</summary>
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    /// <summary>How long an edition's links are looked at after somebody has worked on it.</summary>
    private static readonly TimeSpan Wanted = TimeSpan.FromDays(30);

    /// <param name="probed">What was seen.</param>
    /// <param name="sinceWanted">How long ago somebody last worked on an edition with the link.</param>
    /// <returns>Null for not at all.</returns>
    public static TimeSpan? PauseAfter(ProbedLink probed, TimeSpan sinceWanted)
    {
        if (sinceWanted > Wanted)
            return null;
        if (probed.Seen.State == LinkState.Answers)
            return Steady;
        var own = probed.Seen.State == LinkState.Unanswered && probed.Seen.Unanswered <= Pauses.Length ? Pauses[Math.Max(0, probed.Seen.Unanswered - 1)]
            : probed.MayPass ? Pauses[^1]
            : Daily;
        return probed.RetryAfter is { } asked && asked > own ? (asked < Daily ? asked : Daily) : own;
    }
}
