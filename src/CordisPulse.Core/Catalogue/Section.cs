namespace CordisPulse.Core.Catalogue;

/// <summary>Reports, Briefings, Tools and Guidance: the second level of every edition.</summary>
public sealed class Section : IOrderedEntry
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    /// <summary>Names under which imports may meet it.</summary>
    public List<string> OtherNames { get; set; } = [];

    /// <summary>Order within a sector, from 1.</summary>
    public int Position { get; set; }

    public int Version { get; set; }
}
