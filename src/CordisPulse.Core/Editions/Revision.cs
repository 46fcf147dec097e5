namespace CordisPulse.Core.Editions;

public enum RevisedText
{
    Edition,
    Item,
    News,
    Publisher,
    SitePage,
    Sector,
    Section,

    /// <summary>What stands where in an edition, under the edition's key.</summary>
    Order,

    /// <summary>A warning that was left as it is or is shown again (<see cref="LeftFinding"/>), under the edition's key.</summary>
    Finding,

    /// <summary>A text that an import had set aside, and what became of it (<see cref="SettledText"/>), under that text's key.</summary>
    SetAside,
    Source,
    Topic,

    /// <summary>What is said to readers and colleagues as an edition is published. Only its drafts are kept under this name.</summary>
    Publication,
}

/// <summary>What a text said after one save; appended by every save and never changed.</summary>
public sealed class Revision
{
    public long Id { get; set; }

    public RevisedText Text { get; set; }

    /// <summary>Key of the row whose text it is.</summary>
    public int TextId { get; set; }

    /// <summary>The edition it belongs to, for the history of an edition; null for texts outside editions.</summary>
    public int? EditionId { get; set; }

    /// <summary>The row's version after the save.</summary>
    public int Version { get; set; }

    /// <summary>The fields as JSON.</summary>
    public required string Content { get; set; }

    public DateTime SavedUtc { get; set; }

    /// <summary>Null when a command or an import at first start saved it.</summary>
    public int? SavedById { get; set; }
}
