namespace CordisPulse.Core.Editions.Covered;

/// <summary>Letters that were lost, added, mistaken, or swapped with their neighbour: each counts one (Damerau and Levenshtein, each place edited once).</summary>
internal static class EditDistance
{
    private const int LongestCompared = 300;

    /// <summary>Given up as soon as it is more than <paramref name="most"/>; false for what is too long to be compared.</summary>
    public static bool IsWithin(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most || b.Length > LongestCompared)
            return false;
        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var least = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            // A swap reaches back over this row, and from there this row would have cost no more.
            if (least > most)
                return false;
            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[b.Length] <= most;
    }
}
