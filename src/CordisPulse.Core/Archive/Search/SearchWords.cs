using System.Text;

namespace CordisPulse.Core.Archive.Search;

/// <summary>
/// A text as the index holds it, and a query as it is looked up there: folded (<see cref="SearchText"/>), "children's" as one word,
/// "COVID19", "Covid-19" and "covid 19" as the same two, "1,000" as one number.
/// </summary>
internal static class SearchWords
{
    /// <summary>A letter that keeps the index from taking a word apart. Nobody types it, and it is not shown.</summary>
    public const char Keeping = 'ʹ';

    private const int LongestCommon = 6;

    public static string Of(string text) => WithPositions(text).Words;

    /// <summary>As the index is to hold a text: after its words, what stands there with a hyphen as one word, since it is typed so too.</summary>
    public static string WithCompounds(string text)
    {
        var words = Of(text);
        StringBuilder? all = null;
        for (var hyphen = words.IndexOf('-', StringComparison.Ordinal); hyphen >= 0; hyphen = words.IndexOf('-', hyphen + 1))
        {
            var (from, to) = (hyphen, hyphen);
            while (from > 0 && (char.IsLetter(words[from - 1]) || words[from - 1] == '-'))
                from--;
            while (to < words.Length && (char.IsLetter(words[to]) || words[to] == '-'))
                to++;
            if (words[from] == '-' || words[to - 1] == '-')
                continue;
            (all ??= new StringBuilder(words)).Append(' ').Append(words[from..to].Replace("-", "", StringComparison.Ordinal));
            hyphen = to - 1;
        }

        return all?.ToString() ?? words;
    }

    /// <summary>The words, and for each character where in <paramref name="text"/> it came from.</summary>
    public static (string Words, List<int> Positions) WithPositions(string text)
    {
        var (folded, from) = SearchText.FoldWithPositions(text);
        var words = new StringBuilder(folded.Length + 8);
        var positions = new List<int>(folded.Length + 8);
        for (var i = 0; i < folded.Length; i++)
        {
            var (c, before, after) = (folded[i], i > 0 ? folded[i - 1] : ' ', i + 1 < folded.Length ? folded[i + 1] : ' ');
            if (c == '\'' && char.IsLetter(before) && char.IsLetter(after))
                continue;
            if (c == ',' && char.IsAsciiDigit(before) && char.IsAsciiDigit(after))
                continue;
            if ((char.IsLetter(c) && char.IsAsciiDigit(before)) || (char.IsAsciiDigit(c) && char.IsLetter(before)))
                Append(' ', from[i]);
            Append(c, from[i]);
            // The index takes the s off, and would find every "on" for the ONS.
            if (c == 's' && !char.IsLetterOrDigit(after) && IsCommonBeforeS())
                Append(Keeping, from[i]);
        }

        return (words.ToString(), positions);

        bool IsCommonBeforeS()
        {
            var start = words.Length - 1;
            while (start > 0 && char.IsLetterOrDigit(words[start - 1]))
                start--;
            // Most words are longer than any of those, and need not be looked up.
            if (words.Length - start is < 3 or > LongestCommon + 1)
                return false;
            var word = words.ToString(start, words.Length - start);
            return !SearchQuery.Common.Contains(word) && SearchQuery.Common.Contains(word[..^1]);
        }

        void Append(char c, int position)
        {
            words.Append(c);
            positions.Add(position);
        }
    }

    /// <summary>Each word of a text in this form, as the index parts them: letters and digits, and nothing else.</summary>
    public static IEnumerable<string> Split(string words) => Stretches(words).Select(stretch => words[stretch]);

    /// <summary>Where each of those words stands.</summary>
    public static IEnumerable<Range> Stretches(string words)
    {
        var (start, at) = (-1, 0);
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (start < 0)
                    start = at;
            }
            else if (start >= 0)
            {
                yield return start..at;
                start = -1;
            }

            at += rune.Utf16SequenceLength;
        }

        if (start >= 0)
            yield return start..words.Length;
    }
}
