namespace CordisPulse.Core.Editions;

/// <summary>Text that an import recognised as no part of the edition and that a person has not yet settled.</summary>
public sealed class SetAsideText
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    /// <summary>The item after which it stood; null when it stood before the first.</summary>
    public int? AfterItemId { get; set; }

    public EditionItem? AfterItem { get; set; }

    public int Position { get; set; }

    public required string Text { get; set; }

    /// <summary>Why the import put it aside, in an editor's words.</summary>
    public required string Reason { get; set; }
}
