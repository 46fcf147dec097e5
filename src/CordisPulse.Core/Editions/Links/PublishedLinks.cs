using CordisPulse.Core.Archive;
using CordisPulse.Core.Data;
using CordisPulse.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions.Links;

/// <summary>A published link that is to be looked at.</summary>
/// <param name="Looks">Looks begun; once claimed, also the number of the lease.</param>
/// <param name="Standing">Before this look.</param>
public sealed record DuePublishedLink(long Id, string Url, string Host, int Looks, LinkStanding Standing);

/// <summary>
/// What editions lead to, as rows that follow what readers see: claimed by one node at a time, settled with what was seen and when to
/// look again. The published text knows nothing of it.
/// </summary>
public sealed class PublishedLinks(IDbContextFactory<PulseDbContext> contexts, ContentWatch watch, IOptions<OutboundOptions> options, TimeProvider time)
{
    /// <summary>Looks at one site in a day, of all nodes.</summary>
    public const int MostOfOneSite = 500;

    /// <summary>Enough that one site with many links does not hide the others.</summary>
    private const int MostLookedAt = 500;

    /// <summary>Addresses in one statement.</summary>
    private const int AtOnce = 200;

    /// <summary>Readers' pages are made anew when a mark changes, and so all of them together and no more often than this.</summary>
    private static readonly TimeSpan BetweenMarks = TimeSpan.FromMinutes(10);

    /// <summary>How long the links of a site wait that was looked at often enough.</summary>
    private static readonly TimeSpan SiteRests = TimeSpan.FromHours(1);

    private HashSet<Publication> _followed = [];
    private ContentState? _version;
    private DateTime? _markedUtc;
    private volatile bool _isToBeMarked = true;

    /// <summary>Longer than the requests of a look may take with all their redirects: two for the page, one for another site's.</summary>
    private TimeSpan Lease => (options.Value.Timeout * 3) + TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Brings the rows up to what readers see. An edition is read when it is published and never again.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var version = await watch.CurrentAsync(cancellationToken);
        if (version == _version)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var current = await db.PublishedEditions.AsNoTracking()
            .Where(row => row.Edition!.PublishedRevision == row.Revision)
            .Select(row => new Publication(row.Id, row.Sha256))
            .ToHashSetAsync(cancellationToken);
        if (_version is null || !current.SetEquals(_followed))
        {
            var present = await db.PublishedLinkPlaces.Select(place => place.PublishedEditionId).Distinct().ToHashSetAsync(cancellationToken);
            foreach (var publication in current.Where(publication => !_followed.Contains(publication) && !present.Contains(publication.Id)))
                while (!await TryAddAsync(publication.Id, cancellationToken))
                {
                    // Another node has just put one of its links in; it is found the next time.
                }

            await DropOldAsync(db, cancellationToken);
        }

