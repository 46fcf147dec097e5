namespace CordisPulse.Core.Editions;

/// <summary>One publication of an edition, exactly as readers got it. Written once and never changed.</summary>
public sealed class PublishedEdition
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    public EditionMonth Month { get; set; }

    /// <summary>1 for the first publication of the edition, then 2, 3, …</summary>
    public int Revision { get; set; }

    public DateTime PublishedUtc { get; set; }

    /// <summary>Null when the command line published it.</summary>
    public int? PublishedById { get; set; }

    /// <summary>What changed, for colleagues.</summary>
    public string? Note { get; set; }

    /// <summary>What was wrong before and is right now, for readers; null when they are told of nothing.</summary>
    public string? Correction { get; set; }

    /// <summary>The <see cref="EditionDocument"/> as JSON.</summary>
    public required string Document { get; set; }

    /// <summary>SHA-256 of <see cref="Document"/> in UTF-8, as 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; set; }
}
