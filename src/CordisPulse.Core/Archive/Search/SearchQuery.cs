using System.Text;

namespace CordisPulse.Core.Archive.Search;

/// <summary>
/// What somebody typed, read as a query: words of which all must occur, "a phrase", <c>-without</c> or <c>NOT without</c>, <c>one OR other</c>, <c>begin*</c>.
/// Any text is one: what makes no sense as an operator is a word, or nothing.
/// </summary>
public sealed record SearchQuery
{
    public const int MostWords = 20;

    /// <summary>Of the commonest words that begin alike.</summary>
    private const int MostBeginnings = 40;

    /// <summary>No word of any language is longer.</summary>
    private const int LongestWord = 80;

    /// <summary>So common that they tell nothing, unless they are all there is or stand in a phrase.</summary>
    internal static readonly HashSet<string> Common =
    [
        "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into",
        "is", "it", "its", "many", "me", "more", "most", "much", "my", "of", "on", "or", "our", "said", "say", "should", "so", "some", "such", "than", "that", "the", "their", "them", "there",
        "these", "they", "this", "those", "to", "us", "was", "we", "were", "what", "when", "where", "which", "who", "whose", "why", "will", "with", "would", "you", "your",
    ];

    public static SearchQuery Nothing { get; } = new();

    /// <summary>All of these must occur: of each one of several.</summary>
    internal IReadOnlyList<IReadOnlyList<SearchTerm>> All { get; private init; } = [];

    /// <summary>None of these may.</summary>
    internal IReadOnlyList<SearchTerm> Without { get; private init; } = [];

    /// <summary>True when the text was longer than what is looked for.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Nothing is asked for by words.</summary>
    public bool IsEmpty => All.Count == 0 && Without.Count == 0;

    /// <summary>Something is asked for that has no word in it, so that nothing can be found by it.</summary>
    public bool IsWordless { get; private init; }

    /// <summary>Whether the beginning of a word is asked for.</summary>
    internal bool HasPrefix => All.SelectMany(terms => terms).Concat(Without).Any(term => term.IsPrefix);

