using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CordisPulse.Core.Data;

/// <summary>
/// Counts what this process has changed of what readers see, from the moment it is committed. Other processes' changes are known by the
/// content's version alone.
/// </summary>
public sealed class ContentChanges : DbTransactionInterceptor
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    internal void Note() => Interlocked.Increment(ref _count);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Note(eventData.Context);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context);
        return Task.CompletedTask;
    }

    private void Note(DbContext? db)
    {
        if (db is PulseDbContext { HasRaisedContentVersion: true })
            Note();
    }
}
