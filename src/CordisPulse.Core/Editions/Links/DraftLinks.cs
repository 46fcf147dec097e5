using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Editions.Links;

/// <summary>Follows the drafts and asks for looks at their links, each time that one is changed.</summary>
public sealed class DraftLinks(IServiceScopeFactory scopes, LinkLooks looks, ILogger<DraftLinks> log)
{
    /// <summary>Of each draft, by its key, when it had been changed as its links were last read.</summary>
    private readonly Dictionary<int, DateTime> _followed = [];

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var drafts = await scope.ServiceProvider.GetRequiredService<PulseDbContext>().Editions.AsNoTracking()
            .Where(edition => edition.PublishedRevision == null)
            .Select(edition => new { edition.Id, edition.Month, edition.ChangedUtc })
            .ToListAsync(cancellationToken);
        foreach (var draft in drafts.Where(draft => _followed.GetValueOrDefault(draft.Id) != draft.ChangedUtc))
        {
            try
            {
                if (await scope.ServiceProvider.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(draft.Month, cancellationToken) is { } document)
                    await looks.WantAsync(EditionLinks.In(document), again: false, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException && !e.IsDatabaseFailure())
            {
                // It holds up no other draft, and is read again once somebody has changed it.
                log.LogError("The links of edition {Key} could not be followed ({Kind})", draft.Id, e.GetType().Name);
            }

            _followed[draft.Id] = draft.ChangedUtc;
        }
    }

    /// <summary>Asks for a look at each link of an edition now, whether it is a draft or not.</summary>
    /// <returns>How many links it has; null when there is no such edition.</returns>
    public async Task<int?> LookAgainAsync(EditionMonth month, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(month, cancellationToken) is not { } document)
            return null;
        var links = EditionLinks.In(document);
        await looks.WantAsync(links, again: true, cancellationToken);
        return links.Count;
    }
}
