namespace CordisPulse.Core.Archive;

/// <summary>A stretch of a text, and whether it is what was searched for.</summary>
public sealed record TextPiece(string Text, bool IsFound);

/// <summary>The words of a query: what they are, and where they stand in a text.</summary>
public sealed class FoundWords
{
    public const int MostWords = 20;

    /// <summary>No word of any language is longer, and a database's pattern must end somewhere.</summary>
    private const int LongestWord = 80;

    private const int SnippetLength = 260;
    private const int BeforeTheFirst = 70;

    private FoundWords(IReadOnlyList<string> words, bool isCut) => (Words, IsCut) = (words, isCut);

    public static FoundWords None { get; } = new([], false);

    /// <summary>Folded as by <see cref="SearchText.Fold"/>, each once.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>True when the query was longer than what is searched for.</summary>
    public bool IsCut { get; }

    public static FoundWords Of(string? query)
    {
        // Signs at a word's ends are how people quote; inside a word (covid-19, c++) they belong to it.
        var all = SearchText.Fold(query ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('"', '\'', ',', ';', '(', ')', '[', ']') is { Length: > 0 } bare ? bare : word)
            .Distinct()
            .ToList();
        var words = all.Take(MostWords).Select(Shorten).ToList();
        return new FoundWords(words, all.Count > MostWords || all.Any(word => word.Length > LongestWord));
    }

    /// <summary>The whole text in pieces, in order.</summary>
    public IReadOnlyList<TextPiece> Mark(string text)
    {
        var found = Find(text);
        var pieces = new List<TextPiece>();
        var done = 0;
        foreach (var (start, end) in found)
        {
            if (start > done)
                pieces.Add(new TextPiece(text[done..start], false));
            pieces.Add(new TextPiece(text[start..end], true));
            done = end;
        }

        if (done < text.Length)
            pieces.Add(new TextPiece(text[done..], false));
        return pieces;
    }

    /// <summary>The part of a long text around the first word found, or its beginning.</summary>
    public string Snippet(string text)
    {
        if (text.Length <= SnippetLength)
            return text;
        var first = Find(text) is [var hit, ..] ? hit.Start : 0;
        var start = first <= BeforeTheFirst ? 0 : AfterSpace(text, first - BeforeTheFirst, first);
        var end = start + SnippetLength;
        if (end >= text.Length)
            return Begin(start) + text[start..];
        var space = text.LastIndexOf(' ', end, end - start);
        end = space > start ? space : WholeRunes(text, end);
        return $"{Begin(start)}{text[start..end].TrimEnd(' ', ',', ';', '.')}…";
    }

    private static string Begin(int start) => start == 0 ? "" : "…";

    private static int AfterSpace(string text, int from, int before)
    {
        var space = text.IndexOf(' ', from, before - from);
        return space < 0 ? WholeRunes(text, from) : space + 1;
    }

    private static int WholeRunes(string text, int at) => at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static string Shorten(string word)
        => word.Length <= LongestWord ? word : word[..WholeRunes(word, LongestWord)];

    /// <summary>Stretches of the text in order, none touching the next.</summary>
    private List<(int Start, int End)> Find(string text)
    {
        var (folded, positions) = SearchText.FoldWithPositions(text);
        var hits = new List<(int Start, int End)>();
        foreach (var word in Words)
            for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(word, at + word.Length, StringComparison.Ordinal))
                hits.Add((positions[at], at + word.Length < positions.Count ? positions[at + word.Length] : text.Length));

        var merged = new List<(int Start, int End)>();
        foreach (var (start, end) in hits.Order())
        {
            if (merged.Count > 0 && start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, Math.Max(end, merged[^1].End));
            else if (end > start)
                merged.Add((start, end));
        }

        return merged;
    }
}
