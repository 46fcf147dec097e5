namespace CordisPulse.Core.Catalogue;

/// <summary>What a <see cref="Sector"/>, a <see cref="Section"/> and a <see cref="Topic"/> have in common: all are named, and kept in the settings.</summary>
public interface ICatalogueEntry
{
    int Id { get; }

    string Name { get; set; }

    string Slug { get; }

    List<string> OtherNames { get; set; }

    int Version { get; }
}

/// <summary>One whose place among its like is chosen.</summary>
public interface IOrderedEntry : ICatalogueEntry
{
    int Position { get; set; }
}
