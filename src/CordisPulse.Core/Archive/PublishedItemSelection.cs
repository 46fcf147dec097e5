using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>The order and the columns of every list of published items.</summary>
internal static class PublishedItemSelection
{
    public static async Task<ItemPage> ToPageAsync(this IQueryable<PublishedItem> items, ItemPlace? after, CancellationToken cancellationToken)
    {
        if (after is var (month, position))
            // The first part, which the rest implies, is what an index can begin at.
            items = items.Where(item => item.Month <= month && (item.Month < month || item.Position > position));
        var rows = await items
            .OrderByDescending(item => item.Month).ThenBy(item => item.Position)
            .Take(ItemPage.Size + 1)
            .ToListed()
            .ToListAsync(cancellationToken);
        if (rows.Count <= ItemPage.Size)
            return new ItemPage(rows, null);
        rows.RemoveAt(ItemPage.Size);
        return new ItemPage(rows, new ItemPlace(rows[^1].Month, rows[^1].Position));
    }

    public static IQueryable<ListedItem> ToListed(this IQueryable<PublishedItem> items) => items.Select(item => new ListedItem
    {
        EditionItemId = item.EditionItemId,
        Month = item.Month,
        Position = item.Position,
        Slug = item.Slug,
        Title = item.Title,
        Source = item.Source!.Name,
        SourceSlug = item.Source.Slug,
        Sector = item.Sector!.Name,
        SectorSlug = item.Sector.Slug,
        Colour = item.SectorId == null ? 0 : item.Sector.Colour,
        Section = item.Section!.Name,
        SummaryText = item.SummaryText,
        PublishedUtc = item.PublishedUtc,
        CorrectedUtc = item.CorrectedUtc,
        Correction = item.Correction,
        FirstPublishedElsewhere = item.FirstPublishedElsewhere,
    });
}
