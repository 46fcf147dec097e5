using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Search;

/// <summary>What narrows the search now, and the address without it.</summary>
public sealed record ActiveFilter(string Label, string Without);

public sealed record FacetLink(string Name, int Items, string Address);

public sealed record FacetList(string Heading, IReadOnlyList<FacetLink> Links);

/// <summary><paramref name="Result"/> is null while nothing has been asked.</summary>
public sealed record SearchPage(
    SearchForm Form, FoundWords Words, ItemSearchResult? Result, IReadOnlyList<ActiveFilter> Filters, IReadOnlyList<FacetList> Facets)
{
    public bool IsCut => Form.IsCut || Words.IsCut;
}

/// <summary>Puts together the search page.</summary>
public sealed class SearchPages(ItemSearch search, ArchiveQueries archive)
{
    public async Task<SearchPage> ReadAsync(SearchForm form, CancellationToken cancellationToken)
    {
        if (form.AsksNothing)
            return new SearchPage(form, FoundWords.None, null, [], []);
        var words = FoundWords.Of(form.Query);
        var result = await search.FindAsync(
            new ItemSearchRequest
            {
                Words = words,
                Sector = Asked(form.Sector),
                Section = Asked(form.Section),
                Source = Asked(form.Source),
                From = form.FromMonth,
                To = form.ToMonth,
            },
            ItemPlace.TryParse(form.Before, out var place) ? place : null,
            cancellationToken);
        return new SearchPage(form, words, result, await FiltersAsync(form, cancellationToken), Facets(form, result));
    }

    private async Task<IReadOnlyList<ActiveFilter>> FiltersAsync(SearchForm form, CancellationToken cancellationToken)
    {
        var filters = new List<ActiveFilter>();
        if (Asked(form.Sector) is { } sector)
            filters.Add(new ActiveFilter((await archive.FindSectorAsync(sector, cancellationToken))?.Name ?? "A sector that we do not have", form.With("sector", null)));
        if (Asked(form.Section) is { } section)
            filters.Add(new ActiveFilter((await archive.FindSectionAsync(section, cancellationToken))?.Name ?? "A section that we do not have", form.With("section", null)));
        if (Asked(form.Source) is { } source)
            filters.Add(new ActiveFilter((await archive.FindSourceAsync(source, cancellationToken))?.Name ?? "A source that we do not have", form.With("source", null)));
        if (form.FromMonth is { } from)
            filters.Add(new ActiveFilter($"From {from.Title}", form.With("from", null)));
        if (form.ToMonth is { } to)
            filters.Add(new ActiveFilter($"To {to.Title}", form.With("to", null)));
        return filters;
    }

    /// <summary>Only what is not chosen yet and would still narrow the search.</summary>
    private static List<FacetList> Facets(SearchForm form, ItemSearchResult result)
    {
        var lists = new List<FacetList>();
        Add("Sector", "sector", form.Sector, result.Sectors);
        Add("Section", "section", form.Section, result.Sections);
        Add("Source", "source", form.Source, result.Sources);
        return lists;

        void Add(string heading, string field, string? chosen, IReadOnlyList<Facet> facets)
        {
            if (Asked(chosen) is null && facets.Count > 0)
                lists.Add(new FacetList(heading, [.. facets.Select(facet => new FacetLink(facet.Name, facet.Items, form.With(field, facet.Slug)))]));
        }
    }

    /// <summary>An empty field of the form asks nothing.</summary>
    private static string? Asked(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
