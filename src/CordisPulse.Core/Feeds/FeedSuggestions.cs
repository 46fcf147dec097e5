using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Feeds;

public sealed record SettleSuggestions
{
    public required IReadOnlyList<int> Ids { get; init; }

    public required int ById { get; init; }
}

/// <summary>Says of what feeds have announced that it is not wanted.</summary>
public sealed class FeedSuggestions(PulseDbContext db, TimeProvider time)
{
    /// <summary>For good: no feed suggests these links again.</summary>
    /// <returns>The keys of those that were still waiting.</returns>
    public async Task<IReadOnlyList<int>> DismissAsync(SettleSuggestions dismiss, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await db.FeedEntries
            .Where(entry => dismiss.Ids.Contains(entry.Id) && entry.State == FeedEntryState.Waiting)
            .ExecuteUpdateAsync(
                row => row.SetProperty(entry => entry.State, FeedEntryState.Dismissed).SetProperty(entry => entry.SettledUtc, now).SetProperty(entry => entry.SettledById, dismiss.ById),
                cancellationToken);
        return await db.FeedEntries
            .Where(entry => dismiss.Ids.Contains(entry.Id) && entry.State == FeedEntryState.Dismissed && entry.SettledUtc == now && entry.SettledById == dismiss.ById)
            .OrderBy(entry => entry.Id)
            .Select(entry => entry.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Has what was dismissed wait again.</summary>
    /// <returns>How many do.</returns>
    public Task<int> PutBackAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken = default)
        => db.FeedEntries
            .Where(entry => ids.Contains(entry.Id) && entry.State == FeedEntryState.Dismissed)
            .ExecuteUpdateAsync(
                row => row.SetProperty(entry => entry.State, FeedEntryState.Waiting).SetProperty(entry => entry.SettledUtc, (DateTime?)null).SetProperty(entry => entry.SettledById, (int?)null),
                cancellationToken);
}
