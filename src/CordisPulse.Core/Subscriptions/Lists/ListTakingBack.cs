using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Takes an import back batch by batch, from where that has come.</summary>
public sealed class ListTakingBack(IDbContextFactory<PulseDbContext> contexts, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task TakeBackAsync(ImportLease lease, ListImport undone, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var (size, done) = (ImportBatch.FirstSize, undone.TakenBack + undone.Stayed);
        while (await TakeBatchBackAsync(lease, size, cancellationToken) is var (took, count, isLast))
        {
            progress?.Invoke(done += count, undone.Added);
            if (isLast)
                return;
            size = ImportBatch.NextSize(size, took);
        }
    }

    private async Task<(TimeSpan Took, int Count, bool IsLast)?> TakeBatchBackAsync(ImportLease lease, int size, CancellationToken cancellationToken)
    {
        var keepsRows = false;
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await ImportBatch.HeldAsync(db, lease, ListImportState.Undoing, Now, cancellationToken) is not { } import)
                return null;
            var (count, isLast) = (0, false);
            try
            {
                if (await ImportBatch.SavedAsync(db, TakeAsync, attempt, cancellationToken) is { } took)
                    return (took, count, isLast);
            }
            catch (Exception e) when (!keepsRows && e.IsDatabaseFailure() && !e.IsTransientDatabaseFailure())
            {
                // Something names one of them that is not known here: they are taken off the list, and their rows stay.
                keepsRows = true;
            }

            async Task TakeAsync()
            {
                count = await new ImportUndoing(db, import, Now).TakeBackAsync(size, keepsRows, cancellationToken);
                isLast = count < size;
                if (isLast)
                    (import.State, import.LeaseEndUtc) = (ListImportState.Undone, null);
                await db.SaveChangesAsync(cancellationToken);
            }
        }
    }
}
