namespace CordisPulse.Core.Archive.Search;

/// <summary>Words of the field that stand for each other, such as CSE and child sexual exploitation.</summary>
public sealed class SearchSynonyms
{
    /// <summary>The page of the site that staff keep them on, and that readers can read.</summary>
    public const string Page = "search-words";

    private readonly Dictionary<string, IReadOnlyList<SearchTerm>> _groups = new(StringComparer.Ordinal);
    private readonly int _longest;

    private SearchSynonyms(IEnumerable<IReadOnlyList<SearchTerm>> groups)
    {
        foreach (var group in groups)
            foreach (var term in group)
                _groups[KeyOf(term.Words)] = _groups.TryGetValue(KeyOf(term.Words), out var known) ? [.. known.Union(group)] : group;
        _longest = _groups.Keys.Select(key => key.Count(c => c == ' ') + 1).DefaultIfEmpty(0).Max();
    }

    public static SearchSynonyms None { get; } = new([]);

    /// <param name="text">A line for each group, with <c>=</c> between those that mean the same: <c>DoLS = deprivation of liberty safeguards</c>.</param>
    public static SearchSynonyms Read(string text)
        => new(text.Split('\n').Select(Group).Where(group => group.Count > 1));

    /// <summary>What is typed finds what it stands for, too; what several words stand for together only where they are typed one after the other.</summary>
    internal IReadOnlyList<IReadOnlyList<SearchTerm>> Widen(IReadOnlyList<IReadOnlyList<SearchTerm>> all)
    {
        if (_groups.Count == 0)
            return all;
        var widened = new List<IReadOnlyList<SearchTerm>>();
        for (var at = 0; at < all.Count; at++)
        {
            if (Several(all, at) is var (group, length))
            {
                var words = all.Skip(at).Take(length).SelectMany(terms => terms[0].Words).ToList();
                widened.Add([new SearchTerm(words, false, false) { IsApart = true }, .. group]);
                at += length - 1;
                continue;
            }

            widened.Add([.. all[at].SelectMany(term => !term.IsPrefix && _groups.TryGetValue(KeyOf(term.Words), out var same) ? same.Prepend(term) : [term]).Distinct()]);
        }

        return widened;
    }

    private (IReadOnlyList<SearchTerm> Group, int Length)? Several(IReadOnlyList<IReadOnlyList<SearchTerm>> all, int at)
    {
        for (var length = Math.Min(_longest, all.Count - at); length > 1; length--)
        {
            var terms = Enumerable.Range(at, length).Select(i => all[i]).ToList();
            if (terms.TrueForAll(term => term is [{ IsPhrase: false, IsPrefix: false }])
                && _groups.TryGetValue(KeyOf(terms.SelectMany(term => term[0].Words)), out var group))
                return (group, length);
        }

        return null;
    }

    /// <summary>Whether the list has the word by itself, so that it is no slip.</summary>
    internal bool Has(string word) => _groups.ContainsKey(KeyOf([word]));

    /// <summary>Lines of the list that name no two things, and so mean nothing.</summary>
    public static IReadOnlyList<string> NotUnderstood(string text)
        => [.. text.Split('\n').Select(line => line.Trim()).Where(line => (line.StartsWith("- ", StringComparison.Ordinal) || line.Contains('=', StringComparison.Ordinal)) && Group(line).Count < 2)];

    /// <summary>The same for one and for several of a thing, and with or without the small words that a query drops.</summary>
    private static string KeyOf(IEnumerable<string> words)
    {
        var all = words.ToList();
        var telling = all.Where(word => !SearchQuery.Common.Contains(word)).ToList();
        return string.Join(' ', (telling.Count > 0 ? telling : all).Select(word => word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word));
    }

    private static List<SearchTerm> Group(string line) =>
    [
        .. line.Split('=')
            .Select(part => SearchWords.Split(SearchWords.Of(part)).ToList())
            .Where(words => words.Count > 0)
            .Select(words => new SearchTerm(words, words.Count > 1, false))
            .Distinct(),
    ];
}
