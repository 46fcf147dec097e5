using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive.Search;

public enum SearchOrder
{
    /// <summary>What answers best; without words the newest.</summary>
    Relevance,
    Date,
}

/// <summary>What is looked for. All of it must hold; what is null does not count.</summary>
public sealed record SearchRequest
{
    public SearchQuery Query { get; init; } = SearchQuery.Nothing;

    /// <summary>Slug; likewise <see cref="Section"/> and <see cref="Source"/>.</summary>
    public string? Sector { get; init; }

    public string? Section { get; init; }

    public string? Source { get; init; }

    public int? Year { get; init; }

    public EditionMonth? From { get; init; }

    public EditionMonth? To { get; init; }

    public SearchOrder Order { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Of a page.</summary>
    public int Size { get; init; } = ArchiveSearch.PageSize;
}

/// <summary>One way to narrow a search, with how many results it would leave.</summary>
/// <param name="Key">A slug, or a year.</param>
public sealed record Facet(string Name, string Key, int Count);

/// <summary>One text that was found: an item, or a news item or introduction of an edition.</summary>
/// <param name="Item">Null for what is no item.</param>
public sealed record SearchHit(SearchedKind Kind, EditionMonth Month, ListedItem? Item, MarkedText Title, MarkedText? Source, MarkedText Snippet);

/// <param name="Total">What has all that was asked for.</param>
/// <param name="Hits">Of this page.</param>
/// <param name="NearMisses">What has some of the words, best first; none where enough has all.</param>
/// <param name="Suggestion">What may have been meant; null where there is something, or nothing better.</param>
public sealed record SearchResult(
    int Total, int Page, int Pages, IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchHit> NearMisses, string? Suggestion,
    IReadOnlyList<Facet> Sectors, IReadOnlyList<Facet> Sections, IReadOnlyList<Facet> Sources, IReadOnlyList<Facet> Years);

/// <summary>Finds published texts by their words and places, and counts what would narrow the search.</summary>
public sealed class ArchiveSearch(PulseDbContext db, SearchIndex index)
{
    public const int PageSize = 20;

    private const int SourcesShown = 12;
    private const int NearMissesShown = 10;

    /// <summary>Whoever finds more has no need of what has but some of the words, which takes a second pass.</summary>
    private const int Few = 5;

    public Task<SearchResult> FindAsync(SearchRequest request, CancellationToken cancellationToken = default)
        => index.AskAsync(open => FindAsync(open, request, cancellationToken), cancellationToken);

    private async Task<SearchResult> FindAsync(OpenIndex open, SearchRequest request, CancellationToken cancellationToken)
    {
        var query = request.Query.Widened(open.Catalogue.Synonyms);
        var counting = new SearchCounting(request, open.Catalogue.Places);
        var found = request.Query.IsWordless ? [] : await MatchAsync(open, query, counting.Takes, cancellationToken);
        foreach (var (place, _) in found)
            counting.Count(open.Shelf.Entries[place]);
        Sort(found, request.Order == SearchOrder.Date || request.Query.IsEmpty);
        var pages = Math.Max(1, (found.Count + request.Size - 1) / request.Size);
        var page = Math.Clamp(request.Page, 1, pages);
        var near = found.Count < Few && request.Query is { IsPlain: true, All.Count: > 1 }
            ? await NearMissesAsync(open, query, counting, [.. found.Select(one => one.Place)], cancellationToken)
            : [];
        var expression = query.Wanted;
        var hits = await ShowAsync(open, found.Skip((page - 1) * request.Size).Take(request.Size), expression, cancellationToken);
        return new SearchResult(
            found.Count, page, pages, hits, near,
            found.Count == 0 && !request.Query.IsEmpty ? await SearchSuggestion.ForAsync(open, request.Query, cancellationToken) : null,
            counting.Sectors(), counting.Sections(), counting.Sources(SourcesShown), counting.Years());
    }

