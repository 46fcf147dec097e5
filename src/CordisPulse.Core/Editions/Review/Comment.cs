namespace CordisPulse.Core.Editions.Review;

/// <summary>What of an edition a comment is about.</summary>
public enum CommentedPlace
{
    Whole,
    Introduction,
    News,
    Item,
}

/// <summary>
/// What somebody who reads a draft says of it, or an answer to that. It stays with the edition when its item is removed, and is never
/// part of what is published.
/// </summary>
public sealed class Comment
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    public CommentedPlace Place { get; set; }

    /// <summary>Key of the item or news item; null for the other places.</summary>
    public int? PlaceId { get; set; }

    /// <summary>The item's title when it was written, for an item that has been removed since.</summary>
    public string? PlaceTitle { get; set; }

    /// <summary>The comment that this one answers; null for one that begins a thread.</summary>
    public int? AnswersId { get; set; }

    public Comment? Answers { get; set; }

    /// <summary>The account that wrote it; null for a guest.</summary>
    public int? ById { get; set; }

    /// <summary>The link through which a guest wrote it.</summary>
    public int? PreviewLinkId { get; set; }

    public PreviewLink? PreviewLink { get; set; }

    public string? GuestName { get; set; }

    /// <summary>Plain text.</summary>
    public required string Text { get; set; }

    public DateTime WrittenUtc { get; set; }

    /// <summary>When somebody marked the thread as settled; only of the comment that begins it.</summary>
    public DateTime? SettledUtc { get; set; }

    public int? SettledById { get; set; }
}
