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

    /// <summary>From here on nobody reads them, nor keeps what is still arriving. Within the transaction of the caller, who has <see cref="ForgetAsync"/> remove what they held.</summary>
    /// <param name="why">Told to whoever uploaded one.</param>
    public static Task WithdrawAsync(PulseDbContext db, string why, DateTime now, CancellationToken cancellationToken = default)
        => db.ListImports.Where(row => row.State == ListImportState.Waiting || row.State == ListImportState.Arriving).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, ListImportState.Withdrawn)
                .SetProperty(row => row.Problem, why)
                .SetProperty(row => row.EndedUtc, now)
                .SetProperty(row => row.Preview, (string?)null)
                .SetProperty(row => row.Draft, (string?)null)
                .SetProperty(row => row.LeaseEndUtc, (DateTime?)null)
                .SetProperty(row => row.LeaseNumber, row => row.LeaseNumber + 1)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);

    /// <summary>Removes what withdrawn lists held, and what is kept of the rejected lines of others.</summary>
    public static async Task ForgetAsync(PulseDbContext db, CancellationToken cancellationToken = default)
    {
        foreach (var id in await db.ListImports.Where(row => row.State == ListImportState.Withdrawn).Select(row => row.Id).ToListAsync(cancellationToken))
            await ListParts.DeleteAsync(db, id, cancellationToken);
        await WrittenLines.ForgetAsync(db, row => true, cancellationToken);
    }
}
