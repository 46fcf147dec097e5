namespace CordisPulse.Core.Import;

/// <summary>
/// One block of an incoming text, in reading order: what every reader makes of its file type and all that the recogniser
/// sees of it. Text is Markdown inline text: links and emphasis stay as they were written.
/// </summary>
public abstract record Block
{
    /// <summary>Empty lines above; more than is usual in a text speaks for a picture or a page break that stood there.</summary>
    public int BlankLinesBefore { get; init; }
}

/// <param name="Level">1 to 6, as the file marks it.</param>
/// <param name="Text">One line.</param>
public sealed record HeadingBlock(int Level, string Text) : Block;

/// <param name="Lines">As they stood in the file; a line that ends with two spaces or a backslash ends in a hard break.</param>
public sealed record ParagraphBlock(IReadOnlyList<string> Lines) : Block;

public sealed record ListBlock(IReadOnlyList<ListEntry> Entries) : Block;

/// <summary>An entry of a list; its marker is <c>-</c> or a number with a full stop.</summary>
public sealed record ListEntry(string Marker, IReadOnlyList<Block> Blocks)
{
    public bool IsNumbered => Marker != "-";
}

/// <summary>A table, a quotation, a listing: kept as the Markdown that it is.</summary>
public sealed record VerbatimBlock(string Text) : Block;
