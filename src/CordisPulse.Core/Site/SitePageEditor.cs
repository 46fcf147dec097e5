using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Site;

/// <param name="Version">0 while the text that ships is shown.</param>
/// <param name="Body">Markdown.</param>
public sealed record EditableSitePage(string Slug, string Title, string Body, int Version);

public sealed record SaveSitePage
{
    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>The version that was read; 0 for the text that ships.</summary>
    public required int Version { get; init; }

    public required int? ById { get; init; }
}

/// <summary>Reads and saves the texts of the site that staff may change.</summary>
public sealed class SitePageEditor(PulseDbContext db, TimeProvider time)
{
    public static IReadOnlyList<string> Slugs { get; } = ["about", "privacy", "accessibility", "formats", SearchSynonyms.Page];

    /// <summary>Null for a page that there is none of.</summary>
    public async Task<EditableSitePage?> FindAsync(string slug, CancellationToken cancellationToken = default)
    {
        if (!Slugs.Contains(slug))
            return null;
        return await db.SitePages
            .Where(page => page.Slug == slug)
            .Select(page => new EditableSitePage(page.Slug, page.Title, page.Body, page.Version))
            .SingleOrDefaultAsync(cancellationToken)
            ?? (SitePageReader.ReadDefault(slug) is { } text ? new EditableSitePage(slug, text.Title, text.Body, 0) : null);
    }

    /// <returns>False when somebody else saved in between, and nothing was saved.</returns>
    public async Task<bool> SaveAsync(SaveSitePage save, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var page = await db.SitePages.SingleOrDefaultAsync(row => row.Slug == save.Slug, cancellationToken);
            if (page is null)
                db.Add(page = new SitePage { Slug = save.Slug, Title = save.Title, Body = save.Body });
            else
            {
                var version = db.Entry(page).Property(row => row.Version);
                version.OriginalValue = save.Version;
                version.IsModified = true;
            }

            page.Title = save.Title;
            page.Body = save.Body;
            page.ChangedUtc = now;
            // Twice, since the revision names the row's key, which the database gives a new one.
            await db.SaveChangesAsync(cancellationToken);
            db.Add(Revisions.Of(page, page.Version, save.ById, now));
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("SitePages", "Slug"))
        {
            db.ChangeTracker.Clear();
            return false;
        }

        await db.RaiseContentVersionAsync(now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
