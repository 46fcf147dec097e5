namespace CordisPulse.Core.Catalogue;

/// <summary>What an item is about, across sectors, sections and editions: a vocabulary that staff keep. Items name topics by their slugs.</summary>
public sealed class Topic : ICatalogueEntry
{
    public int Id { get; set; }

    public required string Name { get; set; }

    /// <summary>As it was first made, whatever the name became: it stands in readers' addresses and in items.</summary>
    public required string Slug { get; set; }

    /// <summary>Other names, and words that suggest the topic where an item has them.</summary>
    public List<string> OtherNames { get; set; } = [];

    public int Version { get; set; }
}
