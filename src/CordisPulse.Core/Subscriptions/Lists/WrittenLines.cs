using System.Linq.Expressions;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What the rejected lines of imports say.</summary>
internal static class WrittenLines
{
    private const int AtOnce = 2000;

    /// <summary>Empties them, some at a time, so that nobody waits; an import that goes on writes down none any more.</summary>
    public static async Task ForgetAsync(PulseDbContext db, Expression<Func<ListImport, bool>> which, CancellationToken cancellationToken)
    {
        var ids = await db.ListImports.Where(row => row.KeepsWritten).Where(which).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            await db.ListImports.Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.KeepsWritten, false).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
            var lines = db.ListImportLines.Where(line => line.ImportId == id && line.Written != null);
            while (await lines.OrderBy(line => line.Line).Select(line => line.Line).Take(AtOnce).ToListAsync(cancellationToken) is [var first, ..] and [.., var last])
                await lines.Where(line => line.Line >= first && line.Line <= last).ExecuteUpdateAsync(set => set.SetProperty(line => line.Written, (string?)null), cancellationToken);
        }
    }
}
