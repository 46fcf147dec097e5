using CordisPulse.Core.Archive;
using CordisPulse.Core.Citations;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Features.Archive;

/// <summary>How to cite an item: the report, and our summary of it.</summary>
/// <param name="Accessed">The day of reading, when it is known.</param>
public sealed record CitePage(EditionDocument Edition, DocumentItem Item, Citation Report, Citation Summary, DateOnly? Accessed);

/// <summary>Puts together what programs and reference lists want of a published edition or of one item of it. Null for what is not published.</summary>
public sealed class ItemForms(EditionDocumentReader editions, Publisher publisher, PublicAddress address, TimeProvider clock, IOptions<SiteOptions> site, GoneLinks gone)
{
    public async Task<string?> WriteJsonAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
    {
        if (await FindAsync(month, slug, cancellationToken) is not (var edition, var (sector, section, item)))
            return null;
        return PublicJson.Write(new
        {
            Edition = edition.Month,
            Page = address.Links.Item(month, slug),
            edition.PublishedAt,
            Sector = sector.Slug is null ? null : new { sector.Name, sector.Slug },
            Section = section.Slug is null ? null : new { section.Name, section.Slug },
            Item = EditionJson.ForReaders(item),
            LinkGoneSince = (await gone.ReadAsync(cancellationToken)).Find(item.Url)?.SinceUtc,
            Corrections = edition.CorrectionsOf(item).Select(correction => new { correction.At, correction.Text }),
        });
    }

    public async Task<Citation?> CiteReportAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await FindAsync(month, slug, cancellationToken) is var (edition, placed) ? Citation.OfReport(edition, placed) : null;

    public async Task<Citation?> CiteSummaryAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await FindAsync(month, slug, cancellationToken) is var (edition, placed) ? Citation.OfSummary(edition, placed, await ThisSiteAsync(cancellationToken)) : null;

    /// <summary>Every report of an edition.</summary>
    public async Task<IReadOnlyList<Citation>?> CiteAllAsync(EditionMonth month, CancellationToken cancellationToken)
        => await editions.ReadPublishedAsync(month, cancellationToken) is { } edition ? [.. edition.Items.Select(placed => Citation.OfReport(edition, placed))] : null;

    public async Task<CitePage?> ReadCiteAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await FindAsync(month, slug, cancellationToken) is var (edition, placed)
            ? new CitePage(
                edition, placed.Item, Citation.OfReport(edition, placed), Citation.OfSummary(edition, placed, await ThisSiteAsync(cancellationToken)),
                UkTime.DateOf(clock.GetUtcNow().UtcDateTime))
            : null;

    private async Task<CitingSite> ThisSiteAsync(CancellationToken cancellationToken)
        => new(site.Value.Name, (await publisher.GetAsync(cancellationToken)).Name, address.Links);

    private async Task<(EditionDocument Edition, PlacedItem Placed)?> FindAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await editions.ReadPublishedAsync(month, cancellationToken) is { } edition && edition.Items.FirstOrDefault(placed => placed.Item.Slug == slug) is { } placed
            ? (edition, placed)
            : null;
}
