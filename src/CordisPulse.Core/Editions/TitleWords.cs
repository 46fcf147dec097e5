namespace CordisPulse.Core.Editions;

/// <summary>The words of a title, for telling whether two titles name the same report.</summary>
public sealed class TitleWords
{
    /// <summary>Share of words in common from which two titles are nearly the same.</summary>
    private const double NearlySame = 0.8;

    /// <summary>Titles of fewer words say too little to be compared otherwise than as a whole.</summary>
    private const int FewWords = 4;

    private static readonly HashSet<string> Common = ["a", "an", "and", "the", "of", "in", "on", "for", "to", "from", "with", "by", "at"];

    private readonly HashSet<string> _words;

    private TitleWords(HashSet<string> words) => _words = words;

    public static TitleWords Of(string title)
        => new([.. Slug.Words(title).Where(word => !Common.Contains(word))]);

    public int Count => _words.Count;

    public bool IsNearly(TitleWords other)
    {
        if (Count == 0 || other.Count == 0)
            return false;
        if (Math.Min(Count, other.Count) < FewWords)
            return _words.SetEquals(other._words);
        var common = CountShared(other);
        return common >= NearlySame * (Count + other.Count - common);
    }

    public int CountShared(TitleWords other) => _words.Count(other._words.Contains);
}
