namespace CordisPulse.Core.Archive.Search;

/// <summary>Where in a text stands what the index has marked in its own form of it.</summary>
internal static class SearchMarks
{
    /// <summary>Control characters, which no text of the index has (<see cref="SearchText"/>).</summary>
    public const char Begin = '\u0002';

    public const char End = '\u0003';

    /// <param name="text">As readers see it.</param>
    /// <param name="marked">The same as the index holds it, with marks; null when nothing is marked.</param>
    public static MarkedText Put(string text, string? marked)
    {
        if (marked is null || !marked.Contains(Begin, StringComparison.Ordinal))
            return MarkedText.Plain(text);
        var (words, positions) = SearchWords.WithPositions(text);
        // A title without words of its own, as an introduction's, is not the one of the index.
        if (!marked.Replace($"{Begin}", "", StringComparison.Ordinal).Replace($"{End}", "", StringComparison.Ordinal).StartsWith(words, StringComparison.Ordinal))
            return MarkedText.Plain(text);
        var marks = new List<(int Start, int End)>();
        var (at, start) = (0, 0);
        foreach (var c in marked)
        {
            // What the index holds besides the text has no place in it.
            if (at >= positions.Count && c == Begin)
                break;
            switch (c)
            {
                case Begin:
                    start = positions[at];
                    break;
                case End:
                    Add(start, at < positions.Count ? positions[at] : text.Length);
                    break;
                default:
                    at++;
                    break;
            }
        }

        return new MarkedText(text, marks);

        void Add(int from, int to)
        {
            if (marks.Count > 0 && from <= marks[^1].End)
                marks[^1] = (marks[^1].Start, Math.Max(to, marks[^1].End));
            else if (to > from)
                marks.Add((from, to));
        }
    }
}