        (_followed, _version) = (current, version);
    }

    /// <summary>The longest waiting first.</summary>
    public async Task<IReadOnlyList<DuePublishedLink>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.PublishedLinks.AsNoTracking()
            .Where(link => link.NextLookUtc <= now)
            .OrderBy(link => link.NextLookUtc).ThenBy(link => link.Id)
            .Select(link => new DuePublishedLink(
                link.Id, link.Url, link.Host, link.Looks, new LinkStanding(link.Failures, link.FailingSinceUtc, link.GoneUtc, link.LastAnsweredUtc, link.MovedTo)))
            .Take(MostLookedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null when another node was first, or the site has been looked at often enough today.</summary>
    public async Task<DuePublishedLink?> ClaimAsync(DuePublishedLink due, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, end) = (Now, Now + Lease);
        var (yesterday, rested) = (now - TimeSpan.FromDays(1), now + SiteRests);
        if (await db.PublishedLinks.CountAsync(link => link.Host == due.Host && link.LookedUtc > yesterday, cancellationToken) >= MostOfOneSite)
        {
            await db.PublishedLinks
                .Where(link => link.Host == due.Host && link.NextLookUtc <= now)
                .ExecuteUpdateAsync(row => row.SetProperty(link => link.NextLookUtc, rested), cancellationToken);
            return null;
        }

        var claimed = await db.PublishedLinks
            .Where(link => link.Id == due.Id && link.Looks == due.Looks && link.NextLookUtc <= now)
            .ExecuteUpdateAsync(row => row.SetProperty(link => link.Looks, due.Looks + 1).SetProperty(link => link.NextLookUtc, end), cancellationToken);
        return claimed == 1 ? due with { Looks = due.Looks + 1 } : null;
    }

    /// <param name="claimed">The look that has ended.</param>
    /// <param name="probed">What it saw.</param>
    public async Task SettleAsync(DuePublishedLink claimed, ProbedLink probed)
    {
        // What has happened is written down even while the program stops.
        await using var db = await contexts.CreateDbContextAsync();
        var now = Now;
        var standing = claimed.Standing.After(probed.Seen, claimed.Url, now);
        var next = now + WatchSchedule.PauseAfter(probed, standing);
        var isNews = standing.DiffersFrom(claimed.Standing);
        await db.PublishedLinks
            .Where(link => link.Id == claimed.Id && link.Looks == claimed.Looks)
            .ExecuteUpdateAsync(row => row
                .SetProperty(link => link.LookedUtc, now)
                .SetProperty(link => link.NextLookUtc, next)
                .SetProperty(link => link.State, probed.Seen.State)
                .SetProperty(link => link.Problem, probed.Seen.Problem)
                .SetProperty(link => link.Failures, standing.Failures)
                .SetProperty(link => link.FailingSinceUtc, standing.FailingSinceUtc)
                .SetProperty(link => link.GoneUtc, standing.GoneUtc)
                .SetProperty(link => link.LastAnsweredUtc, standing.LastAnsweredUtc)
                .SetProperty(link => link.MovedTo, standing.MovedTo)
                .SetProperty(link => link.LeftUtc, link => isNews ? null : link.LeftUtc)
                .SetProperty(link => link.LeftById, link => isNews ? null : link.LeftById));
        _isToBeMarked |= isNews;
    }

    /// <summary>The link of another site that was answered last, by whatever answer; null when none was.</summary>
    public async Task<AnsweredLink?> LastAnsweredAsync(DuePublishedLink besides, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.PublishedLinks
            .Where(link => link.Host != besides.Host && link.LookedUtc != null && (link.State == LinkState.Answers || link.State == LinkState.Gone))
            .OrderByDescending(link => link.LookedUtc)
            .Select(link => new AnsweredLink(link.Url, link.LookedUtc!.Value))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Tells readers which links are gone, and which are there again, if anything has changed.</summary>
    public async Task MarkAsync(CancellationToken cancellationToken)
    {
        if (!_isToBeMarked || (_markedUtc is { } last && Now - last < BetweenMarks))
            return;
        _isToBeMarked = false;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var changed = await db.PublishedLinks.Where(link => link.IsMarked && link.GoneUtc == null).ExecuteUpdateAsync(row => row.SetProperty(link => link.IsMarked, false), cancellationToken)
                + await db.PublishedLinks.Where(link => !link.IsMarked && link.GoneUtc != null).ExecuteUpdateAsync(row => row.SetProperty(link => link.IsMarked, true), cancellationToken);
            if (changed == 0)
                return;
            var mark = Guid.NewGuid();
            await db.RaiseContentVersionAsync(Now, cancellationToken);
            await db.ContentVersions.ExecuteUpdateAsync(row => row.SetProperty(version => version.Links, mark), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            _markedUtc = Now;
        }
        catch
        {
            _isToBeMarked = true;
            throw;
        }
    }

    /// <returns>False when no edition leads there any more.</returns>
    public async Task<bool> LookAgainAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.PublishedLinks.Where(link => link.Id == id).ExecuteUpdateAsync(row => row.SetProperty(link => link.NextLookUtc, now), cancellationToken) == 1;
    }

    /// <param name="id">Key of the link.</param>
    /// <param name="byId">Who says that it stays as it is; null to have it shown again.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>False when no edition leads there any more.</returns>
    public async Task<bool> LeaveAsync(long id, int? byId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTime? now = byId is null ? null : Now;
        return await db.PublishedLinks
            .Where(link => link.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(link => link.LeftUtc, now).SetProperty(link => link.LeftById, byId), cancellationToken) == 1;
    }

    private async Task<bool> TryAddAsync(int publicationId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.PublishedEditions.Where(row => row.Id == publicationId).Select(row => row.Document).SingleOrDefaultAsync(cancellationToken) is not { } json)
            return true;
        var document = EditionDocument.FromJson(json);
        var placed = EditionLinks.Placed(document).ToLookup(link => LinkLooks.HashOf(link.Url), StringComparer.Ordinal);
        foreach (var some in placed.Chunk(AtOnce))
        {
            var links = await KnownAsync(db, [.. some.Select(same => same.Key)], cancellationToken);
            foreach (var same in some)
            {
                if (!links.TryGetValue(same.Key, out var link))
                    db.Add(link = Watched(same.First().Url, same.Key));
                foreach (var place in same.Select(one => (one.Place, one.TextId, one.IsWithin, one.Title)).DistinctBy(one => (one.Place, one.TextId, one.IsWithin)))
                    db.Add(new PublishedLinkPlace
                    {
                        Link = link,
                        PublishedEditionId = publicationId,
                        Month = document.Month,
                        PublishedOn = document.FirstDay,
                        Place = place.Place,
                        TextId = place.TextId,
                        IsWithin = place.IsWithin,
                        Title = place.Title,
                    });
            }
        }

        try
        {
            // All of an edition or nothing: what has one of its places has them all.
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("PublishedLinks", nameof(PublishedLink.UrlSha256)))
        {
            return false;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("PublishedLinkPlaces", nameof(PublishedLinkPlace.PublishedEditionId)))
        {
            return true;
        }
    }

    private PublishedLink Watched(string url, string sha256) => new()
    {
        Url = url,
        UrlSha256 = sha256,
        Host = HostVisits.HostOf(new Uri(url)),
        NextLookUtc = Now + WatchSchedule.PauseBeforeFirst(sha256),
    };

    private async Task<Dictionary<string, PublishedLink>> KnownAsync(PulseDbContext db, IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        var known = await db.PublishedLinks.Where(link => EF.Parameter(hashes).Contains(link.UrlSha256)).ToDictionaryAsync(link => link.UrlSha256, cancellationToken);
        // What was seen while the edition was a draft.
        var drafted = await db.LinkLooks.AsNoTracking()
            .Where(look => EF.Parameter(hashes).Contains(look.UrlSha256) && look.State == LinkState.Answers && look.LookedUtc != null)
            .Select(look => new { look.UrlSha256, look.Url, look.LookedUtc })
            .ToListAsync(cancellationToken);
        foreach (var look in drafted.Where(look => !known.ContainsKey(look.UrlSha256)))
        {
            var link = Watched(look.Url, look.UrlSha256);
            link.LastAnsweredUtc = look.LookedUtc;
            known[look.UrlSha256] = db.Add(link).Entity;
        }

        return known;
    }

    private static async Task DropOldAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        await db.PublishedLinkPlaces
            .Where(place => place.PublishedEdition!.Edition!.PublishedRevision == null || place.PublishedEdition.Edition.PublishedRevision != place.PublishedEdition.Revision)
            .ExecuteDeleteAsync(cancellationToken);
        await db.PublishedLinks.Where(link => link.Places.Count == 0).ExecuteDeleteAsync(cancellationToken);
    }

    private readonly record struct Publication(int Id, string Sha256);
}
