using System.Globalization;
using System.Runtime.InteropServices;
using CordisPulse.Core.Data;

namespace CordisPulse.Core.Archive.Search;

/// <summary>Tells which entries a search is narrowed to, and counts those by what would narrow it further.</summary>
internal sealed class SearchCounting
{
    private const int MonthsOfAYear = 12;

    /// <summary>No entry's.</summary>
    private const int Unknown = -1;

    private readonly SearchPlaces _places;
    private readonly int? _sector;
    private readonly int? _section;
    private readonly int? _source;
    private readonly int _first;
    private readonly int _last;
    private readonly Dictionary<int, int> _sectors = [];
    private readonly Dictionary<int, int> _sections = [];
    private readonly Dictionary<int, int> _sources = [];
    private readonly Dictionary<int, int> _years = [];

    public SearchCounting(SearchRequest request, SearchPlaces places)
    {
        _places = places;
        _sector = Id(request.Sector, places.Sectors);
        _section = Id(request.Section, places.Sections);
        _source = Id(request.Source, places.Sources.Values);
        _first = request.From is { } from ? SearchIndex.MonthNumber(from) : 0;
        _last = request.To is { } to ? SearchIndex.MonthNumber(to) : int.MaxValue;
        if (request.Year is { } year)
            (_first, _last) = (Math.Max(_first, year * MonthsOfAYear), Math.Min(_last, (year * MonthsOfAYear) + MonthsOfAYear - 1));
    }

    public bool Takes(SearchEntry entry)
        => (_sector is null || entry.Sector == _sector) && (_section is null || entry.Section == _section) && (_source is null || entry.Source == _source)
            && entry.Month >= _first && entry.Month <= _last;

    public void Count(SearchEntry entry)
    {
        Add(_sectors, entry.Sector);
        Add(_sections, entry.Section);
        Add(_sources, entry.Source);
        Add(_years, entry.Month / MonthsOfAYear);
    }

    public IReadOnlyList<Facet> Sectors() => InOrder(_places.Sectors, _sectors);

    public IReadOnlyList<Facet> Sections() => InOrder(_places.Sections, _sections);

    /// <summary>Those with most, which come first.</summary>
    public IReadOnlyList<Facet> Sources(int most) =>
    [
        .. _sources
            .Where(source => _places.Sources.ContainsKey(source.Key))
            .Select(source => new Facet(_places.Sources[source.Key].Name, _places.Sources[source.Key].Slug, source.Value))
            .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Name, StringComparer.Ordinal)
            .Take(most),
    ];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Facet> Years() =>
    [
        .. _years.OrderByDescending(year => year.Key).Select(year => (Year: year.Key.ToString(CultureInfo.InvariantCulture), year.Value)).Select(year => new Facet(year.Year, year.Year, year.Value)),
    ];

    private static IReadOnlyList<Facet> InOrder(IReadOnlyList<SearchPlace> places, Dictionary<int, int> counts)
        => [.. places.Where(place => counts.ContainsKey(place.Id)).Select(place => new Facet(place.Name, place.Slug, counts[place.Id]))];

    private static void Add(Dictionary<int, int> counts, int key)
    {
        if (key != 0)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
    }

    private static int? Id(string? slug, IEnumerable<SearchPlace> places)
        => slug is null ? null : places.FirstOrDefault(place => place.Slug == slug)?.Id ?? Unknown;
}
