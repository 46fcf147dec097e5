using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Data;
using CordisPulse.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions.Links;

/// <summary>A link that is to be looked at.</summary>
/// <param name="Looks">Looks begun; once claimed, also the number of the lease.</param>
/// <param name="Unanswered">Looks in a row that nobody answered, before this one.</param>
public sealed record DueLook(long Id, string Url, bool IsOfItem, int Looks, int Unanswered, DateTime WantedUtc);

public sealed record AnsweredLink(string Url, DateTime LookedUtc);

/// <summary>The looks at links, as rows: claimed by one node at a time, settled with what was seen and when to look again.</summary>
public sealed class LinkLooks(IDbContextFactory<PulseDbContext> contexts, IOptions<OutboundOptions> options, TimeProvider time)
{
    /// <summary>Enough that one site with many links does not hide the others.</summary>
    private const int MostLookedAt = 500;

    /// <summary>Addresses in one statement.</summary>
    private const int AtOnce = 200;

    /// <summary>Being worked on is written down no more often than this.</summary>
    private static readonly TimeSpan WantedAgain = TimeSpan.FromDays(1);

    /// <summary>Longer than two requests may take with all their redirects.</summary>
    private TimeSpan Lease => (options.Value.Timeout * 2) + TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Sees to it that the links of an edition that is being worked on are looked at.</summary>
    /// <param name="links">Of the edition.</param>
    /// <param name="again">Look now, also at those that were looked at before.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task WantAsync(IReadOnlyList<EditionLink> links, bool again, CancellationToken cancellationToken)
    {
        foreach (var part in links.Chunk(AtOnce))
            while (!await TryWantAsync(part, again, cancellationToken))
            {
                // Another node has just put one of them in; it is found the next time.
            }
    }

    /// <summary>The longest waiting first.</summary>
    public async Task<IReadOnlyList<DueLook>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.LinkLooks
            .Where(look => look.NextLookUtc != null && look.NextLookUtc <= now)
            .OrderBy(look => look.NextLookUtc).ThenBy(look => look.Id)
            .Select(look => new DueLook(look.Id, look.Url, look.IsOfItem, look.Looks, look.Unanswered, look.WantedUtc))
            .Take(MostLookedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null when another node was first.</summary>
    public async Task<DueLook?> ClaimAsync(DueLook due, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, end) = (Now, Now + Lease);
        var claimed = await db.LinkLooks
            .Where(look => look.Id == due.Id && look.Looks == due.Looks && look.NextLookUtc != null && look.NextLookUtc <= now)
            .ExecuteUpdateAsync(row => row.SetProperty(look => look.Looks, due.Looks + 1).SetProperty(look => look.NextLookUtc, end), cancellationToken);
        return claimed == 1 ? due with { Looks = due.Looks + 1 } : null;
    }

    /// <param name="claimed">The look that has ended.</param>
    /// <param name="seen">What it saw.</param>
    /// <param name="pause">Before the next; null when there is to be none.</param>
    public async Task SettleAsync(DueLook claimed, SeenLink seen, TimeSpan? pause)
    {
        // What has happened is written down even while the program stops.
        await using var db = await contexts.CreateDbContextAsync();
        var now = Now;
        DateTime? next = pause is { } length ? now + length : null;
        var titles = seen.Titles.Count == 0 ? null : string.Join('\n', seen.Titles);
        await db.LinkLooks
            .Where(look => look.Id == claimed.Id && look.Looks == claimed.Looks)
            .ExecuteUpdateAsync(row => row
                .SetProperty(look => look.LookedUtc, now)
                .SetProperty(look => look.NextLookUtc, next)
                .SetProperty(look => look.State, seen.State)
                .SetProperty(look => look.Problem, seen.Problem)
                .SetProperty(look => look.Unanswered, seen.Unanswered)
                .SetProperty(look => look.Titles, titles)
                .SetProperty(look => look.MovedTo, seen.MovedTo));
    }

    /// <summary>The other link that was answered last, by whatever answer; null when none was.</summary>
    public async Task<AnsweredLink?> LastAnsweredAsync(DueLook besides, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.LinkLooks
            .Where(look => look.Id != besides.Id && look.LookedUtc != null && (look.State == LinkState.Answers || look.State == LinkState.Gone))
            .OrderByDescending(look => look.LookedUtc)
            .Select(look => new AnsweredLink(look.Url, look.LookedUtc!.Value))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<EditionLinkLooks> OfAsync(EditionDocument document, CancellationToken cancellationToken)
    {
        var links = EditionLinks.In(document);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<Looked>();
        foreach (var hashes in links.Select(link => HashOf(link.Url)).Chunk(AtOnce))
            found.AddRange(await db.LinkLooks
                .Where(look => hashes.Contains(look.UrlSha256))
                .Select(look => new Looked(look.Url, look.State, look.Problem, look.Unanswered, look.Titles, look.MovedTo, look.LookedUtc, look.LookedUtc == null || look.LookedUtc < look.AskedUtc))
                .ToListAsync(cancellationToken));
        return new EditionLinkLooks(
            links.Count,
            found.Where(look => look.State is not null).ToDictionary(
                look => look.Url,
                look => new SeenLink
                {
                    State = look.State!.Value,
                    Problem = look.Problem,
                    Unanswered = look.Unanswered,
                    Titles = look.Titles?.Split('\n') ?? [],
                    MovedTo = look.MovedTo,
                },
                StringComparer.Ordinal),
            found.Count(look => look.IsUnderWay),
            found.Max(look => look.LookedUtc));
    }

    private async Task<bool> TryWantAsync(EditionLink[] links, bool again, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        var hashes = links.Select(link => HashOf(link.Url)).ToList();
        var known = await db.LinkLooks.Where(look => hashes.Contains(look.UrlSha256)).ToDictionaryAsync(look => look.UrlSha256, cancellationToken);
        foreach (var (link, hash) in links.Zip(hashes))
        {
            if (!known.TryGetValue(hash, out var look))
            {
                db.Add(new LinkLook { UrlSha256 = hash, Url = link.Url, IsOfItem = link.IsOfItem, WantedUtc = now, AskedUtc = now, NextLookUtc = now });
                continue;
            }

            if (look.WantedUtc < now - WantedAgain || look.NextLookUtc is null)
                look.WantedUtc = now;
            // A link that becomes an item's own has to say its title.
            var isToBeRead = link.IsOfItem && !look.IsOfItem;
            look.IsOfItem |= link.IsOfItem;
            if (again || isToBeRead || look.NextLookUtc is null)
                (look.AskedUtc, look.NextLookUtc) = (now, now);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("LinkLooks", nameof(LinkLook.UrlSha256)))
        {
            return false;
        }
    }

    private sealed record Looked(string Url, LinkState? State, string? Problem, int Unanswered, string? Titles, string? MovedTo, DateTime? LookedUtc, bool IsUnderWay);

    internal static string HashOf(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)));
}
