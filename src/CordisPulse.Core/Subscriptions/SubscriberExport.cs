using System.Globalization;
using CordisPulse.Core.Data;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Writes the whole list as CSV in the columns that the import reads.</summary>
public sealed class SubscriberExport(PulseDbContext db)
{
    private const int PageSize = 1000;

    /// <summary>As Excel opens it: with a mark of its encoding, and nothing in a cell that it would calculate.</summary>
    public static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    /// <returns>How many people.</returns>
    public async Task<int> WriteAsync(Stream output, CancellationToken cancellationToken = default)
    {
        await using var csv = CsvWriter.Create(output, Format, leaveOpen: true);
        await csv.WriteRecordAsync(["email", "name", "organisation", "sectors", "status", "joined", "left", "ground", "obtained from", "obtained on", "assessment"], cancellationToken);
        var sectors = await SectorNames.ReadAsync(db, cancellationToken);
        var (count, last) = (0, 0);
        while (true)
        {
            var page = await db.Subscribers
                .Where(row => row.Id > last && row.Email != null)
                .OrderBy(row => row.Id)
                .Take(PageSize)
                .Select(row => new
                {
                    row.Id,
                    row.Email,
                    row.Name,
                    row.Organisation,
                    row.Sectors,
                    row.Status,
                    row.CreatedUtc,
                    row.LeftUtc,
                    row.Basis,
                    // Whoever took over an older row is known since then.
                    TakenOverUtc = db.Subscribers.Where(merged => merged.MergedIntoId == row.Id).Min(merged => (DateTime?)merged.CreatedUtc),
                })
                .ToListAsync(cancellationToken);
            foreach (var row in page)
                await csv.WriteRecordAsync(
                    [
                        row.Email ?? "", row.Name ?? "", row.Organisation ?? "", sectors.Write(row.Sectors), row.Status.ToString(), Date(row.TakenOverUtc < row.CreatedUtc ? row.TakenOverUtc : row.CreatedUtc), Date(row.LeftUtc),
                        row.Basis?.Ground.ToString() ?? "", row.Basis?.ObtainedFrom ?? "", row.Basis?.ObtainedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                        row.Basis?.Assessment ?? "",
                    ],
                    cancellationToken);
            count += page.Count;
            if (page.Count < PageSize)
                break;
            last = page[^1].Id;
        }

        await csv.FlushAsync(cancellationToken);
        return count;
    }

    private static string Date(DateTime? utc) => utc?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
