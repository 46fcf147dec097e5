using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CordisPulse.Benchmarks;

/// <summary>Puts the database a way off: each commit takes so much longer.</summary>
internal sealed class SlowCommits(TimeSpan delay) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (delay > TimeSpan.Zero)
            // A timer of the framework would be late by a millisecond and more.
            await Task.Factory.StartNew(() => Thread.Sleep(delay), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return result;
    }
}
