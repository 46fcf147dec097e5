using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>An address in the sitemap, relative to the site's.</summary>
/// <param name="ChangedUtc">When what stands there changed last; null when nobody knows.</param>
public sealed record SitemapEntry(string Path, DateTime? ChangedUtc);

/// <summary>A file of a sitemap that has several: a year's editions, or <see cref="SitemapQueries.Pages"/>.</summary>
public sealed record SitemapPart(string Name, DateTime? ChangedUtc);

/// <summary>Reads for search engines: every address that readers can open, and when what is there changed.</summary>
public sealed class SitemapQueries(PulseDbContext db)
{
    /// <summary>The part that holds all but editions and items.</summary>
    public const string Pages = "pages";

    /// <summary>The protocol allows 50,000 addresses and 50 MB a file, which as many of these do not reach. Far fewer keep each file small enough to be made on demand.</summary>
    private const int InOneFile = 10_000;

    private const int Allowed = 50_000;

    private IQueryable<PublishedEdition> Current => db.PublishedEditions.AsNoTracking().Where(p => p.Edition!.PublishedRevision == p.Revision);

    /// <summary>Null while everything fits into one file.</summary>
    public async Task<IReadOnlyList<SitemapPart>?> ListPartsAsync(CancellationToken cancellationToken = default)
    {
        if (await db.PublishedItems.CountAsync(cancellationToken) <= InOneFile)
            return null;
        var editions = await Current.Select(p => new { p.Month, p.PublishedUtc }).ToListAsync(cancellationToken);
        return [
            new SitemapPart(Pages, editions.Max(edition => edition.PublishedUtc)),
            .. editions
                .GroupBy(edition => edition.Month.FirstDay.Year)
                .OrderByDescending(year => year.Key)
                .Select(year => new SitemapPart(year.Key.ToString(CultureInfo.InvariantCulture), year.Max(edition => edition.PublishedUtc))),
        ];
    }

    public async Task<IReadOnlyList<SitemapEntry>> ListAllAsync(CancellationToken cancellationToken = default)
        => [.. await ListPagesAsync(cancellationToken), .. await ListEditionsAsync(Current, db.PublishedItems, cancellationToken)];

    /// <summary>Empty for a year without editions, null for what is no part.</summary>
    public async Task<IReadOnlyList<SitemapEntry>?> ListPartAsync(string name, CancellationToken cancellationToken = default)
    {
        if (name == Pages)
            return await ListPagesAsync(cancellationToken);
        if (!EditionMonth.TryParse($"{name}-01", out var first))
            return null;
        var last = first.AddMonths(11);
        return await ListEditionsAsync(
            Current.Where(p => p.Month >= first && p.Month <= last), db.PublishedItems.Where(item => item.Month >= first && item.Month <= last), cancellationToken);
    }

    private static async Task<IReadOnlyList<SitemapEntry>> ListEditionsAsync(
        IQueryable<PublishedEdition> editions, IQueryable<PublishedItem> items, CancellationToken cancellationToken)
    {
        var months = await editions
            .OrderByDescending(p => p.Month)
            .Select(p => new { p.Month, p.PublishedUtc })
            .ToListAsync(cancellationToken);
        var rows = await items
            .OrderByDescending(item => item.Month).ThenBy(item => item.Position)
            .Take(Allowed - (2 * months.Count))
            .Select(item => new { item.Month, item.Slug, item.PublishedEdition!.PublishedUtc })
            .ToListAsync(cancellationToken);
        return [
            .. months.GroupBy(edition => edition.Month.FirstDay.Year).Select(year => new SitemapEntry(string.Create(CultureInfo.InvariantCulture, $"editions/{year.Key:0000}"), year.Max(edition => edition.PublishedUtc))),
            .. months.Select(edition => new SitemapEntry($"editions/{edition.Month}", edition.PublishedUtc)),
            .. rows.Select(item => new SitemapEntry($"editions/{item.Month}/{item.Slug}", item.PublishedUtc)),
        ];
    }

    /// <summary>A list changed when the newest of its items was published, or published again.</summary>
    private async Task<IReadOnlyList<SitemapEntry>> ListPagesAsync(CancellationToken cancellationToken)
    {
        var newest = await Current.MaxAsync(p => (DateTime?)p.PublishedUtc, cancellationToken);
        var edited = await db.SitePages.ToDictionaryAsync(page => page.Slug, page => (DateTime?)page.ChangedUtc, cancellationToken);
        var sectors = await db.Sectors
            .OrderBy(sector => sector.Position)
            .Select(sector => new SitemapEntry("sectors/" + sector.Slug, db.PublishedItems.Where(item => item.SectorId == sector.Id).Max(item => (DateTime?)item.PublishedEdition!.PublishedUtc)))
            .ToListAsync(cancellationToken);
        var sections = await db.Sections
            .OrderBy(section => section.Position)
            .Select(section => new SitemapEntry("sections/" + section.Slug, db.PublishedItems.Where(item => item.SectionId == section.Id).Max(item => (DateTime?)item.PublishedEdition!.PublishedUtc)))
            .ToListAsync(cancellationToken);
        var sources = await db.PublishedItems
            .Where(item => item.SourceId != null)
            .GroupBy(item => item.Source!.Slug)
            .Select(source => new { Slug = source.Key, ChangedUtc = source.Max(item => item.PublishedEdition!.PublishedUtc) })
            .OrderBy(source => source.Slug)
            .ToListAsync(cancellationToken);
        var topics = await db.PublishedItemTopics
            .GroupBy(row => row.Topic!.Slug)
            .Select(topic => new { Slug = topic.Key, ChangedUtc = topic.Max(row => row.PublishedItem!.PublishedEdition!.PublishedUtc) })
            .OrderBy(topic => topic.Slug)
            .ToListAsync(cancellationToken);
        string[] showingAll = ["", "editions", "topics", "sectors", "sections", "sources"];
        return [
            .. showingAll.Select(path => new SitemapEntry(path, newest)),
            .. SitePageEditor.Slugs.Select(slug => new SitemapEntry(slug, edited.GetValueOrDefault(slug))),
            .. sectors,
            .. sections,
            .. sources.Select(source => new SitemapEntry($"sources/{source.Slug}", source.ChangedUtc)),
            .. topics.Select(topic => new SitemapEntry($"topics/{topic.Slug}", topic.ChangedUtc)),
        ];
    }
}
