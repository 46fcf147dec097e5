using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Intake;

/// <summary>A link whose page is to be read.</summary>
/// <param name="Attempts">Readings begun; once claimed, also the number of the lease.</param>
public sealed record DueReading(int ItemId, string Url, int Attempts);

/// <summary>The readings that are owed, as rows: claimed by one node at a time, settled or put off.</summary>
public sealed class PageReadings(IDbContextFactory<PulseDbContext> contexts, IOptions<OutboundOptions> options, TimeProvider time)
{
    /// <summary>Enough that one site with many links does not hide the others.</summary>
    private const int MostLookedAt = 500;

    /// <summary>Longer than a page may take with all its redirects, and the page that it sends on to with all of its own.</summary>
    private TimeSpan Lease => (2 * options.Value.Timeout) + TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The longest waiting first.</summary>
    public async Task<IReadOnlyList<DueReading>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        return await db.IntakeEntries
            .Where(entry => entry.NextReadingUtc != null && entry.NextReadingUtc <= now && entry.Item!.Url != null)
            .OrderBy(entry => entry.NextReadingUtc)
            .Select(entry => new DueReading(entry.ItemId, entry.Item!.Url!, entry.Attempts))
            .Take(MostLookedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null when another node was first.</summary>
    public async Task<DueReading?> ClaimAsync(DueReading due, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, end) = (Now, Now + Lease);
        var claimed = await db.IntakeEntries
            .Where(entry => entry.ItemId == due.ItemId && entry.Attempts == due.Attempts && entry.NextReadingUtc != null && entry.NextReadingUtc <= now)
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.Attempts, due.Attempts + 1).SetProperty(entry => entry.NextReadingUtc, end), cancellationToken);
        return claimed == 1 ? due with { Attempts = due.Attempts + 1 } : null;
    }

    /// <summary>Fills what is blank; what a person has typed stands.</summary>
    public async Task FillAsync(DueReading claimed, PageFacts facts)
    {
        // Whoever saves the item in the same moment goes first, and the page fills what is blank then.
        while (!await TryFillAsync(claimed, facts))
        {
        }
    }

    /// <param name="claimed">The reading that found out.</param>
    /// <param name="problem">Why the page can't be read, in an editor's words.</param>
    /// <param name="pause">Before it is tried again; null to leave it to a person.</param>
    public async Task PutOffAsync(DueReading claimed, string problem, TimeSpan? pause)
    {
        // What has happened is written down even while the program stops.
        await using var db = await contexts.CreateDbContextAsync();
        DateTime? next = pause is { } length ? Now + length : null;
        var reading = next is null ? PageReading.Failed : PageReading.Waiting;
        await db.IntakeEntries
            .Where(entry => entry.ItemId == claimed.ItemId && entry.Attempts == claimed.Attempts && entry.NextReadingUtc != null && entry.Item!.Url == claimed.Url)
            .ExecuteUpdateAsync(row => row
                .SetProperty(entry => entry.Reading, reading)
                .SetProperty(entry => entry.Problem, problem)
                .SetProperty(entry => entry.NextReadingUtc, next));
    }

    private async Task<bool> TryFillAsync(DueReading claimed, PageFacts facts)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var entry = await db.IntakeEntries.Include(e => e.Item!.Source)
            .SingleOrDefaultAsync(e => e.ItemId == claimed.ItemId && e.Attempts == claimed.Attempts && e.NextReadingUtc != null);
        // It may have been put into an edition or removed, or have another link by now.
        if (entry?.Item is not { } item || item.Url != claimed.Url)
            return true;
        entry.Reading = PageReading.Read;
        entry.NextReadingUtc = null;
        entry.Problem = facts.Title is null && item.Title.Length == 0 ? "The page does not say what it is called." : null;
        entry.Publisher = facts.Publisher;
        entry.Description = facts.Description ?? entry.Description;
        // Until somebody saves it, a pasted link has the source of its domain at most; its page may name the one that is meant.
        if (item.Source is null || item is { Version: 1, Title: "" })
            item.Source = SourceRegister.Find(await db.Sources.ToListAsync(), item.Url, facts.Publisher);
        Fill(item, facts);
        if (db.Entry(item).State == EntityState.Modified || item.SourceId != item.Source?.Id)
        {
            var revision = Revisions.Of(item, item.Source?.Name, null, Now);
            revision.Version++;
            db.Entry(item).State = EntityState.Modified;
            db.Add(revision);
        }

        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static void Fill(EditionItem item, PageFacts facts)
    {
        if (item.Title.Length == 0 && facts.Title is { } title)
        {
            item.Title = title;
            item.Slug = Slug.From(title);
        }

        if (item.Authors.Count == 0 && facts.Authors.Count > 0)
            item.Authors = [.. facts.Authors];
        item.PublishedOn ??= facts.PublishedOn;
        if (facts.Doi?.Length <= Limits.Line)
            item.Doi ??= facts.Doi;
    }
}
