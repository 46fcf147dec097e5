namespace CordisPulse.Core.Editions.Review;

/// <summary>Somebody's word that an edition may be published exactly as it stood then.</summary>
public sealed class Approval
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    public int ApprovedById { get; set; }

    public DateTime ApprovedUtc { get; set; }

    /// <summary>What was approved: <see cref="EditionDocument.AsReadersWouldGetIt"/> as JSON.</summary>
    public required string Document { get; set; }

    /// <summary>SHA-256 of <see cref="Document"/> in UTF-8, as 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; set; }

    /// <summary>When whoever gave it took it back.</summary>
    public DateTime? WithdrawnUtc { get; set; }
}
