namespace CordisPulse.Core.Editions;

/// <summary>The firm's own news in an edition.</summary>
public sealed class NewsItem
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    public int Position { get; set; }

    public required string Title { get; set; }

    public string? Url { get; set; }

    /// <summary>Markdown.</summary>
    public string Body { get; set; } = "";

    public DateOnly? EventOn { get; set; }

    public DateOnly? Deadline { get; set; }

    public int Version { get; set; }
}
