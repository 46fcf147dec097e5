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

    public static string[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, Vocabulary).Select(i => i < Frequent.Length ? Frequent[i] : Word(random)).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(4, 16)).Select(_ => words[Rank(random)])))];
    }

    /// <summary>The same report as somebody else writes it: a subtitle, a year, a slip.</summary>
    public static string Vary(string title, int seed) => (seed % 3) switch
    {
        0 => $"{title}: a summary",
        1 => $"{title} 2022",
        _ => title.Remove(title.Length / 2, 1),
    };

    private static int Rank(Random random) => (int)Math.Min(Vocabulary - 1, Math.Exp(random.NextDouble() * Math.Log(Vocabulary)) - 1);

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => $"{"bcdfghlmnprstv"[random.Next(14)]}{"aeiou"[random.Next(5)]}"));
}
