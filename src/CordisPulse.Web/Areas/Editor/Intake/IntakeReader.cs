using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Intake;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>Reads the intake and the forms of its items.</summary>
public sealed class IntakeReader(PulseDbContext db, CoveredBefore covered, PlaceSuggestions suggestions, SuggestionReader suggested, PublicAddress address)
{
    private const int PageSize = 30;
    private const int MostEditions = 24;

    /// <param name="form">What was pasted, when it could not be taken.</param>
    /// <param name="into">The edition to put items into; null for the newest draft.</param>
    /// <param name="page">From 1; a page beyond the last is the last.</param>
    /// <param name="suggestionsPage">Likewise, of what feeds suggest.</param>
    public async Task<IntakePage> ReadAsync(LinksForm form, EditionMonth? into, int page, int suggestionsPage, CancellationToken cancellationToken)
    {
        var found = await db.IntakeEntries.CountAsync(cancellationToken);
        var pages = Math.Max(1, (found + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        var editions = await db.Editions
            .OrderBy(edition => edition.PublishedRevision != null).ThenByDescending(edition => edition.Month)
            .Select(edition => edition.Month)
            .Take(MostEditions)
            .ToListAsync(cancellationToken);
        var places = await PlacesAsync(cancellationToken);
        return new IntakePage
        {
            Form = form,
            Found = found,
            Page = at,
            Pages = pages,
            Editions = editions,
            Into = into is { } month && editions.Contains(month) ? month : editions.Count > 0 ? editions[0] : null,
            Places = places,
            Cards = await CardsAsync(at, places, cancellationToken),
            Suggestions = await suggested.ReadAsync(suggestionsPage, cancellationToken),
            Bookmarklet = $"javascript:void(open('{address.Links.To("editor/intake/add")}?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)))",
        };
    }

    public async Task<IntakeItemPage?> ReadItemAsync(int id, CancellationToken cancellationToken)
    {
        var row = await db.EditionItems.AsNoTracking().Include(i => i.Source).Include(i => i.Intake)
            .SingleOrDefaultAsync(i => i.Id == id && i.Intake != null, cancellationToken);
        if (row is null)
            return null;
        var form = ItemForm.Of(EditionComposer.TextOf(row), row.Version, row.SectorId, row.SectionId);
        var publisher = row.SourceId is null ? row.Intake!.Publisher : null;
        form.Source ??= publisher;
        return await ItemPageAsync(id, form, null, cancellationToken) with { NewSource = publisher };
    }

    /// <summary>The page around a form.</summary>
    public async Task<IntakeItemPage> ItemPageAsync(int? id, ItemForm form, ConflictPage? conflict, CancellationToken cancellationToken)
    {
        var entry = await db.IntakeEntries.Where(e => e.ItemId == id).Select(e => new { e.Problem, e.Description }).SingleOrDefaultAsync(cancellationToken);
        return new IntakeItemPage(
            id, form, await db.Sources.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken), await PlacesAsync(cancellationToken),
            await covered.FindAsync(new CoveredQuestion { ItemId = id, Title = form.Title, Url = form.Url, Doi = form.Doi }, cancellationToken),
            entry?.Problem, entry?.Description, null, conflict);
    }

    private async Task<IReadOnlyList<IntakePlace>> PlacesAsync(CancellationToken cancellationToken)
    {
        var sections = await db.Sections.OrderBy(s => s.Position).Select(s => new { s.Id, s.Name }).ToListAsync(cancellationToken);
        var sectors = await db.Sectors.OrderBy(s => s.Position).Select(s => new { s.Id, s.Name }).ToListAsync(cancellationToken);
        return [.. sectors.SelectMany(sector => sections.Select(section => new IntakePlace($"{sector.Id}-{section.Id}", sector.Id, section.Id, sector.Name, section.Name)))];
    }

    private async Task<IReadOnlyList<IntakeCard>> CardsAsync(int page, IReadOnlyList<IntakePlace> places, CancellationToken cancellationToken)
    {
        var rows = await db.IntakeEntries
            .OrderByDescending(entry => entry.ItemId)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Select(entry => new
            {
                entry.ItemId,
                entry.Item!.Title,
                entry.Item.Url,
                entry.Item.Doi,
                entry.Item.SourceId,
                Source = entry.Item.Source!.Name,
                entry.Item.SectorId,
                entry.Item.SectionId,
                entry.Item.PublishedOn,
                entry.Item.NotBeforeUtc,
                entry.Publisher,
                entry.Description,
                entry.Reading,
                entry.Problem,
                entry.NextReadingUtc,
                entry.AddedUtc,
                AddedBy = entry.AddedBy!.Email,
            })
            .ToListAsync(cancellationToken);
        var unplaced = rows.Where(row => row.SectorId is null || row.SectionId is null).Select(row => new UnplacedItem(row.ItemId, row.SourceId, row.Source, row.Title));
        var placed = await suggestions.ForAsync([.. unplaced], cancellationToken);
        var cards = new List<IntakeCard>();
        foreach (var row in rows)
        {
            var suggestion = placed.GetValueOrDefault(row.ItemId);
            var (sector, section) = suggestion is null ? (row.SectorId, row.SectionId) : (suggestion.SectorId, suggestion.SectionId);
            var place = places.FirstOrDefault(one => one.SectorId == sector && one.SectionId == section);
            cards.Add(new IntakeCard
            {
                Id = row.ItemId,
                Title = row.Title,
                Url = row.Url,
                Source = row.Source,
                NewSource = row.SourceId is null ? row.Publisher : null,
                Description = row.Description,
                PublishedOn = row.PublishedOn?.ToString(),
                NotBeforeUtc = row.NotBeforeUtc,
                Reading = row.Reading,
                Problem = row.Problem,
                NextReadingUtc = row.NextReadingUtc,
                AddedUtc = row.AddedUtc,
                AddedBy = row.AddedBy,
                Covered = await covered.FindAsync(new CoveredQuestion { ItemId = row.ItemId, Title = row.Title, Url = row.Url, Doi = row.Doi }, cancellationToken),
                Place = place,
                PlaceReason = suggestion?.Reason ?? (place is null ? null : "as its form says"),
            });
        }

        return cards;
    }
}
