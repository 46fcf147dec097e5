using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>How many items the last editions had, each number a rounded mean.</summary>
public sealed record UsualCounts(int Items, IReadOnlyDictionary<(int SectorId, int SectionId), int> Cells)
{
    /// <summary>As many editions back as the means look.</summary>
    public const int Editions = 12;

    /// <summary>Fewer say nothing of what is usual.</summary>
    public const int FewEditions = 3;

    public static UsualCounts None { get; } = new(0, new Dictionary<(int, int), int>());

    public int Of(int sectorId, int sectionId) => Cells.GetValueOrDefault((sectorId, sectionId));
}

public sealed class UsualCountsReader(PulseDbContext db)
{
    public async Task<UsualCounts> ReadAsync(EditionMonth month, CancellationToken cancellationToken)
    {
        var months = await db.Editions
            .Where(e => e.PublishedRevision != null && e.Month < month)
            .OrderByDescending(e => e.Month).Take(UsualCounts.Editions)
            .Select(e => e.Month)
            .ToListAsync(cancellationToken);
        if (months.Count < UsualCounts.FewEditions)
            return UsualCounts.None;
        var first = months[^1];
        var counts = await db.PublishedItems.Where(i => i.Month >= first && i.Month < month)
            .GroupBy(i => new { i.SectorId, i.SectionId })
            .Select(cell => new { cell.Key.SectorId, cell.Key.SectionId, Items = cell.Count() })
            .ToListAsync(cancellationToken);
        return new UsualCounts(
            Mean(counts.Sum(cell => cell.Items)),
            counts.Where(cell => cell is { SectorId: not null, SectionId: not null }).ToDictionary(cell => (cell.SectorId!.Value, cell.SectionId!.Value), cell => Mean(cell.Items)));

        int Mean(int items) => (int)Math.Round((double)items / months.Count, MidpointRounding.AwayFromZero);
    }
}
