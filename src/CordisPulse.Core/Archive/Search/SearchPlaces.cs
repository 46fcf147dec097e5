using CordisPulse.Core.Data;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive.Search;

/// <summary>Something that entries are counted by.</summary>
internal sealed record SearchPlace(int Id, string Name, string Slug);

/// <summary>Sectors and sections in the catalogue's order, and all sources.</summary>
internal sealed record SearchPlaces(IReadOnlyList<SearchPlace> Sectors, IReadOnlyList<SearchPlace> Sections, IReadOnlyDictionary<int, SearchPlace> Sources)
{
    public static async Task<SearchPlaces> ReadAsync(PulseDbContext db, CancellationToken cancellationToken) => new(
        await db.Sectors.OrderBy(row => row.Position).ThenBy(row => row.Id).Select(row => new SearchPlace(row.Id, row.Name, row.Slug)).ToListAsync(cancellationToken),
        await db.Sections.OrderBy(row => row.Position).ThenBy(row => row.Id).Select(row => new SearchPlace(row.Id, row.Name, row.Slug)).ToListAsync(cancellationToken),
        await db.Sources.Select(row => new SearchPlace(row.Id, row.Name, row.Slug)).ToDictionaryAsync(row => row.Id, cancellationToken));
}

/// <summary>What a search is read and counted by, as of one version of the content.</summary>
internal sealed record SearchCatalogue(ContentState? Version, SearchPlaces Places, SearchSynonyms Synonyms)
{
    public static async Task<SearchCatalogue> ReadAsync(PulseDbContext db, ContentState? version, CancellationToken cancellationToken) => new(
        version,
        await SearchPlaces.ReadAsync(db, cancellationToken),
        await new SitePageReader(db).ReadAsync(SearchSynonyms.Page, cancellationToken) is { } text ? SearchSynonyms.Read(text.Body) : SearchSynonyms.None);
}
