using CordisPulse.Core.Archive;

namespace CordisPulse.Core.Editions.Covered;

/// <summary>The words that a title is recognised by, whatever their order, case, accents and spelling; years apart.</summary>
internal sealed class TitleTerms
{
    private static readonly HashSet<string> Common = ["a", "an", "and", "the", "of", "in", "on", "for", "to", "from", "with", "by", "at", "is", "are", "s"];

    private TitleTerms(string[] words, string[] years) => (Words, Years, Letters) = (words, years, string.Concat(words));

    /// <summary>Each once, in the order of the title.</summary>
    public string[] Words { get; }

    /// <summary>The words without what parts them.</summary>
    public string Letters { get; }

    /// <summary>Four digits that begin with 19 or 20.</summary>
    public string[] Years { get; }

    public static TitleTerms Of(string title)
    {
        var words = new List<string>();
        var years = new List<string>();
        foreach (var word in Split(SearchText.Fold(title)))
            (IsYear(word) ? years : words).Add(word);
        var telling = words.Where(word => !Common.Contains(word)).Distinct().ToArray();
        return new TitleTerms(telling.Length > 0 ? telling : [.. words.Distinct()], [.. years.Distinct()]);
    }

    /// <summary>Three letters in a row of each word, its ends marked, so that one wrong letter leaves most of them.</summary>
    public IEnumerable<long> Trigrams()
    {
        foreach (var word in Words)
        {
            var (a, b) = ('\0', '\0');
            foreach (var c in word)
            {
                (var first, a, b) = (a, b, c);
                if (a != '\0')
                    yield return Pack(first, a, b);
            }

            yield return Pack(a, b, '\0');
        }
    }

    private static long Pack(char a, char b, char c) => ((long)a << 32) | ((long)b << 16) | c;

    private static bool IsYear(string word) => word is ['1', '9', _, _] or ['2', '0', _, _] && word.All(char.IsAsciiDigit);

    private static IEnumerable<string> Split(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var isPart = i < folded.Length && char.IsLetterOrDigit(folded[i]);
            if (isPart && start < 0)
                start = i;
            else if (!isPart && start >= 0)
            {
                yield return folded[start..i];
                start = -1;
            }
        }
    }
}
