using CordisPulse.Core.Archive;
using CordisPulse.Core.Archive.Search;

namespace CordisPulse.Web.Features.Search;

/// <summary>What narrows the search now, and the address without it.</summary>
public sealed record ActiveFilter(string Label, string Without);

public sealed record FacetLink(string Name, int Count, string Address);

public sealed record FacetList(string Heading, IReadOnlyList<FacetLink> Links);

/// <summary><paramref name="Result"/> is null while nothing has been asked.</summary>
public sealed record SearchPage(SearchForm Form, SearchResult? Result, bool IsCut, IReadOnlyList<ActiveFilter> Filters, IReadOnlyList<FacetList> Facets)
{
    private const int Around = 2;

    /// <summary>The first page, the last, and those around the one that is shown.</summary>
    public IEnumerable<int> PageNumbers => Result is not { } result
        ? []
        : Enumerable.Range(1, result.Pages).Where(number => number == 1 || number == result.Pages || Math.Abs(number - result.Page) <= Around);
}

/// <summary>Puts together the search page.</summary>
public sealed class SearchPages(ArchiveSearch search, ArchiveQueries archive)
{
    private const int InFeed = 40;

    /// <summary>The newest; those before them are one more.</summary>
    private const int YearsShown = 15;

    /// <summary>Among the newest that are found stand news, introductions and what first appeared elsewhere, which are no news of the feed.</summary>
    private const int LookedThrough = 200;

    /// <returns>Null when the search has no such page.</returns>
    public async Task<SearchPage?> ReadAsync(SearchForm form, CancellationToken cancellationToken)
    {
        if (form.PageNumber == 0)
            return null;
        if (form.AsksNothing)
            return new SearchPage(form, null, false, [], []);
        var query = SearchQuery.Parse(form.Query);
        var result = await search.FindAsync(form.ToRequest(query), cancellationToken);
        if (result.Page != form.PageNumber)
            return null;
        return new SearchPage(form, result, form.IsCut || query.IsCut, await FiltersAsync(form, cancellationToken), Facets(form, result));
    }

    /// <summary>The newest items that are found, without what no feed holds.</summary>
    public async Task<IReadOnlyList<ListedItem>> NewestAsync(SearchForm form, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(form.ToRequest(SearchQuery.Parse(form.Query)) with { Order = SearchOrder.Date, Page = 1, Size = LookedThrough }, cancellationToken);
        return [.. found.Hits.Select(hit => hit.Item).OfType<ListedItem>().Where(item => !item.FirstPublishedElsewhere).Take(InFeed)];
    }

    /// <summary>The same search by the source that the one of its address has become; null when it is none that was merged.</summary>
    public async Task<SearchForm?> FindMergedAsync(SearchForm form, CancellationToken cancellationToken)
        => SearchForm.Asked(form.Source) is { } slug && await archive.FindMergedSourceAsync(slug, cancellationToken) is { } now ? form with { Source = now } : null;

    private async Task<IReadOnlyList<ActiveFilter>> FiltersAsync(SearchForm form, CancellationToken cancellationToken)
    {
        var filters = new List<ActiveFilter>();
        if (SearchForm.Asked(form.Sector) is { } sector)
            filters.Add(new ActiveFilter((await archive.FindSectorAsync(sector, cancellationToken))?.Name ?? "A sector that we do not have", form.With("sector", null)));
        if (SearchForm.Asked(form.Section) is { } section)
            filters.Add(new ActiveFilter((await archive.FindSectionAsync(section, cancellationToken))?.Name ?? "A section that we do not have", form.With("section", null)));
        if (SearchForm.Asked(form.Source) is { } source)
            filters.Add(new ActiveFilter((await archive.FindSourceAsync(source, cancellationToken))?.Name ?? "A source that we do not have", form.With("source", null)));
        if (form.YearNumber is { } year)
            filters.Add(new ActiveFilter($"{year}", form.With("year", null)));
        if (form.FromMonth is { } from)
            filters.Add(new ActiveFilter($"From {from.Title}", form.With("from", null)));
        if (form.ToMonth is { } to)
            filters.Add(new ActiveFilter($"To {to.Title}", form.With("to", null)));
        return filters;
    }

    private static FacetLink Earlier(SearchForm form, IReadOnlyList<Facet> years)
        => new($"{years[0].Name} and earlier", years.Sum(year => year.Count), form.With("to", $"{years[0].Key.PadLeft(4, '0')}-12"));

    /// <summary>Only what is not chosen yet and would still narrow the search.</summary>
    private static List<FacetList> Facets(SearchForm form, SearchResult result)
    {
        var lists = new List<FacetList>();
        Add("Sector", "sector", form.Sector, result.Sectors);
        Add("Section", "section", form.Section, result.Sections);
        Add("Source", "source", form.Source, result.Sources);
        Add("Year", "year", form.Year, [.. result.Years.Take(YearsShown)]);
        if (lists is [.., { Heading: "Year" } years] && result.Years.Count > YearsShown)
            lists[^1] = years with { Links = [.. years.Links, Earlier(form, [.. result.Years.Skip(YearsShown)])] };
        return lists;

        void Add(string heading, string field, string? chosen, IReadOnlyList<Facet> facets)
        {
            if (SearchForm.Asked(chosen) is null && facets.Count > 0)
                lists.Add(new FacetList(heading, [.. facets.Select(facet => new FacetLink(facet.Name, facet.Count, form.With(field, facet.Key)))]));
        }
    }
}
