namespace CordisPulse.Core.Editions.Checks;

/// <summary>Words of a text as a message names them: up to three in quotation marks, and how many more there are.</summary>
internal static class QuotedWords
{
    private const int MostNamed = 3;

    public static string Of(IReadOnlyCollection<string> words)
    {
        var named = words.Take(MostNamed).Select(one => $"“{one}”").ToList();
        if (words.Count > MostNamed)
            named.Add($"{words.Count - MostNamed} more");
        return named.Count == 1 ? named[0] : $"{string.Join(", ", named[..^1])} and {named[^1]}";
    }
}
