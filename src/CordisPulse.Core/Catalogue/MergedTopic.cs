namespace CordisPulse.Core.Catalogue;

/// <summary>A topic that became part of another, and is no more. Items, revisions and readers may still have its slug.</summary>
public sealed class MergedTopic
{
    public int Id { get; set; }

    public required string Slug { get; set; }

    /// <summary>The one that it became part of.</summary>
    public int TopicId { get; set; }

    public Topic? Topic { get; set; }
}
