using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

public sealed record DomainNoticeLine(int Id, string Domain, ConsentEvent Event, DateTime FirstUtc, DateTime LastUtc, int People);

/// <summary>What looked like a mail filter, as staff see it.</summary>
public sealed class DomainNotices(PulseDbContext db, TimeProvider time)
{
    private const int MostShown = 20;

    public Task<List<DomainNoticeLine>> OpenAsync(CancellationToken cancellationToken = default)
        => db.DomainNotices
            .Where(row => row.SeenUtc == null)
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new DomainNoticeLine(row.Id, row.Domain, row.Event, row.FirstUtc, row.LastUtc, row.People))
            .ToListAsync(cancellationToken);

    /// <summary>Somebody has seen enough of it.</summary>
    public Task SettleAsync(int id, int byId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return db.DomainNotices
            .Where(row => row.Id == id && row.SeenUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenUtc, now).SetProperty(row => row.SeenById, byId));
    }
}
