using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Feeds;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>Reads what watched feeds suggest.</summary>
public sealed class SuggestionReader(PulseDbContext db, CoveredBefore covered)
{
    public const int PageSize = 40;

    /// <param name="page">From 1; a page beyond the last is the last.</param>
    public async Task<SuggestionList> ReadAsync(int page, CancellationToken cancellationToken)
    {
        var waiting = db.FeedEntries.Where(entry => entry.State == FeedEntryState.Waiting);
        var found = await waiting.CountAsync(cancellationToken);
        var pages = Math.Max(1, (found + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        var rows = await waiting
            .OrderByDescending(entry => entry.PublishedUtc ?? entry.SeenUtc).ThenBy(entry => entry.Id)
            .Skip((at - 1) * PageSize)
            .Take(PageSize)
            .Select(entry => new { entry.Id, entry.Feed!.SourceId, Source = entry.Feed.Source!.Name, entry.Title, entry.Url, entry.Description, entry.PublishedUtc })
            .ToListAsync(cancellationToken);
        var before = await covered.FindAllAsync([.. rows.Select(row => new CoveredQuestion { Title = row.Title, Url = row.Url })], cancellationToken);
        return new SuggestionList
        {
            Cards = [.. rows.Zip(before, (row, items) => new SuggestionCard(
                row.Id, row.SourceId, row.Source, row.Title, row.Url, row.Description, row.PublishedUtc, items))],
            Found = found,
            Page = at,
            Pages = pages,
            IsWatching = found > 0 || await db.SourceFeeds.AnyAsync(cancellationToken),
        };
    }
}
