namespace CordisPulse.Core.Editions;

/// <summary>The record of a published edition taken back from readers.</summary>
public sealed class Withdrawal
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    /// <summary>The revision that readers saw until then.</summary>
    public int Revision { get; set; }

    public DateTime WithdrawnUtc { get; set; }

    public int? WithdrawnById { get; set; }

    public required string Reason { get; set; }
}
