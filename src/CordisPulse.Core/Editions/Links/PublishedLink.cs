using CordisPulse.Core.Editions.Checks;

namespace CordisPulse.Core.Editions.Links;

/// <summary>An address that readers find in an edition, and what was seen of it over the years.</summary>
public sealed class PublishedLink
{
    public long Id { get; set; }

    /// <summary>SHA-256 of <see cref="Url"/>; the address itself is longer than an index may be.</summary>
    public required string UrlSha256 { get; set; }

    public required string Url { get; set; }

    /// <summary>Its site, as <see cref="Outbound.HostVisits.HostOf"/> names it.</summary>
    public required string Host { get; set; }

    /// <summary>Looks begun; also the number of the lease.</summary>
    public int Looks { get; set; }

    /// <summary>When to look; also the end of the present look's lease.</summary>
    public DateTime NextLookUtc { get; set; }

    public DateTime? LookedUtc { get; set; }

    public LinkState? State { get; set; }

    /// <summary>Why there is no page, or why that could not be told, in an editor's words.</summary>
    public string? Problem { get; set; }

    /// <summary>When there was last a page; null when none was ever seen.</summary>
    public DateTime? LastAnsweredUtc { get; set; }

    /// <summary>Looks in a row that found no page; those that could tell nothing do not count.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of them was.</summary>
    public DateTime? FailingSinceUtc { get; set; }

    /// <summary>Since when it counts as gone; null while it does not.</summary>
    public DateTime? GoneUtc { get; set; }

    /// <summary>Readers are told that it is gone.</summary>
    public bool IsMarked { get; set; }

    /// <summary>Another page that its site has once said it moved to for good.</summary>
    public string? MovedTo { get; set; }

    /// <summary>When somebody said that it stays as it is; null when nobody did, or something has changed since.</summary>
    public DateTime? LeftUtc { get; set; }

    public int? LeftById { get; set; }

    public List<PublishedLinkPlace> Places { get; set; } = [];
}

/// <summary>Where a published edition leads to an address. Written when the publication is followed, and gone with it.</summary>
public sealed class PublishedLinkPlace
{
    public long Id { get; set; }

    public long LinkId { get; set; }

    public PublishedLink? Link { get; set; }

    public int PublishedEditionId { get; set; }

    public PublishedEdition? PublishedEdition { get; set; }

    public EditionMonth Month { get; set; }

    /// <summary>When readers could first read it.</summary>
    public DateOnly PublishedOn { get; set; }

    public FindingPlace Place { get; set; }

    /// <summary>Key of the working item or news item at that time; 0 for the introduction.</summary>
    public int TextId { get; set; }

    /// <summary>Within the text, in contrast to the item's or the news item's own link.</summary>
    public bool IsWithin { get; set; }

    /// <summary>Title of the item or news item.</summary>
    public string? Title { get; set; }
}
