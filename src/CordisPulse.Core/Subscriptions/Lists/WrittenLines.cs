using System.Linq.Expressions;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What the rejected lines of imports say.</summary>
internal static class WrittenLines
{
    /// <summary>So many of one import are kept: enough to mend a list by, and emptied in a moment.</summary>
    public const int Most = 10_000;

    /// <summary>Empties them; an import that goes on writes down none any more. In the transaction of the caller, so that none is left half emptied.</summary>
    public static async Task ForgetAsync(PulseDbContext db, Expression<Func<ListImport, bool>> which, CancellationToken cancellationToken = default)
    {
        var ids = await db.ListImports.Where(row => row.KeepsWritten).Where(which).Select(row => row.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return;
        await db.ListImports.Where(row => EF.Parameter(ids).Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.KeepsWritten, false).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        await db.ListImportLines.Where(line => EF.Parameter(ids).Contains(line.ImportId) && line.Written != null)
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.Written, (string?)null), cancellationToken);
    }
}