    /// <summary>With the words that begin so: the index knows words by their stems, which may be shorter than what is asked for.</summary>
    internal SearchQuery Begun(IReadOnlyDictionary<string, int> vocabulary)
    {
        return this with { All = [.. All.Select(terms => terms.Select(Begun).ToList())], Without = [.. Without.Select(Begun)] };

        SearchTerm Begun(SearchTerm term) => !term.IsPrefix ? term : term with
        {
            Beginnings =
            [
                .. vocabulary.Where(word => term.Words is [var begin] && word.Key.StartsWith(begin, StringComparison.Ordinal))
                    .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MostBeginnings).Select(word => word.Key),
            ],
        };
    }

    /// <summary>Nothing but words, as most people search.</summary>
    internal bool IsPlain => Without.Count == 0 && All.All(terms => terms is [{ IsPhrase: false, IsPrefix: false }]);

    public static SearchQuery Parse(string? text)
    {
        var all = new List<List<SearchTerm>>();
        var without = new List<SearchTerm>();
        var (isOr, isNot, isCut, count) = (false, false, false, 0);
        foreach (var part in Parts(Straight(text ?? "")))
        {
            if (part is { IsPhrase: false, IsWithout: false, Text: "OR" } && all.Count > 0)
            {
                isOr = true;
                continue;
            }

            if (part is { IsPhrase: false, IsWithout: false, Text: "AND" } && all.Count > 0)
                continue;
            if (part is { IsPhrase: false, IsWithout: false, Text: "NOT" } && all.Count > 0)
            {
                isNot = true;
                continue;
            }

            if (Term(part) is not { } term)
                continue;
            count += term.Words.Count;
            if (count > MostWords || term.Words.Any(word => word.Length > LongestWord))
            {
                isCut = true;
                break;
            }

            if (part.IsWithout || isNot)
                without.Add(term);
            else if (isOr)
                all[^1].Add(term);
            else
                all.Add([term]);
            (isOr, isNot) = (false, false);
        }

        var telling = all.Where(terms => !(terms is [{ IsPhrase: false, IsPrefix: false, Words: [var word] }] && Common.Contains(word))).ToList();
        return new SearchQuery { All = telling.Count > 0 ? telling : all, Without = without, IsCut = isCut, IsWordless = all.Count == 0 && without.Count == 0 && !string.IsNullOrWhiteSpace(text) };
    }

    /// <summary>With what the words of each synonym stand for as well.</summary>
    internal SearchQuery Widened(SearchSynonyms synonyms) => this with { All = synonyms.Widen(All) };

    /// <summary>
    /// As an expression of the index (SQLite, FTS5 full-text query syntax), every word in quotes; null when nothing must occur, so that
    /// only <see cref="Unwanted"/> tells.
    /// </summary>
    internal string? Wanted
    {
        get
        {
            if (All.Count == 0)
                return null;
            var wanted = string.Join(" AND ", All.Select(terms => terms.Count == 1 ? terms[0].ToString() : $"({string.Join(" OR ", terms)})"));
            return Unwanted is { } unwanted ? $"({wanted}) NOT ({unwanted})" : wanted;
        }
    }

    internal string? Unwanted => Without.Count == 0 ? null : string.Join(" OR ", Without);

    private static SearchTerm? Term(Part part)
    {
        var words = SearchWords.Split(SearchWords.Of(part.Text)).ToList();
        if (words.Count == 0)
            return null;
        var isPrefix = !part.IsPhrase && part.Text.EndsWith('*');
        // "co-production" is also written as one word.
        var joined = !part.IsPhrase && !isPrefix && words.Count > 1 && part.Text.Contains('-', StringComparison.Ordinal) ? string.Concat(words) : null;
        return new SearchTerm(words, part.IsPhrase, isPrefix) { Joined = joined };
    }

    private static IEnumerable<Part> Parts(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]) || char.IsControl(text[at]))
            {
                at++;
                continue;
            }

            var isWithout = text[at] == '-' && at + 1 < text.Length && (char.IsLetterOrDigit(text[at + 1]) || text[at + 1] == '"');
            if (isWithout)
                at++;
            if (text[at] == '"' && text.IndexOf('"', at + 1) is var end && end > at)
            {
                yield return new Part(text[(at + 1)..end], true, isWithout);
                at = end + 1;
                continue;
            }

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && !char.IsControl(text[at]) && (text[at] != '"' || at == start))
                at++;
            yield return new Part(text[start..at], false, isWithout);
        }
    }

    /// <summary>With the signs of a keyboard in place of those that programs make of them.</summary>
    private static string Straight(string text)
    {
        var straight = new StringBuilder(text.Length);
        foreach (var c in text)
            straight.Append(c switch { '“' or '”' or '„' or '«' or '»' => '"', '‐' or '‑' or '–' or '—' or '−' => '-', _ => c });
        return straight.ToString();
    }

    private readonly record struct Part(string Text, bool IsPhrase, bool IsWithout);
}

/// <summary>One word, several that must stand next to each other, or the beginning of one.</summary>
internal sealed record SearchTerm(IReadOnlyList<string> Words, bool IsPhrase, bool IsPrefix)
{
    /// <summary>The same written as one word; null where it is one.</summary>
    public string? Joined { get; init; }

    /// <summary>Of a beginning, words that begin so.</summary>
    public IReadOnlyList<string> Beginnings { get; init; } = [];

    /// <summary>They may stand anywhere.</summary>
    public bool IsApart { get; init; }

    public string Text => string.Join(' ', Words);

    public bool Equals(SearchTerm? other) => other is not null && (Text, IsPrefix, IsApart) == (other.Text, other.IsPrefix, other.IsApart);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>As the index reads it. A word holds no quotes: it is letters and digits alone.</summary>
    public override string ToString()
    {
        if (IsApart)
            return $"({string.Join(" AND ", Words.Select(word => $"\"{word}\""))})";
        var term = $"\"{Text}\"{(IsPrefix ? " *" : "")}";
        if (Beginnings.Count > 0)
            return $"({term} OR {string.Join(" OR ", Beginnings.Select(word => $"\"{word}\""))})";
        return Joined is null ? term : $"({term} OR \"{Joined}\")";
    }
}
