namespace CordisPulse.Core.Editions.Links;

public enum LinkState
{
    /// <summary>There is a page.</summary>
    Answers,

    /// <summary>The site says that there is no such page (404, 410).</summary>
    Gone,

    /// <summary>Nobody answered: no such site, a refused connection, no answer in time.</summary>
    Unanswered,

    /// <summary>It could not be told: the site shows the page only to people, is out of order, or asks to be left alone.</summary>
    Unknown,
}

/// <summary>A link of an edition that is being worked on, and what was seen when it was last looked at.</summary>
public sealed class LinkLook
{
    public long Id { get; set; }

    /// <summary>SHA-256 of <see cref="Url"/>; the address itself is longer than an index may be.</summary>
    public required string UrlSha256 { get; set; }

    public required string Url { get; set; }

    /// <summary>An item's own link: its page's title is compared with ours.</summary>
    public bool IsOfItem { get; set; }

    /// <summary>When an edition with this link was last worked on; some weeks later it is no longer looked at.</summary>
    public DateTime WantedUtc { get; set; }

    /// <summary>When a look was last asked for; a link that was not looked at since is being looked at.</summary>
    public DateTime AskedUtc { get; set; }

    /// <summary>Looks begun; also the number of the lease.</summary>
    public int Looks { get; set; }

    /// <summary>When to look; also the end of the present look's lease. Null once nobody works on an edition with it.</summary>
    public DateTime? NextLookUtc { get; set; }

    public DateTime? LookedUtc { get; set; }

    public LinkState? State { get; set; }

    /// <summary>Why there is no page, or why that could not be told, in an editor's words.</summary>
    public string? Problem { get; set; }

    /// <summary>Looks in a row that nobody answered.</summary>
    public int Unanswered { get; set; }

    /// <summary>What the page calls itself, a title a line, the likeliest first.</summary>
    public string? Titles { get; set; }

    /// <summary>The page's address from now on, where its site says that it moved for good.</summary>
    public string? MovedTo { get; set; }
}
