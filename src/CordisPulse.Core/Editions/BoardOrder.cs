namespace CordisPulse.Core.Editions;

/// <summary>What stands where in an edition. Items are listed place by place, those that are not placed yet first; news by itself.</summary>
public sealed record BoardOrder(IReadOnlyList<OrderedItem> Items, IReadOnlyList<int> News)
{
    /// <param name="items">In the order of their positions.</param>
    /// <param name="news">In the order of their positions.</param>
    public static BoardOrder Of(IEnumerable<OrderedItem> items, IEnumerable<int> news)
        => new([.. items.OrderBy(item => item.Place)], [.. news]);

    public bool IsAs(BoardOrder other) => Items.SequenceEqual(other.Items) && News.SequenceEqual(other.News);
}

public sealed record OrderedItem(int Id, int? SectorId, int? SectionId)
{
    /// <summary>Half a place is none: such items stand together.</summary>
    internal (int, int) Place => this is { SectorId: { } sector, SectionId: { } section } ? (sector, section) : (0, 0);
}

/// <summary>What a change of the order says in its <see cref="Revision"/>.</summary>
public sealed record OrderChange(BoardOrder Before, BoardOrder After)
{
    /// <summary>The source that the same act brought into the register; null when it brought none.</summary>
    public int? NewSourceId { get; init; }

    public OrderDifference Items() => OrderDifference.Between(
        [.. Before.Items.GroupBy(item => item.Place).Select(place => place.Select(item => item.Id).ToList())],
        [.. After.Items.GroupBy(item => item.Place).Select(place => place.Select(item => item.Id).ToList())],
        Before.Items.Join(After.Items, item => item.Id, item => item.Id, (before, after) => (before, after)).Where(pair => pair.before != pair.after).Select(pair => pair.after.Id));

    public OrderDifference News() => OrderDifference.Between([[.. Before.News]], [[.. After.News]], []);
}

/// <summary>Keys of what came, what went and what moved. Of those that stayed in one place, as few as possible count as moved.</summary>
public sealed record OrderDifference(IReadOnlyList<int> Added, IReadOnlyList<int> Removed, IReadOnlyList<int> Moved)
{
    /// <param name="before">The keys of each place.</param>
    /// <param name="after">The keys of each place.</param>
    /// <param name="elsewhere">Keys of what changed its place.</param>
    internal static OrderDifference Between(IReadOnlyList<List<int>> before, IReadOnlyList<List<int>> after, IEnumerable<int> elsewhere)
    {
        var (old, young) = (before.SelectMany(keys => keys).ToList(), after.SelectMany(keys => keys).ToList());
        var moved = elsewhere.ToHashSet();
        var rank = old.Select((key, at) => (key, at)).ToDictionary(entry => entry.key, entry => entry.at);
        foreach (var place in after)
        {
            List<int> stayed = [.. place.Where(key => rank.ContainsKey(key) && !moved.Contains(key))];
            moved.UnionWith(stayed.Except(LongestRising(stayed, rank)).ToList());
        }

        return new OrderDifference([.. young.Except(old)], [.. old.Except(young)], [.. young.Where(moved.Contains)]);
    }

    /// <summary>The most keys that stand in the order that they had: patience sorting, so that long lists take no time.</summary>
    private static List<int> LongestRising(List<int> keys, Dictionary<int, int> rank)
    {
        var ends = new List<int>();
        var before = new Dictionary<int, int?>();
        foreach (var key in keys)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
                if ((low + high) / 2 is var middle && rank[ends[middle]] < rank[key])
                    low = middle + 1;
                else
                    high = middle;
            before[key] = low == 0 ? null : ends[low - 1];
            if (low == ends.Count)
                ends.Add(key);
            else
                ends[low] = key;
        }

        var longest = new List<int>();
        for (int? key = ends.Count == 0 ? null : ends[^1]; key is { } one; key = before[one])
            longest.Add(one);
        return longest;
    }
}
