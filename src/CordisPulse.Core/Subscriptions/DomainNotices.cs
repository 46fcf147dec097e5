using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

public sealed record DomainNoticeLine(int Id, string Domain, ConsentEvent Event, DateTime FirstUtc, DateTime LastUtc, int People);

/// <param name="Lines">Those that are shown.</param>
/// <param name="All">How many nobody has settled.</param>
public sealed record OpenNotices(IReadOnlyList<DomainNoticeLine> Lines, int All);

/// <summary>What looked like a mail filter, as staff see it.</summary>
public sealed class DomainNotices(PulseDbContext db, TimeProvider time)
{
    /// <summary>More wait until these are settled.</summary>
    public const int MostShown = 50;

    /// <summary>The newest first.</summary>
    public async Task<OpenNotices> OpenAsync(CancellationToken cancellationToken = default)
    {
        var open = db.DomainNotices.Where(row => row.SeenUtc == null);
        var lines = await open
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new DomainNoticeLine(row.Id, row.Domain, row.Event, row.FirstUtc, row.LastUtc, row.People))
            .ToListAsync(cancellationToken);
        return new OpenNotices(lines, lines.Count < MostShown ? lines.Count : await open.CountAsync(cancellationToken));
    }

    /// <summary>Somebody has seen enough of them.</summary>
    /// <returns>How many nobody had settled before.</returns>
    public Task<int> SettleAsync(IReadOnlyCollection<int> ids, int byId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return db.DomainNotices
            .Where(row => ids.Contains(row.Id) && row.SeenUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenUtc, now).SetProperty(row => row.SeenById, byId));
    }
}
