using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;

namespace CordisPulse.Web.Areas.Editor.Settings;

public sealed class CatalogueForm
{
    [Required(ErrorMessage = "Enter a name.")]
    [StringLength(Limits.Name, ErrorMessage = "The name can have 120 characters.")]
    public string? Name { get; set; }

    /// <summary>One a line.</summary>
    [StringLength(Limits.Note, ErrorMessage = "The other names can have 1,000 characters together.")]
    public string? OtherNames { get; set; }

    public int Version { get; set; }

    public static CatalogueForm Of(CatalogueRow row) => new() { Name = row.Name, OtherNames = string.Join('\n', row.OtherNames), Version = row.Version };

    public SaveCatalogueEntry ToSave(int? id, int byId) => new()
    {
        Id = id,
        Name = Name!.Trim(),
        OtherNames = [.. (OtherNames ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)],
        Version = Version,
        ById = byId,
    };
}

/// <summary>How the pages of one kind name it.</summary>
/// <param name="Address">Of the list, under <c>/editor/settings</c>.</param>
public sealed record CatalogueKind(string One, string Many, string Address)
{
    /// <summary>Whether people choose the order; else it is the alphabet's.</summary>
    public bool IsOrdered { get; init; } = true;

    public string OtherNames { get; init; } = "Other names";

    public string OtherNamesHint { get; init; } = "One a line. An import recognises headings by them.";
}

/// <summary>A page with the fields of an entry.</summary>
public interface ICataloguePage
{
    CatalogueKind Kind { get; }

    CatalogueForm Form { get; }
}

public sealed record CatalogueListPage(CatalogueKind Kind, IReadOnlyList<CatalogueRow> Rows, CatalogueForm Form) : ICataloguePage;

public sealed record CatalogueEntryPage(CatalogueKind Kind, CatalogueRow Row, CatalogueForm Form, ConflictPage? Conflict) : ICataloguePage
{
    /// <summary>Others that it can become part of; none where no entry can.</summary>
    public IReadOnlyList<CatalogueRow> MayJoin { get; init; } = [];
}
