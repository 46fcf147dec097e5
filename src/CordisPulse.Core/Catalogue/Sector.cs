namespace CordisPulse.Core.Catalogue;

/// <summary>Adult social care and health, and so on: the first level of every edition. Data, so that a firm can change its sectors.</summary>
public sealed class Sector : IOrderedEntry
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    /// <summary>Names under which imports may meet it.</summary>
    public List<string> OtherNames { get; set; } = [];

    /// <summary>Order in every edition, from 1.</summary>
    public int Position { get; set; }

    /// <summary>Index into the checked set of sector colours of the style sheets and the e-mail, from 0.</summary>
    public int Colour { get; set; }

    public int Version { get; set; }
}
