using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Intake;

namespace CordisPulse.Core.Editions;

/// <summary>One report, briefing or tool in an edition, or in the intake until somebody puts it into one.</summary>
public sealed class EditionItem
{
    public int Id { get; set; }

    /// <summary>Null while it waits in the intake.</summary>
    public int? EditionId { get; set; }

    public Edition? Edition { get; set; }

    /// <summary>Null once it is in an edition.</summary>
    public IntakeEntry? Intake { get; set; }

    /// <summary>Null until somebody places the item.</summary>
    public int? SectorId { get; set; }

    public Sector? Sector { get; set; }

    /// <summary>Null until somebody places the item.</summary>
    public int? SectionId { get; set; }

    public Section? Section { get; set; }

    /// <summary>Order among all items of the edition; gaps are fine.</summary>
    public int Position { get; set; }

    public int? SourceId { get; set; }

    public Source? Source { get; set; }

    public required string Title { get; set; }

    /// <summary>As typed or imported: a check, not the model, says whether it is a link.</summary>
    public string? Url { get; set; }

    /// <summary>Markdown.</summary>
    public string Summary { get; set; } = "";

    public List<string> Authors { get; set; } = [];

    /// <summary>When the report itself appeared.</summary>
    public PartialDate? PublishedOn { get; set; }

    public string? Doi { get; set; }

    /// <summary>Slugs of its topics, in the order of the alphabet; those that the vocabulary lacks mean nothing.</summary>
    public List<string> Topics { get; set; } = [];

    /// <summary>Its publisher's embargo: no edition that holds it may be published earlier.</summary>
    public DateTime? NotBeforeUtc { get; set; }

    /// <summary>Unique within an edition; follows the title until the edition is first published.</summary>
    public required string Slug { get; set; }

    public int Version { get; set; }
}
