using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CordisPulse.Core.Data;

/// <summary>
/// Raises <c>Version</c> with every save of a row that has one; a new row begins with 1, or with what it is given to go on from.
/// <c>ExecuteUpdate</c> goes round it and raises it by hand.
/// </summary>
internal sealed class VersionInterceptor : SaveChangesInterceptor
{
    public const string Property = "Version";

    public static readonly VersionInterceptor Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Raise(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Raise(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private static void Raise(DbContext? db)
    {
        foreach (var entry in db?.ChangeTracker.Entries() ?? [])
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified) || entry.Metadata.FindProperty(Property) is not { IsConcurrencyToken: true })
                continue;
            var version = entry.Property(Property);
            version.CurrentValue = entry.State == EntityState.Added ? Math.Max(1, (int)version.CurrentValue!) : (int)version.OriginalValue! + 1;
        }
    }
}
