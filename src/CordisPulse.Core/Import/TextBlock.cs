namespace CordisPulse.Core.Import;

/// <summary>Lines without an empty one between them: a paragraph, or a table, whose lines must stay lines.</summary>
internal static class TextBlock
{
    public static Block Of(IReadOnlyList<string> lines)
        => lines.Count >= 2 && lines[0].Contains('|') && IsRowOfDashes(lines[1]) ? new VerbatimBlock(string.Join('\n', lines)) : new ParagraphBlock(lines);

    private static bool IsRowOfDashes(string line) => line.Contains('|') && line.Contains('-') && !line.AsSpan().ContainsAnyExcept("|-: ");
}
