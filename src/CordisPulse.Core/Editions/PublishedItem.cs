using CordisPulse.Core.Catalogue;

namespace CordisPulse.Core.Editions;

/// <summary>
/// One item that readers can see now: a projection of the published edition's document for lists, search and feeds.
/// The rows of an edition are replaced when it is published again and go when it is taken back.
/// </summary>
public sealed class PublishedItem
{
    public int Id { get; set; }

    public int PublishedEditionId { get; set; }

    public PublishedEdition? PublishedEdition { get; set; }

    public EditionMonth Month { get; set; }

    /// <summary>Key of the working item, which stays the same over publications; no foreign key, since the item may be removed from the draft.</summary>
    public int EditionItemId { get; set; }

    /// <summary>Order in the edition as it reads, from 1.</summary>
    public int Position { get; set; }

    public required string Slug { get; set; }

    public required string Title { get; set; }

    public string? Url { get; set; }

    public int? SourceId { get; set; }

    public Source? Source { get; set; }

    public int? SectorId { get; set; }

    public Sector? Sector { get; set; }

    public int? SectionId { get; set; }

    public Section? Section { get; set; }

    /// <summary>Words of the summary: as tall as the item's bar in the edition's pulse.</summary>
    public int Words { get; set; }

    /// <summary>The summary without its Markdown.</summary>
    public required string SummaryText { get; set; }

    /// <summary>When the edition first reached readers.</summary>
    public DateTime PublishedUtc { get; set; }

    /// <summary>When it was last corrected; null when it never was.</summary>
    public DateTime? CorrectedUtc { get; set; }

    /// <summary>What that correction says.</summary>
    public string? Correction { get; set; }

    /// <summary>True for an edition that first appeared elsewhere: never news in a feed.</summary>
    public bool FirstPublishedElsewhere { get; set; }

    public List<PublishedItemTopic> Topics { get; set; } = [];
}

/// <summary>A topic of a published item, with where the item stands, so that the list of a topic is read in its order.</summary>
public sealed class PublishedItemTopic
{
    public int PublishedItemId { get; set; }

    public PublishedItem? PublishedItem { get; set; }

    public int TopicId { get; set; }

    public Topic? Topic { get; set; }

    public EditionMonth Month { get; set; }

    public int Position { get; set; }
}
