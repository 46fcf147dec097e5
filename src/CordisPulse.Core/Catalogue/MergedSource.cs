namespace CordisPulse.Core.Catalogue;

/// <summary>A source that turned out to be the same as another, and is no more. Readers may have kept its address.</summary>
public sealed class MergedSource
{
    public int Id { get; set; }

    public required string Slug { get; set; }

    /// <summary>The one that it is the same as.</summary>
    public int SourceId { get; set; }

    public Source? Source { get; set; }
}
