namespace CordisPulse.Core.Editions;

/// <summary>The texts of an edition that stand for themselves.</summary>
public sealed record EditionText
{
    /// <summary>Markdown.</summary>
    public string Introduction { get; init; } = "";

    public string? SignOffName { get; init; }

    public string? SignOffRole { get; init; }

    /// <summary>Null for the default.</summary>
    public string? Subject { get; init; }

    /// <summary>Null for the default.</summary>
    public string? Preheader { get; init; }

    public DateOnly? PublishedOn { get; init; }
}

/// <summary>What an item says; where it stands is no part of it.</summary>
public sealed record ItemText
{
    public required string Title { get; init; }

    /// <summary>A name or other name of a source; a name that the catalogue lacks makes a new source.</summary>
    public string? Source { get; init; }

    public string? Url { get; init; }

    /// <summary>Markdown.</summary>
    public string Summary { get; init; } = "";

    public IReadOnlyList<string> Authors { get; init; } = [];

    public PartialDate? PublishedOn { get; init; }

    public string? Doi { get; init; }

    /// <summary>Slugs.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Its publisher's embargo: no edition that holds it may be published earlier.</summary>
    public DateTime? NotBeforeUtc { get; init; }
}

public sealed record NewsText
{
    public required string Title { get; init; }

    public string? Url { get; init; }

    /// <summary>Markdown.</summary>
    public string Body { get; init; } = "";

    public DateOnly? EventOn { get; init; }

    public DateOnly? Deadline { get; init; }
}

public enum MoveDirection
{
    Up,
    Down,
}

public sealed record SaveEditionTexts
{
    public required EditionMonth Month { get; init; }

    /// <summary>The version that the editor began with.</summary>
    public required int Version { get; init; }

    public required EditionText Text { get; init; }

    public required int ById { get; init; }

    /// <summary>Says which drafts of the text this ends.</summary>
    public DraftMark Draft { get; init; } = DraftMark.None;
}

public sealed record AddItem
{
    public required EditionMonth Month { get; init; }

    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    public required ItemText Text { get; init; }

    public required int ById { get; init; }

    /// <summary>Says which drafts of the text this ends.</summary>
    public DraftMark Draft { get; init; } = DraftMark.None;
}

public sealed record SaveItem
{
    public required EditionMonth Month { get; init; }

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

/// <summary>One step among the items of its sector and section, or to the end of another sector and section.</summary>
public sealed record MoveItem
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    /// <summary>Null to move it to <see cref="SectorId"/> and <see cref="SectionId"/>.</summary>
    public MoveDirection? Direction { get; init; }

    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    /// <summary>Key of the last revision of the order that the editor saw; 0 while there was none.</summary>
    public required long SeenOrderId { get; init; }

    public required int ById { get; init; }
}

public sealed record RemoveItem
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    public required int ById { get; init; }
}

/// <summary>Where an item stands among those of its sector and section, or a news item among the news, counted from 1.</summary>
/// <param name="OrderId">Key of the revision of the order that the move made; null when it changed nothing.</param>
public sealed record MovedText(string Title, int Place, int Of, string? Sector, string? Section, long? OrderId = null);

/// <param name="OrderId">Key of the revision of the order that the removal made.</param>
public sealed record RemovedText(string Title, long? OrderId);

public sealed record PutBack
{
    public required EditionMonth Month { get; init; }

    /// <summary>Key that the removed item or news item had.</summary>
    public required int Id { get; init; }

    public required int ById { get; init; }
}

public sealed record AddNews
{
    public required EditionMonth Month { get; init; }

    public required NewsText Text { get; init; }

    public required int ById { get; init; }

    /// <summary>Says which drafts of the text this ends.</summary>
    public DraftMark Draft { get; init; } = DraftMark.None;
}

public sealed record SaveNews
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    /// <summary>The version that the editor began with.</summary>
    public required int Version { get; init; }

    public required NewsText Text { get; init; }

    public required int ById { get; init; }

    /// <summary>Says which drafts of the text this ends.</summary>
    public DraftMark Draft { get; init; } = DraftMark.None;
}

public sealed record MoveNews
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    public required MoveDirection Direction { get; init; }

    /// <summary>Key of the last revision of the order that the editor saw; 0 while there was none.</summary>
    public required long SeenOrderId { get; init; }

    public required int ById { get; init; }
}

public sealed record RemoveNews
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    public required int ById { get; init; }
}

public sealed record SettleSetAside
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    /// <summary>The item whose summary takes the text as its last paragraph; null to drop the text.</summary>
    public int? AppendToItemId { get; init; }

    public required int ById { get; init; }
}

/// <param name="NewSource">Name of a source that the save has made; null when the catalogue knew it or none was given.</param>
/// <param name="OrderId">Key of the revision of the order that it made; null when everything stands where it stood.</param>
/// <param name="WordsId">Key of the revision of the words, to undo it; null when none of them has changed.</param>
public sealed record SavedItem(int Id, string? NewSource, long? OrderId = null, long? WordsId = null);

/// <summary>An item or a news item that has come into the edition.</summary>
/// <param name="OrderId">Key of the revision of the order that it made.</param>
public sealed record AddedText(int Id, long? OrderId);

public sealed record RestoreText
{
    public required EditionMonth Month { get; init; }

    public required long RevisionId { get; init; }

    public required int ById { get; init; }
}
