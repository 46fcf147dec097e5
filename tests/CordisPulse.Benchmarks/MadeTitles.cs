namespace CordisPulse.Benchmarks;

/// <summary>Titles whose words are as frequent as in real ones: few very often, most hardly ever (Zipf's law).</summary>
internal static class MadeTitles
{
    private const int Vocabulary = 30_000;
    private static readonly string[] Frequent =
    [
        "report", "review", "care", "social", "health", "children", "young", "people", "services", "mental", "justice", "evidence", "england", "wales", "outcomes",
        "support", "families", "local", "authority", "prison", "youth", "adult", "community", "evaluation", "guidance", "safeguarding", "experiences", "needs", "housing", "violence",
    ];

    private static readonly (string British, string American)[] Spellings =
        [("programme", "program"), ("behaviour", "behavior"), ("organisation", "organization"), ("centre", "center"), ("neighbourhood", "neighborhood"), ("paediatric", "pediatric"), ("ageing", "aging")];

    /// <summary>A third have a subtitle, some of them a main title of but three words.</summary>
    public static string[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        var words = Words(random);
        return [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? $"{Some(random, words, 3, 7)}: {Some(random, words, 4, 12)}" : Some(random, words, 4, 16))];
    }

    /// <summary>Of the same words, between which stand those that every sentence has.</summary>
    public static string[] MakeSummaries(int count)
    {
        var random = new Random(1);
        var words = Words(random);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(" of the ", Enumerable.Range(0, 10).Select(_ => Some(random, words, 4, 10))))];
    }

    /// <summary>One to three words that stand in one text, as somebody looks for a text that is there.</summary>
    public static IReadOnlyList<string> MakeQueries(int count, string[] titles, string[] summaries)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var at = random.Next(titles.Length);
            var words = $"{titles[at].Replace(":", "", StringComparison.Ordinal)} {summaries[at].Replace(" of the ", " ", StringComparison.Ordinal)}".Split(' ');
            return string.Join(' ', Enumerable.Range(0, (i % 3) + 1).Select(_ => words[random.Next(words.Length)]).Distinct());
        })];
    }

    private static string[] Words(Random random)
    {
        string[] known = [.. Frequent, .. Spellings.Select(pair => pair.British)];
        return [.. Enumerable.Range(0, Vocabulary).Select(i => i < known.Length ? known[i] : Word(random))];
    }

    private static string Some(Random random, string[] words, int least, int end)
        => string.Join(' ', Enumerable.Range(0, random.Next(least, end)).Select(_ => words[Rank(random)]));

    /// <summary>The same report as somebody else writes it, and in what that differs.</summary>
    public static IEnumerable<(string Kind, string Title)> Vary(string title)
    {
        yield return ("a summary", $"{title}: a summary");
        yield return ("a year", $"{title} 2022");
        yield return ("a letter lost", title.Remove(title.Length / 2, 1));
        yield return ("letters swapped", Swapped(title));
        var colon = title.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            yield return ("long subtitle put", $"{title}: what four hundred people in nine places of very different size told us of their lives when asked for the first time");
        else
            yield return ("subtitle left out", title[..colon]);
        if (Spellings.Aggregate(title, (words, pair) => words.Replace(pair.British, pair.American, StringComparison.Ordinal)) is var american && american != title)
            yield return ("American spelling", american);
    }

    /// <summary>Reports that nobody has covered, some headed as those of many others are.</summary>
    public static IEnumerable<(string Kind, string Title)> Unknown(int count)
        => Make(count, seed: 2).SelectMany(IEnumerable<(string Kind, string Title)> (title, i) =>
            [("of another list", title), ("generic main title", $"{(i % 2 == 0 ? "Annual report" : "State of the nation")}: {title}")]);

    private static string Swapped(string title)
    {
        var longest = title.Split(' ').OrderByDescending(word => word.TrimEnd(':').Length).First();
        var at = title.IndexOf(longest, StringComparison.Ordinal) + (longest.Length / 2);
        return $"{title[..(at - 1)]}{title[at]}{title[at - 1]}{title[(at + 1)..]}";
    }

    private static int Rank(Random random) => (int)Math.Min(Vocabulary - 1, Math.Exp(random.NextDouble() * Math.Log(Vocabulary)) - 1);

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => $"{"bcdfghlmnprstv"[random.Next(14)]}{"aeiou"[random.Next(5)]}"));
}
