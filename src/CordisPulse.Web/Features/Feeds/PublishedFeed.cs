namespace CordisPulse.Web.Features.Feeds;

/// <summary>The two ways in which every feed is written: Atom (RFC 4287) and JSON Feed 1.1. Addresses end in their names.</summary>
public enum FeedForm
{
    Atom,
    Json,
}

/// <summary>A feed before it is written. All addresses are absolute, since a feed is read elsewhere.</summary>
/// <param name="Atom">Where it is as Atom, and its identity there.</param>
/// <param name="Json">Where it is as JSON Feed.</param>
/// <param name="Page">Where people read the same.</param>
public sealed record PublishedFeed(string Title, string Atom, string Json, string Page, IReadOnlyList<PublishedEntry> Entries);

/// <summary>Its content is HTML or, when there is none, text.</summary>
public sealed record PublishedEntry
{
    /// <summary>Its identity, which never changes (RFC 4287 section 4.2.6): the address that it had first.</summary>
    public required string Id { get; init; }

    /// <summary>Where it can be read.</summary>
    public required string Url { get; init; }

    public required string Title { get; init; }

    public string? Summary { get; init; }

    public string? Html { get; init; }

    public string? Text { get; init; }

    public required DateTime PublishedUtc { get; init; }

    public required DateTime UpdatedUtc { get; init; }
}
