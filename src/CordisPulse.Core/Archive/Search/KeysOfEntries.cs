using System.Runtime.InteropServices;

namespace CordisPulse.Core.Archive.Search;

/// <summary>One key of every entry (its sector, its year), numbered so that counting how often each occurs is counting up in an array.</summary>
internal sealed class KeysOfEntries
{
    private readonly int[] _numbers;
    private readonly int[] _keys;

    /// <param name="keys">Of all entries in their order; 0 for none.</param>
    public KeysOfEntries(IReadOnlyList<int> keys)
    {
        var numbers = new Dictionary<int, int>();
        _numbers = new int[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, keys[i], out var isKnown);
            if (!isKnown)
                number = numbers.Count - 1;
            _numbers[i] = number;
        }

        _keys = new int[numbers.Count];
        foreach (var (key, number) in numbers)
            _keys[number] = key;
    }

    /// <summary>How many of the entries at these places have each key; what has none is not counted.</summary>
    public Dictionary<int, int> Count(ReadOnlySpan<int> places)
    {
        var counts = new int[_keys.Length];
        foreach (var place in places)
            counts[_numbers[place]]++;
        var found = new Dictionary<int, int>();
        for (var number = 0; number < counts.Length; number++)
            if (counts[number] > 0 && _keys[number] != 0)
                found.Add(_keys[number], counts[number]);
        return found;
    }
}
