using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mail.Returns.Mailbox;

/// <summary>Of all nodes on a database one reads the mailbox: whoever holds the lease. What it finds the matter is written down beside it.</summary>
public sealed class MailboxLease(IDbContextFactory<PulseDbContext> contexts, SendingNode node)
{
    /// <summary>A node that died is followed by another after this time.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private static readonly double Seconds = Length.TotalSeconds;

    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MailboxReadings
            .Where(row => row.Id == MailboxReading.OnlyId && (row.LeaseOwner == null || row.LeaseOwner == node.Id || row.LeaseEndUtc < DateTime.UtcNow))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeaseOwner, node.Id).SetProperty(row => row.LeaseEndUtc, row => DateTime.UtcNow.AddSeconds(Seconds)), cancellationToken) == 1;
    }

    /// <summary>False when another node has it.</summary>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Held(db).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseEndUtc, row => DateTime.UtcNow.AddSeconds(Seconds)), cancellationToken) == 1;
    }

    public async Task ReleaseAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        await Held(db).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseOwner, (string?)null).SetProperty(row => row.LeaseEndUtc, (DateTime?)null));
    }

    /// <summary>The mailbox is read, and nothing waits in it.</summary>
    public async Task LookedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await Held(db).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.LookedUtc, row => DateTime.UtcNow)
                .SetProperty(row => row.Problem, (string?)null)
                .SetProperty(row => row.ProblemUtc, (DateTime?)null),
            cancellationToken);
    }

    public async Task FailedAsync(string problem, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await Held(db).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.ProblemUtc, row => row.ProblemUtc ?? DateTime.UtcNow)
                .SetProperty(row => row.Problem, problem),
            cancellationToken);
    }

    private IQueryable<MailboxReading> Held(PulseDbContext db) => db.MailboxReadings.Where(row => row.Id == MailboxReading.OnlyId && row.LeaseOwner == node.Id);
}
