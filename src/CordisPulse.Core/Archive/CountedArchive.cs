using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Archive;

/// <param name="Sector">Its key; 0 for none, as with the others.</param>
/// <param name="Topics">Null for none.</param>
internal readonly record struct CountedItem(int Sector, int Section, int Source, int Words, int[]? Topics);

internal sealed record CountedEdition(EditionMonth Month, IReadOnlyList<CountedItem> Items);

internal sealed record CountedSector(string Name, int Colour);

/// <summary>How often and when something is in published editions.</summary>
/// <param name="Years">Years in which it is, the newest first, with how many items each has.</param>
public sealed record Occurrence(int Items, EditionMonth First, EditionMonth Last, IReadOnlyList<KeyValuePair<int, int>> Years);

/// <summary>One year of the archive.</summary>
/// <param name="Editions">From January to December; months without an edition are not among them.</param>
public sealed record YearOfEditions(int Year, IReadOnlyList<ListedEdition> Editions);

/// <summary>What is published, as one version of the content has it.</summary>
public sealed class CountedArchive
{
    private readonly IReadOnlyList<CountedEdition> _editions;
    private readonly IReadOnlyDictionary<int, CountedSector> _sectors;

    internal CountedArchive(ContentState version, IReadOnlyList<CountedEdition> editions, IReadOnlyDictionary<int, CountedSector> sectors)
    {
        (Version, _editions, _sectors) = (version, editions, sectors);
        Sectors = Count(item => item.Sector == 0 ? [] : [item.Sector]);
        Sections = Count(item => item.Section == 0 ? [] : [item.Section]);
        Sources = Count(item => item.Source == 0 ? [] : [item.Source]);
        Topics = Count(item => item.Topics ?? []);
        Years = [.. editions.Select(edition => edition.Month.FirstDay.Year).Distinct().OrderDescending()];
    }

    internal ContentState Version { get; }

    /// <summary>By the key of the sector, as with the others.</summary>
    public IReadOnlyDictionary<int, Occurrence> Sectors { get; }

    public IReadOnlyDictionary<int, Occurrence> Sections { get; }

    public IReadOnlyDictionary<int, Occurrence> Sources { get; }

    public IReadOnlyDictionary<int, Occurrence> Topics { get; }

    /// <summary>The newest first, with how many items each has.</summary>
    public IEnumerable<(EditionMonth Month, int Items)> Editions => _editions.Reverse().Select(edition => (edition.Month, edition.Items.Count));

    /// <summary>Those with an edition, the newest first.</summary>
    public IReadOnlyList<int> Years { get; }

    public YearOfEditions YearOf(int year)
        => new(year, [.. _editions.Where(edition => edition.Month.FirstDay.Year == year).Select(edition => new ListedEdition(edition.Month, PulseOf(edition)))]);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ListedEdition> Before(EditionMonth month, int most)
        => [.. _editions.Where(edition => edition.Month < month).TakeLast(most).Reverse().Select(edition => new ListedEdition(edition.Month, PulseOf(edition)))];

    private Pulse PulseOf(CountedEdition edition) => new([.. edition.Items
        .GroupBy(item => item.Sector)
        .Select(sector => (Known: _sectors.GetValueOrDefault(sector.Key), Words: sector.Select(item => item.Words)))
        .Select(sector => new PulseSector(sector.Known?.Name ?? "No sector", sector.Known?.Colour ?? 0, [.. sector.Words]))]);

    private Dictionary<int, Occurrence> Count(Func<CountedItem, IReadOnlyList<int>> keysOf)
    {
        var found = new Dictionary<int, (EditionMonth First, EditionMonth Last, SortedDictionary<int, int> Years)>();
        foreach (var edition in _editions)
            foreach (var key in edition.Items.SelectMany(keysOf))
            {
                var (first, years) = found.TryGetValue(key, out var before) ? (before.First, before.Years) : (edition.Month, new SortedDictionary<int, int>());
                years[edition.Month.FirstDay.Year] = years.GetValueOrDefault(edition.Month.FirstDay.Year) + 1;
                found[key] = (first, edition.Month, years);
            }

        return found.ToDictionary(pair => pair.Key, pair => new Occurrence(pair.Value.Years.Values.Sum(), pair.Value.First, pair.Value.Last, [.. pair.Value.Years.Reverse()]));
    }
}
