namespace CordisPulse.Core.Archive;

/// <summary>A stretch of a text, and whether it is what was searched for.</summary>
public sealed record TextPiece(string Text, bool IsFound);

/// <summary>A text, and where in it stands what was searched for.</summary>
/// <param name="Marks">Stretches of the text in order, none touching the next.</param>
public sealed record MarkedText(string Text, IReadOnlyList<(int Start, int End)> Marks)
{
    private const int SnippetLength = 260;
    private const int BeforeTheFirst = 70;

    public static MarkedText Plain(string text) => new(text, []);

    /// <summary>The whole text in pieces, in order.</summary>
    public IEnumerable<TextPiece> Pieces
    {
        get
        {
            var done = 0;
            foreach (var (start, end) in Marks)
            {
                if (start > done)
                    yield return new TextPiece(Text[done..start], false);
                yield return new TextPiece(Text[start..end], true);
                done = end;
            }

            if (done < Text.Length)
                yield return new TextPiece(Text[done..], false);
        }
    }

    /// <summary>The part of a long text around the first that is marked, or its beginning.</summary>
    public MarkedText Snippet()
    {
        if (Text.Length <= SnippetLength)
            return this;
        var first = Marks is [var mark, ..] ? mark.Start : 0;
        var start = first <= BeforeTheFirst ? 0 : AfterSpace(first - BeforeTheFirst, first);
        var end = start + SnippetLength;
        if (end >= Text.Length)
        {
            end = Text.Length;
        }
        else
        {
            var space = Text.LastIndexOf(' ', end, end - start);
            end = space > start ? space : WholeRunes(end);
        }

        var cut = Text[start..end];
        var (before, after) = (start == 0 ? "" : "…", end == Text.Length ? "" : "…");
        if (after.Length > 0)
            cut = cut.TrimEnd(' ', ',', ';', '.');
        var shift = before.Length - start;
        var within = start + cut.Length;
        return new MarkedText($"{before}{cut}{after}", [.. Marks.Where(one => one.Start >= start && one.End <= within).Select(one => (one.Start + shift, one.End + shift))]);
    }

    /// <summary>The beginning of a text.</summary>
    public static string Beginning(string text) => Plain(text).Snippet().Text;

    private int AfterSpace(int from, int before)
    {
        var space = Text.IndexOf(' ', from, before - from);
        return space < 0 ? WholeRunes(from) : space + 1;
    }

    private int WholeRunes(int at) => at > 0 && at < Text.Length && char.IsLowSurrogate(Text[at]) ? at - 1 : at;
}
