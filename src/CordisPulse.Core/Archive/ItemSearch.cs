using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>What is looked for. All of it must hold; what is null does not count.</summary>
public sealed record ItemSearchRequest
{
    public FoundWords Words { get; init; } = FoundWords.None;

    public string? Sector { get; init; }

    public string? Section { get; init; }

    public string? Source { get; init; }

    public EditionMonth? From { get; init; }

    public EditionMonth? To { get; init; }
}

/// <summary>One way to narrow a search, with how many results it would leave.</summary>
public sealed record Facet(string Name, string Slug, int Items);

public sealed record ItemSearchResult(
    int Total, ItemPage Page, IReadOnlyList<Facet> Sectors, IReadOnlyList<Facet> Sections, IReadOnlyList<Facet> Sources);

/// <summary>Finds published items by their words and places, newest first.</summary>
public sealed class ItemSearch(PulseDbContext db)
{
    private const int SourcesShown = 12;

    public async Task<ItemSearchResult> FindAsync(ItemSearchRequest request, ItemPlace? after, CancellationToken cancellationToken = default)
    {
        var found = Where(request);
        var sectors = await found.Where(item => item.SectorId != null)
            .GroupBy(item => new { item.Sector!.Name, item.Sector.Slug, item.Sector.Position })
            .OrderBy(group => group.Key.Position)
            .Select(group => new Facet(group.Key.Name, group.Key.Slug, group.Count()))
            .ToListAsync(cancellationToken);
        var sections = await found.Where(item => item.SectionId != null)
            .GroupBy(item => new { item.Section!.Name, item.Section.Slug, item.Section.Position })
            .OrderBy(group => group.Key.Position)
            .Select(group => new Facet(group.Key.Name, group.Key.Slug, group.Count()))
            .ToListAsync(cancellationToken);
        var sources = await found.Where(item => item.SourceId != null)
            .GroupBy(item => new { item.Source!.Name, item.Source.Slug })
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Name)
            .Take(SourcesShown)
            .Select(group => new Facet(group.Key.Name, group.Key.Slug, group.Count()))
            .ToListAsync(cancellationToken);
        return new ItemSearchResult(
            await found.CountAsync(cancellationToken), await found.ToPageAsync(after, cancellationToken), sectors, sections, sources);
    }

    private IQueryable<PublishedItem> Where(ItemSearchRequest request)
    {
        var items = db.PublishedItems.AsNoTracking();
        // The provider escapes %, _ and [ of a parameter.
        foreach (var word in request.Words.Words)
            items = items.Where(item => item.SearchText.Contains(word));
        if (request.Sector is { } sector)
            items = items.Where(item => item.Sector!.Slug == sector);
        if (request.Section is { } section)
            items = items.Where(item => item.Section!.Slug == section);
        if (request.Source is { } source)
            items = items.Where(item => item.Source!.Slug == source);
        if (request.From is { } from)
            items = items.Where(item => item.Month >= from);
        if (request.To is { } to)
            items = items.Where(item => item.Month <= to);
        return items;
    }
}
