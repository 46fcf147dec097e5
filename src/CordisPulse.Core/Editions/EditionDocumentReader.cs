using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions;

/// <summary>Makes the <see cref="EditionDocument"/> of an edition: of the working text for the desk, or as it was published for everybody else.</summary>
public sealed class EditionDocumentReader(PulseDbContext db, IOptions<SiteOptions> site)
{
    /// <summary>The working text as it stands; null when there is no such edition.</summary>
    public async Task<EditionDocument?> ReadDraftAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var edition = await db.Editions.AsNoTracking()
            .Where(e => e.Month == month)
            .Select(e => new
            {
                e.Id,
                e.Month,
                e.Subject,
                e.Preheader,
                e.Introduction,
                e.SignOffName,
                e.SignOffRole,
                e.PublishedOn,
                e.PublishedRevision,
                FirstPublishedUtc = db.PublishedEditions.Where(p => p.EditionId == e.Id).OrderBy(p => p.Revision).Select(p => (DateTime?)p.PublishedUtc).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (edition is null)
            return null;

        var news = await db.NewsItems.AsNoTracking()
            .Where(n => n.EditionId == edition.Id)
            .OrderBy(n => n.Position).ThenBy(n => n.Id)
            .Select(n => new DocumentNews { NewsItemId = n.Id, Title = n.Title, Url = n.Url, Body = n.Body, EventOn = n.EventOn, Deadline = n.Deadline })
            .ToListAsync(cancellationToken);
        var rows = await db.EditionItems.AsNoTracking()
            .Where(i => i.EditionId == edition.Id)
            .OrderBy(i => i.Position).ThenBy(i => i.Id)
            .Select(i => new ItemRow(
                i.SectorId == null ? null : new Place(i.Sector!.Name, i.Sector.Slug, i.Sector.Position, i.Sector.Colour),
                i.SectionId == null ? null : new Place(i.Section!.Name, i.Section.Slug, i.Section.Position, 0),
                new DocumentItem
                {
                    ItemId = i.Id,
                    Source = i.Source!.Name,
                    SourceSlug = i.Source.Slug,
                    Title = i.Title,
                    Url = i.Url,
                    Slug = i.Slug,
                    Authors = i.Authors,
                    PublishedOn = i.PublishedOn,
                    Doi = i.Doi,
                    Summary = i.Summary,
                },
                i.Topics))
            .ToListAsync(cancellationToken);
        var topics = await KnownTopics.ReadAsync(db, cancellationToken);
        var setAside = await db.SetAsideTexts.AsNoTracking()
            .Where(s => s.EditionId == edition.Id)
            .OrderBy(s => s.Position)
            .Select(s => new DocumentSetAside { After = s.AfterItem!.Slug, Text = s.Text })
            .ToListAsync(cancellationToken);

        var sectors = Arrange(rows.Select(row => row with { Item = row.Item with { Topics = TopicsOf(row, topics) } }));
        var title = edition.Month.Title;
        return new EditionDocument
        {
            Month = edition.Month,
            Title = title,
            SetAside = setAside,
            Status = edition.PublishedRevision is null ? EditionStatus.Draft : EditionStatus.Published,
            PublishedAt = edition.PublishedOn?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
                ?? (edition.PublishedRevision is null ? null : edition.FirstPublishedUtc),
            FirstPublishedElsewhere = edition.PublishedOn is not null,
            Subject = edition.Subject ?? $"{site.Value.Name}: {title}",
            Preheader = edition.Preheader ?? EditionDocument.DefaultPreheader(sectors),
            Introduction = edition.Introduction,
            SignOff = edition.SignOffName is null ? null : new DocumentSignOff(edition.SignOffName, edition.SignOffRole),
            News = news,
            Sectors = sectors,
        };
    }

    /// <summary>What readers see now; null when the edition is not published.</summary>
    public async Task<EditionDocument?> ReadPublishedAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var json = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Edition!.Month == month && p.Edition.PublishedRevision == p.Revision)
            .Select(p => p.Document)
            .SingleOrDefaultAsync(cancellationToken);
        return json is null ? null : EditionDocument.FromJson(json);
    }

    /// <summary>What of the working text readers do not see yet, a line each; none while they see nothing at all.</summary>
    public async Task<IReadOnlyList<string>> ReadUnpublishedChangesAsync(EditionDocument draft, CancellationToken cancellationToken = default)
        => await ReadPublishedAsync(draft.Month, cancellationToken) is { } published
            ? EditionChanges.Between(published.With(await FormerKeys.ReadAsync(db, draft.Month, cancellationToken)), draft)
            : [];

    private static List<DocumentSector> Arrange(IEnumerable<ItemRow> rows)
    {
        var unplaced = new Place("Not placed yet", null, int.MaxValue, 0);
        return [.. rows
            .GroupBy(row => row.Sector ?? unplaced)
            .OrderBy(sector => sector.Key.Position)
            .Select(sector => new DocumentSector
            {
                Name = sector.Key.Name,
                Slug = sector.Key.Slug,
                Colour = sector.Key.Colour,
                Sections = [.. sector
                    .GroupBy(row => row.Section ?? unplaced)
                    .OrderBy(section => section.Key.Position)
                    .Select(section => new DocumentSection
                    {
                        Name = section.Key.Name,
                        Slug = section.Key.Slug,
                        Items = [.. section.Select(row => row.Item)],
                    })],
            })];
    }

    private static List<DocumentTopic>? TopicsOf(ItemRow row, KnownTopics topics)
        => topics.Of(row.Topics) is { Count: > 0 } known ? [.. known.Select(topic => new DocumentTopic(topic.Name, topic.Slug))] : null;

    private sealed record Place(string Name, string? Slug, int Position, int Colour);

    private sealed record ItemRow(Place? Sector, Place? Section, DocumentItem Item, IReadOnlyList<string> Topics);
}
