using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Intake;

/// <summary>How the reading of an item's page stands.</summary>
public enum PageReading
{
    /// <summary>To be read at <see cref="IntakeEntry.NextReadingUtc"/>.</summary>
    Waiting,
    Read,

    /// <summary>Not to be tried again by itself; a person fills the item in.</summary>
    Failed,
}

/// <summary>What belongs to an item while it is in no edition; gone once it is put into one.</summary>
public sealed class IntakeEntry
{
    /// <summary>Key of the item, and of the entry.</summary>
    public int ItemId { get; set; }

    public EditionItem? Item { get; set; }

    public DateTime AddedUtc { get; set; }

    public int? AddedById { get; set; }

    public Account? AddedBy { get; set; }

    public PageReading Reading { get; set; }

    /// <summary>Why the page could not be read, in an editor's words.</summary>
    public string? Problem { get; set; }

    /// <summary>Readings begun; also the number of the lease.</summary>
    public int Attempts { get; set; }

    /// <summary>When to read the page; also the end of the present reading's lease. Null once settled.</summary>
    public DateTime? NextReadingUtc { get; set; }

    /// <summary>Who published it, as the page says; offered as a new source while the item has none.</summary>
    public string? Publisher { get; set; }

    /// <summary>What the page says of itself, to write the summary from.</summary>
    public string? Description { get; set; }
}
