using System.Globalization;
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
/// <param name="Number">Of a news item: which of its edition's, from 1.</param>
/// <param name="Item">Null for what is no item.</param>
public sealed record SearchHit(SearchedKind Kind, EditionMonth Month, int Number, ListedItem? Item, MarkedText Title, MarkedText? Source, MarkedText Snippet)
{
    /// <summary>Address of where it stands, relative to the site's.</summary>
    public string Path => (Kind, Item) switch
    {
        (_, { } item) => $"editions/{Month}/{item.Slug}",
        (SearchedKind.News, _) => string.Create(CultureInfo.InvariantCulture, $"editions/{Month}#news-{Number}"),
        _ => $"editions/{Month}",
    };
}

/// <param name="Total">What has all that was asked for.</param>
/// <param name="Anywhere">What would be found by the same words without anything that narrows the search.</param>
/// <param name="Hits">Of this page.</param>
/// <param name="NearMisses">What has most of the words, or where nothing has most, some, best first; none where enough has all.</param>
/// <param name="Suggestion">What may have been meant; null where there is something, or nothing better.</param>
public sealed record SearchResult(
    int Total, int Anywhere, int Page, int Pages, IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchHit> NearMisses, string? Suggestion,
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
        if (query.HasPrefix)
            query = query.Begun(await open.VocabularyAsync(cancellationToken));
        var counting = new SearchCounting(request, open.Catalogue.Places, open.Shelf);
        var anywhere = request.Query.IsWordless ? ScoredPlaces.None : await MatchAsync(open, query, cancellationToken);
        var found = counting.Narrow(anywhere);
        counting.Count(found);
        var pages = Math.Max(1, (found.Count + request.Size - 1) / request.Size);
        var page = Math.Clamp(request.Page, 1, pages);
        var skip = (page - 1) * request.Size;
        var places = request.Order == SearchOrder.Date || request.Query.IsEmpty
            ? found.Places.Skip(skip).Take(request.Size)
            : SearchMatching.Best(found, skip, request.Size);
        var near = found.Count < Few && request.Query is { IsPlain: true, All.Count: > 1 }
            ? await NearMissesAsync(open, query, counting, found, cancellationToken)
            : [];
        var (hits, nearHits) = await ShowAsync(open, places.ToList(), near, query, cancellationToken);
        return new SearchResult(
            found.Count, anywhere.Count, page, pages, hits, nearHits,
            anywhere.Count == 0 && !request.Query.IsEmpty ? await SearchSuggestion.ForAsync(open, request.Query, cancellationToken) : null,
            counting.Sectors(), counting.Sections(), counting.Sources(SourcesShown), counting.Years());
    }

    /// <summary>Where among all entries each stands that is found, and how well it answers.</summary>
    private static async Task<ScoredPlaces> MatchAsync(OpenIndex open, SearchQuery query, CancellationToken cancellationToken)
    {
        var unwanted = await AnyAsync(open, query.Without, cancellationToken);
        if (query.All.Count == 0)
            return SearchMatching.Without(open.Shelf.Everything, unwanted);
        var wanted = new List<ScoredPlaces>();
        foreach (var terms in query.All)
            wanted.Add(await AnyAsync(open, terms, cancellationToken));
        return SearchMatching.Without(SearchMatching.All(wanted), unwanted);
    }

    private static async Task<ScoredPlaces> AnyAsync(OpenIndex open, IReadOnlyList<SearchTerm> terms, CancellationToken cancellationToken)
    {
        var found = new List<ScoredPlaces>();
        foreach (var term in terms)
            found.Add(await open.Shelf.Terms.FindAsync(open.Connection, term.ToString(), open.Shelf.PlaceOf, cancellationToken));
        return SearchMatching.Any(found);
    }

    private static async Task<IReadOnlyList<int>> NearMissesAsync(OpenIndex open, SearchQuery query, SearchCounting counting, ScoredPlaces exact, CancellationToken cancellationToken)
    {
        var terms = new List<ScoredPlaces>();
        foreach (var one in query.All)
            terms.Add(await AnyAsync(open, one, cancellationToken));
        // Where something has all the words, what has but half of them is no help.
        var least = exact.Count == 0 ? 1 : (terms.Count / 2) + 1;
        var near = SearchMatching.Most(terms, least, open.Shelf.Entries.Count, counting.Takes);
        return SearchMatching.Best(near, 0, NearMissesShown);
    }

    /// <summary>Both as readers see them now, read at once; what is no more is left out.</summary>
    private async Task<(IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchHit> Near)> ShowAsync(
        OpenIndex open, List<int> places, IReadOnlyList<int> near, SearchQuery query, CancellationToken cancellationToken)
    {
        var entries = places.Concat(near).Select(place => open.Shelf.Entries[place]).ToList();
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
        var found = entries
            .Select((entry, at) => (Entry: entry, IsNear: at >= places.Count, Month: MonthOf(entry.Month)))
            .Select(one => (one.Entry, one.IsNear, one.Month, Shown: one.Entry.Kind == SearchedKind.Item
                ? items.TryGetValue((one.Month, one.Entry.Position), out var item) ? Shown.Of(item) : null
                : editions.TryGetValue(one.Entry.Publication, out var edition) ? Shown.Of(edition, one.Entry) : null))
            .Where(one => one.Shown is not null)
            .Select(one => (one.Entry, one.IsNear, one.Month, Shown: one.Shown!))
            .ToList();
        var marked = new SearchMarks(query, open.Stems).Mark([.. found.SelectMany(one => (IEnumerable<string>)[one.Shown.Title, one.Shown.Source ?? "", one.Shown.Text])]);
        var hits = found
            .Select((one, at) => (one.IsNear, Hit: new SearchHit(
                one.Entry.Kind, one.Month, one.Entry.Number + 1, one.Shown.Item, marked[3 * at], one.Shown.Source is null ? null : marked[(3 * at) + 1], marked[(3 * at) + 2].Snippet())))
            .ToLookup(one => one.IsNear, one => one.Hit);
        return ([.. hits[false]], [.. hits[true]]);
    }

    private static EditionMonth MonthOf(int number) => new(number / 12, (number % 12) + 1);
}
