using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>
/// Lists that wait when somebody is erased. They can name the person in any column, spelling, sheet or encoding, read or not, and nobody could
/// be sure of having found them all: every one goes, and whoever uploaded it is told and can do so again.
/// </summary>
internal static class WaitingLists
{
    public const string Erased
        = "Somebody was erased while this list waited, and it may have named them. It was removed so that nothing of them stays; nobody was added. Upload it again: whoever was erased is added by no list.";

    public const string Restored
        = "An older backup was restored, and this list may name somebody who was erased since it was made. It was removed so that nothing of them stays; nobody was added. Upload it again.";

    private static readonly List<string> NoSheets = [];

    /// <summary>
    /// From here on nobody reads them, nor keeps what is still arriving; what is kept of the rejected lines of others goes with them. Within the
    /// transaction of the caller, who has <see cref="RemoveAsync"/> remove what they held.
    /// </summary>
    /// <param name="why">Told to whoever uploaded one.</param>
    public static async Task WithdrawAsync(PulseDbContext db, string why, DateTime now, CancellationToken cancellationToken = default)
    {
        await db.ListImports.Where(row => row.State == ListImportState.Waiting || row.State == ListImportState.Arriving).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, ListImportState.Withdrawn)
                .SetProperty(row => row.FileName, ListImport.Nameless)
                .SetProperty(row => row.Sheets, NoSheets)
                .SetProperty(row => row.Problem, why)
                .SetProperty(row => row.EndedUtc, now)
                .SetProperty(row => row.Preview, (string?)null)
                .SetProperty(row => row.Draft, (string?)null)
                .SetProperty(row => row.LeaseEndUtc, (DateTime?)null)
                .SetProperty(row => row.LeaseNumber, row => row.LeaseNumber + 1)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        await WrittenLines.ForgetAsync(db, row => true, cancellationToken);
    }

    /// <summary>A file, or a sheet of it, may have been called after somebody who was on it. Within the transaction of the caller.</summary>
    /// <param name="people">Their numbers.</param>
    public static Task UnnameAsync(PulseDbContext db, List<int> people, CancellationToken cancellationToken = default)
        => db.ListImports
            .Where(row => row.FileName != ListImport.Nameless && db.ListImportLines.Any(line => line.ImportId == row.Id && EF.Parameter(people).Contains(line.SubscriberId!.Value)))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.FileName, ListImport.Nameless)
                    .SetProperty(row => row.Sheets, NoSheets)
                    .SetProperty(row => row.Version, row => row.Version + 1),
                cancellationToken);

    /// <summary>Removes what withdrawn lists held. Should the program end before, the next sweep does it.</summary>
    public static async Task RemoveAsync(PulseDbContext db, CancellationToken cancellationToken = default)
    {
        foreach (var id in await db.ListImports.Where(row => row.State == ListImportState.Withdrawn).Select(row => row.Id).ToListAsync(cancellationToken))
            await ListParts.DeleteAsync(db, id, cancellationToken);
    }
}
