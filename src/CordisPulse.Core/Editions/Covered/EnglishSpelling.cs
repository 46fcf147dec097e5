namespace CordisPulse.Core.Editions.Covered;

/// <summary>
/// One form of a word for its British and its American spelling. It is for comparing alone: "detour" becomes "detor", which does no harm
/// where both sides have become so.
/// </summary>
internal static class EnglishSpelling
{
    private const int ShortestRuled = 5;

    /// <summary>What no rule tells.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["programme"] = "program",
        ["programmes"] = "programs",
        ["ageing"] = "aging",
        ["grey"] = "gray",
        ["maths"] = "math",
        ["mum"] = "mom",
        ["mums"] = "moms",
        ["jewellery"] = "jewelry",
        ["sceptic"] = "skeptic",
        ["manoeuvre"] = "maneuver",
        ["enrolment"] = "enrollment",
        ["judgement"] = "judgment",
    };

    /// <param name="word">In lower case.</param>
    public static string Fold(string word)
    {
        if (Others.TryGetValue(word, out var other))
            return other;
        if (word.Length < ShortestRuled)
            return word;
        // organize, analyze, organization
        if (word.Contains('z', StringComparison.Ordinal))
            word = word.Replace("iz", "is", StringComparison.Ordinal).Replace("yz", "ys", StringComparison.Ordinal);
        // paediatric, foetus
        if (word.Contains("ae", StringComparison.Ordinal) || word.Contains("oe", StringComparison.Ordinal))
            word = word.Replace("ae", "e", StringComparison.Ordinal).Replace("oe", "e", StringComparison.Ordinal);
        return WithoutU(Ending(word));
    }

    /// <summary>Centre and fibre, catalogue, defence.</summary>
    private static string Ending(string word)
    {
        var plural = word.EndsWith('s') ? "s" : "";
        var stem = word.AsSpan(0, word.Length - plural.Length);
        if (stem.EndsWith("tre") || stem.EndsWith("bre"))
            return $"{stem[..^2]}er{plural}";
        if (stem.EndsWith("logue"))
            return $"{stem[..^2]}{plural}";
        return stem.EndsWith("fence") || stem.EndsWith("tence") || stem.EndsWith("cence") ? $"{stem[..^2]}se{plural}" : word;
    }

    /// <summary>Behaviour and neighbourhood; neither court, course and mourning nor words as short as hour.</summary>
    private static string WithoutU(string word)
    {
        var at = word.IndexOf("our", StringComparison.Ordinal);
        var after = at < 0 ? "" : word[(at + 3)..];
        return at >= 2 && after is not (['n' or 'c' or 't', ..] or ['s', 'e', ..]) ? $"{word[..(at + 1)]}{word[(at + 2)..]}" : word;
    }
}
