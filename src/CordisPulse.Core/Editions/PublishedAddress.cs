namespace CordisPulse.Core.Editions;

/// <summary>An address under which an item was once published. It belongs to that item for ever, so that links keep working when titles change.</summary>
public sealed class PublishedAddress
{
    public int Id { get; set; }

    public EditionMonth Month { get; set; }

    public required string Slug { get; set; }

    public int EditionItemId { get; set; }
}
