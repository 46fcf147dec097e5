using CordisPulse.Core.Archive;

namespace CordisPulse.Core.Editions.Covered;

/// <summary>What stands before the subtitle, which others leave out.</summary>
/// <param name="Length">Telling words; 0 where there is nothing to compare.</param>
/// <param name="HasSubtitle">Anything telling stands behind them.</param>
/// <param name="HasSubtitleOfItsOwn">That says more than what kind of paper it is.</param>
internal readonly record struct MainTitle(int Length, bool HasSubtitle, bool HasSubtitleOfItsOwn)
{
    /// <summary>Words, and a year that both name, that a main title must have to say which report it is.</summary>
    private const int FewestWords = 3;

    /// <summary>A subtitle of these alone tells no more than the title without it.</summary>
    private static readonly HashSet<string> Kinds =
        ["summary", "report", "review", "briefing", "paper", "full", "executive", "key", "main", "findings", "study", "practitioners", "commissioners"];

    /// <summary>What reports of any publisher in the field are headed with; a main title needs a word besides.</summary>
    private static readonly HashSet<string> Everyday =
    [
        .. Kinds, "annual", "final", "interim", "reports", "reviews", "state", "nation", "national", "strategy", "statistics", "bulletin", "guidance", "guide", "update", "plan", "policy", "quarterly", "monthly",
        "year", "world", "overview", "evaluation", "research", "inquiry", "data", "survey", "evidence", "toolkit", "program", "series", "accounts", "adult", "adults", "children", "child",
        "young", "people", "families", "social", "care", "health", "mental", "youth", "justice", "criminal", "services", "service", "support", "community", "england", "wales", "scotland", "uk",
    ];

    public static MainTitle Of(string[] words, int length)
        => length == 0 ? default : new(length, length < words.Length, words.Skip(length).Any(word => !Kinds.Contains(word)));

    /// <summary>The folded title, and where its subtitle begins: behind a colon, a dash or an upright stroke. Its length where it has none.</summary>
    public static string FoldWithEnd(string title, out int end)
    {
        // Folding makes hyphens of dashes; this one parts also without blanks.
        var folded = SearchText.Fold(title.Replace("—", " - ", StringComparison.Ordinal));
        end = folded.Length;
        foreach (var mark in (string[])[":", " - ", "|"])
            if (folded.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at && at < end && !IsBetweenDigits(folded, at))
                end = at;
        return folded;
    }

    /// <summary>Whether a main title of these words says which report it is: many an "Annual report" and "State of the nation" is about.</summary>
    public static bool Tells(ReadOnlySpan<string> words, bool isOfSameYear)
    {
        if (words.Length + (isOfSameYear ? 1 : 0) < FewestWords)
            return false;
        foreach (var word in words)
            if (!Everyday.Contains(word))
                return true;
        return false;
    }

    /// <summary>As in 1:1 and 24:7.</summary>
    private static bool IsBetweenDigits(string text, int at)
        => at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);
}
