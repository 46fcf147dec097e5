using System.Globalization;
using CordisPulse.Core.Data;

namespace CordisPulse.Core.Archive.Search;

/// <summary>Tells which entries a search is narrowed to, and counts those by what would narrow it further.</summary>
internal sealed class SearchCounting
{
    public const int MonthsOfAYear = 12;

    /// <summary>No entry's.</summary>
    private const int Unknown = -1;

    private readonly SearchPlaces _places;
    private readonly int? _sector;
    private readonly int? _section;
    private readonly int? _source;
    private readonly int _first;
    private readonly int _last;
    private readonly bool _takesAll;
    private readonly SearchIndex.Shelf _shelf;
    private IReadOnlyDictionary<int, int> _sectors = new Dictionary<int, int>();
    private IReadOnlyDictionary<int, int> _sections = new Dictionary<int, int>();
    private IReadOnlyDictionary<int, int> _sources = new Dictionary<int, int>();
    private IReadOnlyDictionary<int, int> _years = new Dictionary<int, int>();

    public SearchCounting(SearchRequest request, SearchPlaces places, SearchIndex.Shelf shelf)
    {
        (_places, _shelf) = (places, shelf);
        _sector = Id(request.Sector, places.Sectors);
        _section = Id(request.Section, places.Sections);
        _source = Id(request.Source, places.Sources.Values);
        _first = request.From is { } from ? SearchIndex.MonthNumber(from) : 0;
        _last = request.To is { } to ? SearchIndex.MonthNumber(to) : int.MaxValue;
        if (request.Year is { } year)
            (_first, _last) = (Math.Max(_first, year * MonthsOfAYear), Math.Min(_last, (year * MonthsOfAYear) + MonthsOfAYear - 1));
        _takesAll = _sector is null && _section is null && _source is null && _first == 0 && _last == int.MaxValue;
    }

    /// <summary>What the search is narrowed to.</summary>
    public ScoredPlaces Narrow(ScoredPlaces found) => _takesAll ? found : SearchMatching.Where(found, place => Takes(_shelf.Entries[place]));

    public bool Takes(int place) => _takesAll || Takes(_shelf.Entries[place]);

    private bool Takes(SearchEntry entry)
        => (_sector is null || entry.Sector == _sector) && (_section is null || entry.Section == _section) && (_source is null || entry.Source == _source)
            && entry.Month >= _first && entry.Month <= _last;

    public void Count(ScoredPlaces found)
    {
        _sectors = _shelf.Sectors.Count(found.Places);
        _sections = _shelf.Sections.Count(found.Places);
        _sources = _shelf.Sources.Count(found.Places);
        _years = _shelf.Years.Count(found.Places);
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

    private static IReadOnlyList<Facet> InOrder(IReadOnlyList<SearchPlace> places, IReadOnlyDictionary<int, int> counts)
        => [.. places.Where(place => counts.ContainsKey(place.Id)).Select(place => new Facet(place.Name, place.Slug, counts[place.Id]))];

    private static int? Id(string? slug, IEnumerable<SearchPlace> places)
        => slug is null ? null : places.FirstOrDefault(place => place.Slug == slug)?.Id ?? Unknown;
}
