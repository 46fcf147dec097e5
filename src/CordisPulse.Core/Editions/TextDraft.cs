using CordisPulse.Core.Accounts;

namespace CordisPulse.Core.Editions;

/// <summary>A form that one person has open: what is typed into it and not saved yet. It touches nothing that others see.</summary>
public sealed class TextDraft
{
    public long Id { get; set; }

    public int AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>Null for an item of the intake.</summary>
    public int? EditionId { get; set; }

    public Edition? Edition { get; set; }

    public RevisedText Text { get; set; }

    /// <summary>Key of the row whose text it is; 0 for one that is to be added, and for the texts of the edition itself.</summary>
    public int TextId { get; set; }

    /// <summary>The version that the text had when the typing began.</summary>
    public int TextVersion { get; set; }

    /// <summary>The form as JSON; null while nothing has been typed.</summary>
    public string? Fields { get; set; }

    /// <summary>The window that they were typed into, so that no other writes over them unseen.</summary>
    public string? Window { get; set; }

    /// <summary>When the fields were typed.</summary>
    public DateTime SavedUtc { get; set; }

    /// <summary>When the form was last known to be open.</summary>
    public DateTime SeenUtc { get; set; }
}
