using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Core.Archive.Search;

/// <summary>"Did you mean": for each word that nothing has, the commonest one that is a slip or two away from it.</summary>
internal static class SearchSuggestion
{
    /// <summary>Shorter ones are as near to each other as to what was meant.</summary>
    private const int ShortestMended = 4;

    /// <summary>From here on two slips are likelier than another word.</summary>
    private const int TwoSlips = 8;

    /// <returns>The query with those words mended; null when none is, or nothing would be found with them either.</returns>
    public static async Task<string?> ForAsync(OpenIndex open, SearchQuery query, CancellationToken cancellationToken)
    {
        var words = query.All.SelectMany(terms => terms).SelectMany(term => term.Words).Distinct().ToList();
        var vocabulary = await open.VocabularyAsync(cancellationToken);
        var mended = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
            // An abbreviation of the field is none, though nothing has it.
            if (word.Length >= ShortestMended && !vocabulary.ContainsKey(word) && !open.Catalogue.Synonyms.Has(word) && Nearest(word, vocabulary) is { } nearest)
                mended[word] = nearest;
        if (mended.Count == 0)
            return null;
        var terms = query.All.Select(some => string.Join(" OR ", some.Select(term => Write(term, mended)))).ToList();
        return await WithResultsAsync(open, terms, cancellationToken)
            // Or without what neither occurs nor is like anything.
            ?? await WithResultsAsync(open, [.. terms.Where((_, at) => query.All[at].All(term => term.Words.All(word => mended.ContainsKey(word) || vocabulary.ContainsKey(word))))], cancellationToken);
    }

    private static async Task<string?> WithResultsAsync(OpenIndex open, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        var text = string.Join(' ', terms);
        return SearchQuery.Parse(text).Wanted is { } wanted && await SearchIndexFile.AnyAsync(open.Connection, wanted, cancellationToken) ? text : null;
    }

    private static string Write(SearchTerm term, Dictionary<string, string> mended)
    {
        var text = string.Join(' ', term.Words.Select(word => mended.GetValueOrDefault(word, word).TrimEnd(SearchWords.Keeping)));
        return term.IsPhrase ? $"\"{text}\"" : term.IsPrefix ? $"{text}*" : text;
    }

    private static string? Nearest(string word, IReadOnlyDictionary<string, int> vocabulary)
    {
        for (var slips = 1; slips <= (word.Length >= TwoSlips ? 2 : 1); slips++)
        {
            var near = vocabulary.Where(known => EditDistance.IsWithin(word, known.Key, slips)).OrderByDescending(known => known.Value).ThenBy(known => known.Key, StringComparer.Ordinal);
            if (near.Select(known => known.Key).FirstOrDefault() is { } nearest)
                return nearest;
        }

        return null;
    }
}
