using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>An edition in a feed. <paramref name="UpdatedUtc"/> is when it was last published, which may be again.</summary>
public sealed record FeedEdition(EditionDocument Edition, DateTime FirstPublishedUtc, DateTime UpdatedUtc);

/// <summary>An address in the sitemap, relative to the site's.</summary>
public sealed record SitemapEntry(string Path, DateTime? ChangedUtc);

/// <summary>Reads for feed readers and search engines. What first appeared elsewhere is never news, so feeds leave it out.</summary>
public sealed class FeedQueries(PulseDbContext db)
{
    private const int EditionsInFeed = 12;
    private const int ItemsInFeed = 40;

    /// <summary>The sitemap protocol's limit for one file.</summary>
    private const int AddressesInSitemap = 50_000;

    public async Task<IReadOnlyList<FeedEdition>> ListEditionsAsync(CancellationToken cancellationToken = default)
    {
        var rows = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Edition!.PublishedRevision == p.Revision && p.Edition.PublishedOn == null)
            .Where(p => !db.PublishedItems.Any(item => item.PublishedEditionId == p.Id && item.FirstPublishedElsewhere))
            .OrderByDescending(p => p.Month)
            .Take(EditionsInFeed)
            .Select(p => new { p.Document, p.PublishedUtc })
            .ToListAsync(cancellationToken);
        return [.. rows
            .Select(row => (Document: EditionDocument.FromJson(row.Document), row.PublishedUtc))
            .Select(row => new FeedEdition(row.Document, row.Document.PublishedAt ?? row.PublishedUtc, row.PublishedUtc))];
    }

    public async Task<IReadOnlyList<ListedItem>> ListSectorAsync(int sectorId, CancellationToken cancellationToken = default)
        => await db.PublishedItems.AsNoTracking()
            .Where(item => item.SectorId == sectorId && !item.FirstPublishedElsewhere)
            .OrderByDescending(item => item.Month).ThenBy(item => item.Position)
            .Take(ItemsInFeed)
            .ToListed()
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<SitemapEntry>> ListAddressesAsync(CancellationToken cancellationToken = default)
    {
        var editions = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Edition!.PublishedRevision == p.Revision)
            .OrderByDescending(p => p.Month)
            .Select(p => new { p.Month, p.PublishedUtc })
            .ToListAsync(cancellationToken);
        var items = await db.PublishedItems.AsNoTracking()
            .OrderByDescending(item => item.Month).ThenBy(item => item.Position)
            .Take(AddressesInSitemap)
            .Select(item => new { item.Month, item.Slug, item.PublishedEdition!.PublishedUtc })
            .ToListAsync(cancellationToken);
        var sectors = await db.Sectors.OrderBy(s => s.Position).Select(s => s.Slug).ToListAsync(cancellationToken);
        var sections = await db.Sections.OrderBy(s => s.Position).Select(s => s.Slug).ToListAsync(cancellationToken);
        var sources = await db.Sources
            .Where(s => db.PublishedItems.Any(item => item.SourceId == s.Id))
            .OrderBy(s => s.Slug).Select(s => s.Slug)
            .ToListAsync(cancellationToken);

        var topics = await db.Topics
            .Where(topic => db.PublishedItemTopics.Any(row => row.TopicId == topic.Id))
            .OrderBy(topic => topic.Slug).Select(topic => topic.Slug)
            .ToListAsync(cancellationToken);

        string[] fixedPages = ["", "editions", "topics", "sectors", "sections", "sources", "about", "privacy", "accessibility"];
        return [.. fixedPages.Select(path => new SitemapEntry(path, null))
            .Concat(editions.Select(edition => new SitemapEntry($"editions/{edition.Month}", edition.PublishedUtc)))
            .Concat(editions.Select(edition => edition.Month.FirstDay.Year).Distinct().Select(year => new SitemapEntry(string.Create(CultureInfo.InvariantCulture, $"editions/{year}"), null)))
            .Concat(topics.Select(slug => new SitemapEntry($"topics/{slug}", null)))
            .Concat(sectors.Select(slug => new SitemapEntry($"sectors/{slug}", null)))
            .Concat(sections.Select(slug => new SitemapEntry($"sections/{slug}", null)))
            .Concat(sources.Select(slug => new SitemapEntry($"sources/{slug}", null)))
            .Concat(items.Select(item => new SitemapEntry($"editions/{item.Month}/{item.Slug}", item.PublishedUtc)))
            .Take(AddressesInSitemap)];
    }
}
