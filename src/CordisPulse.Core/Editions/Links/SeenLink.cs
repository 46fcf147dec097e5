namespace CordisPulse.Core.Editions.Links;

/// <summary>What was seen when a link was last looked at.</summary>
public sealed record SeenLink
{
    public required LinkState State { get; init; }

    /// <summary>Why there is no page, or why that could not be told, in an editor's words.</summary>
    public string? Problem { get; init; }

    /// <summary>Looks in a row that nobody answered.</summary>
    public int Unanswered { get; init; }

    /// <summary>There is no page. A site that is silent once may be having its holidays.</summary>
    public bool IsDead => State == LinkState.Gone || (State == LinkState.Unanswered && Unanswered > 1);

    /// <summary>Whether there is a page could not be told.</summary>
    public bool IsUnknown => State != LinkState.Answers && !IsDead;

    /// <summary>What the page calls itself, the likeliest first.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>The page's address from now on, where its site says that it moved for good.</summary>
    public string? MovedTo { get; init; }
}

/// <summary>The links of an edition and how far they have been looked at.</summary>
/// <param name="Seen">By the address as it stands in the edition; without those that were never looked at.</param>
/// <param name="UnderWay">Links that wait to be looked at now.</param>
/// <param name="LookedUtc">When one of them was last looked at.</param>
public sealed record EditionLinkLooks(int Links, IReadOnlyDictionary<string, SeenLink> Seen, int UnderWay, DateTime? LookedUtc)
{
    public static EditionLinkLooks None { get; } = new(0, new Dictionary<string, SeenLink>(), 0, null);

    public int NotLookedAt => Links - Seen.Count;
}
