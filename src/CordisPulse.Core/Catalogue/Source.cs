namespace CordisPulse.Core.Catalogue;

/// <summary>The organisation that published a report.</summary>
public sealed class Source
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public List<string> OtherNames { get; set; } = [];

    /// <summary>Host names of its web sites, without <c>www</c>.</summary>
    public List<string> Domains { get; set; } = [];

    public int Version { get; set; }
}
