namespace CordisPulse.Core.Editions;

/// <summary>A warning that an editor has seen and left, with the reason.</summary>
public sealed class Acknowledgement
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    /// <summary>The finding's kind, its place and what was found there (<c>number-bare:item:41:1f0c2a9b7d3e</c>), so that the same warning elsewhere, and about other words, stays visible.</summary>
    public required string FindingKey { get; set; }

    public required string Reason { get; set; }

    public DateTime AcknowledgedUtc { get; set; }

    public int? AcknowledgedById { get; set; }
}
