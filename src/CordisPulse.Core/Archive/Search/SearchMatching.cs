using System.Buffers;

namespace CordisPulse.Core.Archive.Search;

/// <summary>Puts together what was found for single terms.</summary>
internal static class SearchMatching
{
    /// <summary>So many times longer, and looking each up in it takes less than going through both.</summary>
    private const int MuchLonger = 16;

    /// <summary>What has any of them.</summary>
    public static ScoredPlaces Any(IReadOnlyList<ScoredPlaces> some)
    {
        if (some.Count == 0)
            return ScoredPlaces.None;
        var all = some[0];
        foreach (var next in some.Skip(1))
            all = Join(all, next);
        return all;
    }

    /// <summary>What has all of them.</summary>
    public static ScoredPlaces All(IEnumerable<ScoredPlaces> some)
    {
        ScoredPlaces? all = null;
        foreach (var next in some.OrderBy(one => one.Count))
            all = all is null ? next : Intersect(all, next);
        return all ?? ScoredPlaces.None;
    }

    /// <summary>What has as many of them as possible, but not all and not fewer than so many.</summary>
    /// <param name="some">Two or more.</param>
    /// <param name="least">From 1.</param>
    /// <param name="entries">How many places there are.</param>
    /// <param name="takes">Whether a place counts.</param>
    public static ScoredPlaces Most(IReadOnlyList<ScoredPlaces> some, int least, int entries, Func<int, bool> takes)
    {
        var had = ArrayPool<byte>.Shared.Rent(entries);
        try
        {
            Array.Clear(had, 0, entries);
            foreach (var one in some)
                foreach (var place in one.Places)
                    had[place]++;
            var most = 0;
            foreach (var one in some)
                foreach (var place in one.Places)
                    if (had[place] > most && had[place] < some.Count && had[place] >= least && takes(place))
                        most = had[place];
            return most == 0 ? ScoredPlaces.None : Any([.. some.Select(one => Where(one, place => had[place] == most && takes(place)))]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(had);
        }
    }

    /// <summary>What of these is not among those.</summary>
    public static ScoredPlaces Without(ScoredPlaces these, ScoredPlaces those)
        => those.Count == 0 ? these : Where(these, place => Array.BinarySearch(those.Places, place) < 0);

    public static ScoredPlaces Where(ScoredPlaces found, Func<int, bool> takes)
    {
        using var kept = new Collected(found.Count);
        for (var i = 0; i < found.Count; i++)
            if (takes(found.Places[i]))
                kept.Add(found.Places[i], found.Scores[i]);
        return kept.ToScored();
    }

    /// <summary>The best, or of those that answer alike the newest, from one rank on.</summary>
    /// <param name="found">In the order of the places, the newest first.</param>
    /// <param name="skip">How many are better.</param>
    /// <param name="take">How many at most.</param>
    public static List<int> Best(ScoredPlaces found, int skip, int take)
    {
        // The worst of those that are held comes out first.
        var best = new PriorityQueue<int, (float Score, int Place)>(Comparer<(float Score, int Place)>.Create((a, b) => b.CompareTo(a)));
        var most = Math.Min(found.Count, skip + take);
        var worst = float.PositiveInfinity;
        for (var i = 0; i < found.Count; i++)
        {
            if (best.Count < most)
                best.Enqueue(found.Places[i], (found.Scores[i], found.Places[i]));
            // Of two that answer alike the earlier place, which was held before, stays.
            else if (found.Scores[i] < worst)
                best.EnqueueDequeue(found.Places[i], (found.Scores[i], found.Places[i]));
            else
                continue;
            if (best.Count == most)
            {
                best.TryPeek(out _, out var last);
                worst = last.Score;
            }
        }

        var places = new List<int>(most);
        while (best.TryDequeue(out var place, out _))
            places.Add(place);
        places.Reverse();
        return skip >= places.Count ? [] : places.GetRange(skip, places.Count - skip);
    }

    private static ScoredPlaces Join(ScoredPlaces a, ScoredPlaces b)
    {
        using var joined = new Collected(a.Count + b.Count);
        for (int i = 0, j = 0; i < a.Count || j < b.Count;)
        {
            if (j == b.Count || (i < a.Count && a.Places[i] < b.Places[j]))
                joined.Add(a.Places[i], a.Scores[i++]);
            else if (i == a.Count || b.Places[j] < a.Places[i])
                joined.Add(b.Places[j], b.Scores[j++]);
            else
                joined.Add(a.Places[i], a.Scores[i++] + b.Scores[j++]);
        }

        return joined.ToScored();
    }

    /// <param name="few">No more than <paramref name="many"/>.</param>
    private static ScoredPlaces Intersect(ScoredPlaces few, ScoredPlaces many)
    {
        using var both = new Collected(few.Count);
        var looksUp = many.Count / MuchLonger > few.Count;
        for (int i = 0, j = 0; i < few.Count && j < many.Count; i++)
        {
            if (looksUp)
            {
                j = Array.BinarySearch(many.Places, j, many.Count - j, few.Places[i]);
                if (j < 0)
                {
                    j = ~j;
                    continue;
                }
            }
            else
            {
                while (j < many.Count && many.Places[j] < few.Places[i])
                    j++;
                if (j == many.Count || many.Places[j] != few.Places[i])
                    continue;
            }

            both.Add(few.Places[i], few.Scores[i] + many.Scores[j]);
        }

        return both.ToScored();
    }

    /// <summary>
    /// Places as they are found, in memory that is used again: arrays as long as the commonest words have texts would each time be some of the
    /// large ones, which only a full collection frees.
    /// </summary>
    private sealed class Collected(int most) : IDisposable
    {
        private readonly int[] _places = ArrayPool<int>.Shared.Rent(most);
        private readonly float[] _scores = ArrayPool<float>.Shared.Rent(most);
        private int _count;

        public void Add(int place, float score) => (_places[_count], _scores[_count++]) = (place, score);

        public ScoredPlaces ToScored() => new(_places.AsSpan(0, _count).ToArray(), _scores.AsSpan(0, _count).ToArray());

        public void Dispose()
        {
            ArrayPool<int>.Shared.Return(_places);
            ArrayPool<float>.Shared.Return(_scores);
        }
    }
}
