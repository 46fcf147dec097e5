using System.Globalization;

namespace CordisPulse.Core.Editions.Links;

/// <summary>When a published link is looked at again, and when it counts as gone.</summary>
public static class WatchSchedule
{
    /// <summary>While there is a page, once the link is known to be gone, and where it can't be told.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromDays(30);

    /// <summary>After the first, second, … look in a row that found no page; the last of them until it counts as gone.</summary>
    private static readonly TimeSpan[] AfterFailure = [TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.FromDays(7)];

    /// <summary>After an answer that may be another one soon: out of order, asked to be left alone.</summary>
    private static readonly TimeSpan MayPass = TimeSpan.FromDays(3);

    /// <summary>So many looks in a row, over so long: a site that says so, and one that is silent, which may be having its holidays.</summary>
    private static readonly (int Looks, TimeSpan Over) GoneWhenSaid = (3, TimeSpan.FromDays(7));

    private static readonly (int Looks, TimeSpan Over) GoneWhenSilent = (5, TimeSpan.FromDays(14));

    /// <summary>Spreads the first looks at what is published over the whole month, each address at a time of its own.</summary>
    /// <param name="sha256">Of the address.</param>
    public static TimeSpan PauseBeforeFirst(string sha256)
        => Steady * (uint.Parse(sha256.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / (double)uint.MaxValue);

    /// <param name="probed">What was seen.</param>
    /// <param name="standing">How the link stands now that it was.</param>
    public static TimeSpan PauseAfter(ProbedLink probed, LinkStanding standing)
    {
        var own = probed.Seen.State switch
        {
            LinkState.Gone or LinkState.Unanswered when standing.GoneUtc is null => AfterFailure[Math.Min(standing.Failures, AfterFailure.Length) - 1],
            LinkState.Unknown when probed.MayPass => MayPass,
            _ => Steady,
        };
        return probed.RetryAfter is { } asked && asked > own ? (asked < Steady ? asked : Steady) : own;
    }

    public static bool IsGone(LinkState state, int failures, TimeSpan over)
    {
        var (looks, atLeast) = state == LinkState.Gone ? GoneWhenSaid : GoneWhenSilent;
        return failures >= looks && over >= atLeast;
    }
}
