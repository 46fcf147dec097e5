namespace CordisPulse.Core.Import;

/// <summary>What makes a line an entry of a list; the marker is <c>-</c> for every kind of bullet, or the number with a full stop.</summary>
internal readonly record struct ListMark(int Indent, string Marker, string Text)
{
    private const string Bullets = "-*+•·▪◦‣●○–";

    public static ListMark? Read(string line)
    {
        var start = line.AsSpan().IndexOfAnyExcept(' ', '\t', '\u00A0');
        if (start < 0)
            return null;
        if (Bullets.Contains(line[start]))
            return Bounded(line, start + 1) ? new ListMark(IndentOf(line), "-", line[(start + 1)..].Trim()) : null;

        var end = start;
        while (end < line.Length && end - start < 3 && char.IsAsciiDigit(line[end]))
            end++;
        return end > start && end < line.Length && line[end] is '.' or ')' && Bounded(line, end + 1) && end + 1 < line.Length
            ? new ListMark(IndentOf(line), line[start..end] + ".", line[(end + 1)..].Trim())
            : null;
    }

    public static int IndentOf(string line)
    {
        var indent = 0;
        foreach (var c in line)
            if (c == '\t')
                indent += 4;
            else if (c is ' ' or '\u00A0')
                indent++;
            else
                break;
        return indent;
    }

    private static bool Bounded(string line, int end) => end >= line.Length || char.IsWhiteSpace(line[end]);
}
