using CordisPulse.Core.Archive;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Browse;

/// <summary>Everything of one sector, section or source, over all editions.</summary>
[PublishedContent]
public sealed class BrowseController(ArchiveQueries archive) : PublicController
{
    [Reads("/sectors/{slug}")]
    public async Task<IActionResult> Sector(string slug, string? before, CancellationToken cancellationToken)
        => await archive.FindSectorAsync(slug, cancellationToken) is { } sector
            ? Page(BrowseKind.Sector, sector, before, await archive.ListSectorAsync(sector.Id, Place(before), cancellationToken))
            : NotFound();

    [Reads("/sections/{slug}")]
    public async Task<IActionResult> Section(string slug, string? before, CancellationToken cancellationToken)
        => await archive.FindSectionAsync(slug, cancellationToken) is { } section
            ? Page(BrowseKind.Section, section, before, await archive.ListSectionAsync(section.Id, Place(before), cancellationToken))
            : NotFound();

    [Reads("/sources/{slug}")]
    public async Task<IActionResult> Source(string slug, string? before, CancellationToken cancellationToken)
    {
        if (await archive.FindSourceAsync(slug, cancellationToken) is { } source)
            return Page(BrowseKind.Source, source, before, await archive.ListSourceAsync(source.Id, Place(before), cancellationToken));
        return await archive.FindMergedSourceAsync(slug, cancellationToken) is { } now ? RedirectToActionPermanent(nameof(Source), new { slug = now }) : NotFound();
    }

    [Reads("/sources")]
    public async Task<IActionResult> Sources(CancellationToken cancellationToken)
        => View(new SourcesPage(await archive.ListSourcesAsync(cancellationToken)));

    private ViewResult Page(BrowseKind kind, ListedPlace place, string? before, ItemPage page)
        => View("Items", new BrowsePage(kind, place, Place(before), page));

    /// <summary>What is no place begins at the newest.</summary>
    private static ItemPlace? Place(string? before) => ItemPlace.TryParse(before, out var place) ? place : null;
}