    /// <summary>Where among all entries each stands that is found and taken, and how well it answers.</summary>
    private static async Task<List<Found>> MatchAsync(OpenIndex open, SearchQuery query, Func<SearchEntry, bool> takes, CancellationToken cancellationToken)
    {
        var entries = open.Shelf.Entries;
        var found = new List<Found>();
        if (query.Wanted is { } wanted)
        {
            await SearchIndexFile.MatchAsync(
                open.Connection, wanted, (id, score) =>
                {
                    var place = open.Shelf.PlaceOf(id);
                    if (takes(entries[place]))
                        found.Add(new Found(place, score));
                },
                cancellationToken);
            return found;
        }

        var unwanted = new HashSet<int>();
        if (query.Unwanted is { } without)
            await SearchIndexFile.MatchAsync(open.Connection, without, (id, _) => unwanted.Add(open.Shelf.PlaceOf(id)), cancellationToken);
        for (var place = 0; place < entries.Count; place++)
            if (takes(entries[place]) && !unwanted.Contains(place))
                found.Add(new Found(place, 0));
        return found;
    }

    private async Task<IReadOnlyList<SearchHit>> NearMissesAsync(
        OpenIndex open, SearchQuery query, SearchCounting counting, HashSet<int> exact, CancellationToken cancellationToken)
    {
        var loose = query.Loosened();
        var near = await MatchAsync(open, loose, counting.Takes, cancellationToken);
        near.RemoveAll(one => exact.Contains(one.Place));
        Sort(near, byDate: false);
        return await ShowAsync(open, near.Take(NearMissesShown), loose.Wanted, cancellationToken);
    }

    private static void Sort(List<Found> found, bool byDate)
        => found.Sort((a, b) => byDate || a.Score.Equals(b.Score) ? a.Place.CompareTo(b.Place) : a.Score.CompareTo(b.Score));

    /// <summary>As readers see them now; what is no more is left out.</summary>
    private async Task<IReadOnlyList<SearchHit>> ShowAsync(OpenIndex open, IEnumerable<Found> some, string? expression, CancellationToken cancellationToken)
    {
        var entries = some.Select(one => open.Shelf.Entries[one.Place]).ToList();
        var numbers = entries.Where(entry => entry.Kind == SearchedKind.Item).Select(entry => entry.Number).ToList();
        var items = numbers.Count == 0
            ? []
            : await db.PublishedItems.AsNoTracking()
                .Where(item => EF.Parameter(numbers).Contains(item.Id))
                .ToListed()
                .ToDictionaryAsync(item => (item.Month, item.Position), cancellationToken);
        var publications = entries.Where(entry => entry.Kind != SearchedKind.Item).Select(entry => entry.Publication).Distinct().ToList();
        var editions = publications.Count == 0
            ? []
            : (await db.PublishedEditions.AsNoTracking()
                .Where(row => EF.Parameter(publications).Contains(row.Id) && row.Edition!.PublishedRevision == row.Revision)
                .Select(row => new { row.Id, row.Document })
                .ToListAsync(cancellationToken)).ToDictionary(row => row.Id, row => EditionDocument.FromJson(row.Document));
        var hits = new List<SearchHit>();
        foreach (var entry in entries)
        {
            var month = MonthOf(entry.Month);
            var shown = entry.Kind == SearchedKind.Item
                ? items.TryGetValue((month, entry.Position), out var item) ? Shown.Of(item) : null
                : editions.TryGetValue(entry.Publication, out var edition) ? Shown.Of(edition, entry) : null;
            if (shown is null)
                continue;
            var marked = expression is null ? null : await SearchIndexFile.MarkedAsync(open.Connection, expression, entry.Id, SearchMarks.Begin, SearchMarks.End, cancellationToken);
            hits.Add(new SearchHit(
                entry.Kind, month, shown.Item, SearchMarks.Put(shown.Title, marked?.Title), shown.Source is null ? null : SearchMarks.Put(shown.Source, marked?.Source),
                SearchMarks.Put(shown.Text, marked?.Summary).Snippet()));
        }

        return hits;
    }

    private static EditionMonth MonthOf(int number) => new(number / 12, (number % 12) + 1);

    private readonly record struct Found(int Place, double Score);
}
