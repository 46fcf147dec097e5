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
    /// <param name="takes">Whether a place counts.</param>
    public static ScoredPlaces Most(IReadOnlyList<ScoredPlaces> some, int least, Func<int, bool> takes)
    {
        var had = new Dictionary<int, (int Count, float Score)>();
        foreach (var one in some)
            for (var i = 0; i < one.Count; i++)
            {
                had.TryGetValue(one.Places[i], out var so);
                had[one.Places[i]] = (so.Count + 1, so.Score + one.Scores[i]);
            }

        for (var most = some.Count - 1; most >= least; most--)
        {
            var near = had.Where(place => place.Value.Count == most && takes(place.Key)).OrderBy(place => place.Key).ToList();
            if (near.Count > 0)
                return new ScoredPlaces([.. near.Select(place => place.Key)], [.. near.Select(place => place.Value.Score)]);
        }

        return ScoredPlaces.None;
    }

    /// <summary>What of these is not among those.</summary>
    public static ScoredPlaces Without(ScoredPlaces these, ScoredPlaces those)
        => those.Count == 0 ? these : Where(these, place => Array.BinarySearch(those.Places, place) < 0);

    public static ScoredPlaces Where(ScoredPlaces found, Func<int, bool> takes)
    {
        var (places, scores, count) = (new int[found.Count], new float[found.Count], 0);
        for (var i = 0; i < found.Count; i++)
            if (takes(found.Places[i]))
                (places[count], scores[count++]) = (found.Places[i], found.Scores[i]);
        return Cut(places, scores, count);
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
        var (places, scores, count) = (new int[a.Count + b.Count], new float[a.Count + b.Count], 0);
        for (int i = 0, j = 0; i < a.Count || j < b.Count;)
        {
            if (j == b.Count || (i < a.Count && a.Places[i] < b.Places[j]))
                (places[count], scores[count++]) = (a.Places[i], a.Scores[i++]);
            else if (i == a.Count || b.Places[j] < a.Places[i])
                (places[count], scores[count++]) = (b.Places[j], b.Scores[j++]);
            else
                (places[count], scores[count++]) = (a.Places[i], a.Scores[i++] + b.Scores[j++]);
        }

        return Cut(places, scores, count);
    }

    /// <param name="few">No more than <paramref name="many"/>.</param>
    private static ScoredPlaces Intersect(ScoredPlaces few, ScoredPlaces many)
    {
        var (places, scores, count) = (new int[few.Count], new float[few.Count], 0);
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

            (places[count], scores[count++]) = (few.Places[i], few.Scores[i] + many.Scores[j]);
        }

        return Cut(places, scores, count);
    }

    private static ScoredPlaces Cut(int[] places, float[] scores, int count)
    {
        Array.Resize(ref places, count);
        Array.Resize(ref scores, count);
        return new ScoredPlaces(places, scores);
    }
}
