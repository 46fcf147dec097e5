namespace CordisPulse.Core.Import;

/// <summary>
/// A line right below an item's title that holds nothing but names of people, as a mail has it that sets source, title and authors each
/// in a line of its own.
/// </summary>
internal static class Byline
{
    private const int Longest = 2000;

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "de", "da", "di", "do", "dos", "du", "del", "della", "der", "den", "van", "von", "ter", "ten", "la", "le", "al", "el", "bin", "ibn", "y", "zu",
    };

    /// <summary>The authors; null when the first passage is something else.</summary>
    /// <param name="body">What stands below the title.</param>
    /// <param name="common">What the text writes in lower case: "Key Findings" has the form of a name.</param>
    public static IReadOnlyList<string>? Read(IReadOnlyList<Passage> body, CommonWords? common)
    {
        if (body is not [{ Kind: PassageKind.Text, Emphasis: Emphasis.None, Text.Length: <= Longest } line, ..] || (body.Count > 1 && !body[1].OpensParagraph)
            || HeadingText.Parse(line.Text) is not { Links.Count: 0, Plain: var plain })
            return null;
        var authors = Names(plain);
        if (authors.Length == 0 || !authors.All(IsPerson) || authors.Any(name => common?.HoldEachWordOf(name) == true))
            return null;
        // One name above a list may well say what is listed.
        return authors.Length == 1 && body is [_, { Kind: PassageKind.List }, ..] ? null : authors;
    }

    private static string[] Names(string line)
        => line.Split(line.Contains(';', StringComparison.Ordinal) ? [";"] : [", ", " and ", " & "], StringSplitOptions.TrimEntries);

    /// <summary>Names may be written last name first: "Whitty, Chris".</summary>
    private static bool IsPerson(string name)
    {
        var words = name.Replace(",", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var own = string.Join(' ', words.Where((word, i) => i == 0 || i == words.Length - 1 || !Particles.Contains(word)));
        return words.Length <= 8 && Wording.IsPersonLike(own) && !Wording.NamesABody(own) && !words.Any(Wording.NamesAPublication) && !Wording.NamesAPiece(words[0]);
    }
}
