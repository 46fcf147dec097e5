namespace CordisPulse.Core.Catalogue;

/// <summary>What a <see cref="Sector"/> and a <see cref="Section"/> have in common: both are ordered, named, and kept in the settings.</summary>
public interface ICatalogueEntry
{
    int Id { get; }

    string Name { get; set; }

    string Slug { get; }

    List<string> OtherNames { get; set; }

    int Position { get; set; }

    int Version { get; }
}
