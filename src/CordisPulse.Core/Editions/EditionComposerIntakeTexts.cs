namespace CordisPulse.Core.Editions;

public sealed record AddLinks
{
    public required IReadOnlyList<string> Links { get; init; }

    public required int ById { get; init; }
}

public sealed record AddToIntake
{
    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    public required ItemText Text { get; init; }

    public required int ById { get; init; }

    /// <summary>Says which drafts of the text this ends.</summary>
    public DraftMark Draft { get; init; } = DraftMark.None;
}

public sealed record SaveIntakeItem
{
    public required int Id { get; init; }

    /// <summary>The version that the editor began with.</summary>
    public required int Version { get; init; }

    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    public required ItemText Text { get; init; }

    public required int ById { get; init; }

    /// <summary>Says which drafts of the text this ends.</summary>
    public DraftMark Draft { get; init; } = DraftMark.None;
}

public sealed record PutIntoEdition
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    /// <summary>For an item that has none: a name or other name of a source; one that the catalogue lacks makes a new source.</summary>
    public string? Source { get; init; }

    public required int ById { get; init; }
}

/// <param name="NewSource">Name of its source, if that is new.</param>
public sealed record PutText(MovedText Moved, string? NewSource);

public sealed record RemoveFromIntake
{
    public required int Id { get; init; }

    public required int ById { get; init; }
}

public sealed record PutBackIntoIntake
{
    /// <summary>Key that the removed item had.</summary>
    public required int Id { get; init; }

    public required int ById { get; init; }
}
