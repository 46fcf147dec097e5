using CordisPulse.Core.Accounts;

namespace CordisPulse.Core.Feeds;

public enum FeedEntryState
{
    /// <summary>Suggested in the intake, for a person to take or dismiss.</summary>
    Waiting,
    Taken,

    /// <summary>Not to be suggested again.</summary>
    Dismissed,

    /// <summary>Too old to be suggested when the feed was read for the first time.</summary>
    Old,

    /// <summary>Its link was in an edition, in the intake or among other entries when it came.</summary>
    Known,
}

/// <summary>Something that a feed has announced. The row stays whatever became of it, so that it comes once.</summary>
public sealed class FeedEntry
{
    public int Id { get; set; }

    public int FeedId { get; set; }

    public SourceFeed? Feed { get; set; }

    /// <summary>SHA-256 of what the feed calls the entry, or of its link where it calls it nothing. Unique within the feed.</summary>
    public required string EntryHash { get; set; }

    /// <summary>SHA-256 of what two addresses of the same page have in common.</summary>
    public required string LinkHash { get; set; }

    public required string Url { get; set; }

    public required string Title { get; set; }

    /// <summary>As plain text; kept for what is suggested alone.</summary>
    public string? Description { get; set; }

    /// <summary>Null when the feed does not say.</summary>
    public DateTime? PublishedUtc { get; set; }

    public DateTime SeenUtc { get; set; }

    public FeedEntryState State { get; set; }

    /// <summary>When it was taken or dismissed.</summary>
    public DateTime? SettledUtc { get; set; }

    public int? SettledById { get; set; }

    public Account? SettledBy { get; set; }
}
