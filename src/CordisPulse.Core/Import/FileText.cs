using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>What a reader found in a file: its blocks, and what of it an edition cannot hold.</summary>
public sealed record FileText(IReadOnlyList<Block> Blocks)
{
    /// <summary>Sentences for the editor: pictures and attachments that were left out, links that are tracked.</summary>
    public IReadOnlyList<string> NeedsALook { get; init; } = [];

    /// <summary>Words that the file holds around the edition, such as the lines that a mail program writes above a forwarded message.</summary>
    public IReadOnlyList<RecognisedSetAside> SetAside { get; init; } = [];

    /// <summary>The month in which the file was sent; an edition is often of another, so it is no more than a suggestion.</summary>
    public EditionMonth? SentIn { get; init; }
}
