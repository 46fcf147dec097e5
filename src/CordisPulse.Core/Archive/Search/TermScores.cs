using System.Collections.Concurrent;
using CordisPulse.Core.Data;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Core.Archive.Search;

/// <summary>Entries that something was found in, by where they stand among all, and how well each answers: the lower, the better.</summary>
/// <param name="Places">Ascending, as many as <paramref name="Scores"/>.</param>
internal sealed record ScoredPlaces(int[] Places, float[] Scores)
{
    public static ScoredPlaces None { get; } = new([], []);

    public int Count => Places.Length;
}

/// <summary>
/// What the index finds for single terms, kept for as long as it is as it is. The scores of BM25 add up term by term, so that a search for
/// several is put together of these; asking the index for a word that half of all texts have would take it a tenth of a second each time.
/// </summary>
internal sealed class TermScores
{
    /// <summary>Eight bytes each. When there is no more room, what was found first stays: the commonest words (<see cref="WarmAsync"/>).</summary>
    private const int MostKept = 6_000_000;

    /// <summary>What takes less than a millisecond to be found again is not kept.</summary>
    private const int LeastKept = 100;

    private const int LeastOccurrences = 400;
    private const int MostWarmed = 1500;

    private readonly ConcurrentDictionary<string, ScoredPlaces> _kept = new(StringComparer.Ordinal);
    private int _count;

    /// <param name="connection">Of the index.</param>
    /// <param name="term">An expression that the index reads.</param>
    /// <param name="placeOf">Where an entry stands among all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ScoredPlaces> FindAsync(SqliteConnection connection, string term, Func<long, int> placeOf, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(term, out var kept))
            return kept;
        var (places, scores) = (new List<int>(), new List<float>());
        await SearchIndexFile.MatchAsync(connection, term, (id, score) =>
        {
            places.Add(placeOf(id));
            scores.Add((float)score);
        }, cancellationToken);
        var found = new ScoredPlaces([.. places], [.. scores]);
        Array.Sort(found.Places, found.Scores);
        if (found.Count >= LeastKept && Volatile.Read(ref _count) + found.Count <= MostKept && _kept.TryAdd(term, found))
            Interlocked.Add(ref _count, found.Count);
        return found;
    }

    /// <summary>Finds the commonest words before anybody asks for them.</summary>
    public async Task WarmAsync(SqliteConnection connection, IReadOnlyDictionary<string, int> vocabulary, Func<long, int> placeOf, CancellationToken cancellationToken)
    {
        foreach (var word in vocabulary.Where(word => word.Value >= LeastOccurrences).OrderByDescending(word => word.Value).Take(MostWarmed).Select(word => word.Key))
            await FindAsync(connection, $"\"{word}\"", placeOf, cancellationToken);
    }
}
