namespace CordisPulse.Core.Editions.Links;

/// <summary>How a published link stands after all looks at it.</summary>
/// <param name="Failures">Looks in a row that found no page.</param>
/// <param name="FailingSinceUtc">When the first of them was.</param>
/// <param name="GoneUtc">Since when it counts as gone.</param>
/// <param name="LastAnsweredUtc">When there was last a page.</param>
/// <param name="MovedTo">Another page that its site has once said it moved to for good.</param>
public sealed record LinkStanding(int Failures, DateTime? FailingSinceUtc, DateTime? GoneUtc, DateTime? LastAnsweredUtc, string? MovedTo)
{
    /// <summary>What could not be told changes nothing: neither is a page there again because its site is out of order, nor is it gone.</summary>
    public LinkStanding After(SeenLink seen, string url, DateTime nowUtc) => seen.State switch
    {
        LinkState.Answers => new LinkStanding(0, null, null, nowUtc, Elsewhere(url, seen.MovedTo)),
        LinkState.Gone or LinkState.Unanswered => Failed(seen.State, nowUtc),
        _ => this,
    };

    /// <summary>True when staff have something new to look at.</summary>
    public bool DiffersFrom(LinkStanding before) => GoneUtc is null != before.GoneUtc is null || MovedTo != before.MovedTo;

    private LinkStanding Failed(LinkState state, DateTime nowUtc)
    {
        var (failures, since) = (Failures + 1, FailingSinceUtc ?? nowUtc);
        return this with
        {
            Failures = failures,
            FailingSinceUtc = since,
            GoneUtc = GoneUtc ?? (WatchSchedule.IsGone(state, failures, nowUtc - since) ? nowUtc : null),
        };
    }

    /// <summary>Another spelling of the same address is no news, and a front page is not where the page went.</summary>
    private static string? Elsewhere(string url, string? movedTo)
        => movedTo is null || LinkKey.From(movedTo) == LinkKey.From(url) || new Uri(movedTo) is { AbsolutePath: "/", Query: "" } ? null : movedTo;
}
