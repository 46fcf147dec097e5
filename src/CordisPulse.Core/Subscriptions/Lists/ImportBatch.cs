using System.Diagnostics;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>A batch of an import and how far the import is are saved together; it is small enough that nobody who sends, joins or leaves waits for it.</summary>
internal static class ImportBatch
{
    public const int FirstSize = 200;

    /// <summary>Below it the batches themselves cost more than what they hold.</summary>
    private const int SmallestSize = 100;

    private const int MostTries = 10;

    /// <summary>A node that was killed leaves its import for so long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>How long a batch may keep others from writing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(60);

    /// <summary>The import, with its lease lengthened; null when it is another's by now. Saving fails where that happens in between.</summary>
    public static async Task<ListImport?> HeldAsync(PulseDbContext db, ImportLease lease, ListImportState state, DateTime now, CancellationToken cancellationToken)
    {
        var import = await db.ListImports.SingleOrDefaultAsync(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number && row.State == state, cancellationToken);
        if (import is not null)
            import.LeaseEndUtc = now + Lease;
        return import;
    }

    /// <param name="also">What is written beside the unit of work, in its transaction.</param>
    /// <returns>How long it kept others from writing; null when somebody among them joined or left meanwhile, and it has to be done anew.</returns>
    public static async Task<TimeSpan?> SavedAsync(PulseDbContext db, Func<Task> also, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var clock = Stopwatch.GetTimestamp();
            await db.SaveChangesAsync(cancellationToken);
            await also();
            await transaction.CommitAsync(cancellationToken);
            return Stopwatch.GetElapsedTime(clock);
        }
        catch (DbUpdateException e) when (attempt < MostTries && SubscriberRow.WasOvertaken(e))
        {
            return null;
        }
    }

    /// <summary>How large the next is to be.</summary>
    public static int NextSize(int size, TimeSpan took)
        => Math.Clamp((int)(size * Math.Clamp(Longest / took, 0.25, 1.5)), SmallestSize, SubscriberAdmission.LargestBatch);
}
