namespace CordisPulse.Core.Import;

/// <summary>
/// The piece that the later passes judge: a marked heading, a line or paragraph of text, a list, or something verbatim.
/// Lines of one paragraph that were broken on purpose are passages of their own with the same <see cref="Paragraph"/>.
/// </summary>
internal sealed record Passage
{
    public required PassageKind Kind { get; init; }

    /// <summary>Level of a marked heading, else 0.</summary>
    public int Level { get; init; }

    /// <summary>Markdown of a heading, a text or something verbatim; empty for a list.</summary>
    public string Text { get; init; } = "";

    public ListBlock? List { get; init; }

    public int Paragraph { get; init; }

    public int BlankLinesBefore { get; init; }

    /// <summary>False for the second and later lines of a paragraph.</summary>
    public bool OpensParagraph { get; init; } = true;

    /// <summary>The file breaks the line after this one on purpose.</summary>
    public bool HardBreakAfter { get; init; }

    /// <summary>The bold words that led an entry of a list where only items can stand.</summary>
    public bool LedEntry { get; init; }

    /// <summary>Of an item's heading: the line above it that names its source.</summary>
    public Passage? SourceAbove { get; init; }

    public bool IsLine => Kind is PassageKind.Heading or PassageKind.Text;

    /// <summary>All of it in bold.</summary>
    public bool IsBold => Emphasis == Emphasis.Bold;

    /// <summary>What all of it stands in: how people mark a heading without marking it.</summary>
    public Emphasis Emphasis => Kind != PassageKind.Text ? Emphasis.None : IsWithin("**") ? Emphasis.Bold : IsWithin("*") || IsWithin("_") ? Emphasis.Italic : Emphasis.None;

    private bool IsWithin(string mark)
    {
        var text = Text.AsSpan().TrimEnd();
        return text.Length > mark.Length * 2 && text.StartsWith(mark) && text.EndsWith(mark) && !text[mark.Length..^mark.Length].Contains(mark, StringComparison.Ordinal);
    }
}

internal enum Emphasis
{
    None,
    Bold,
    Italic,
}

internal enum PassageKind
{
    Heading,
    Text,
    List,
    Verbatim,
}
