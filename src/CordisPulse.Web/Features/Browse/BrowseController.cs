using CordisPulse.Core.Archive;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Browse;

/// <summary>Everything of one topic, sector, section or source, over all editions, and the lists of these.</summary>
[PublishedContent]
public sealed class BrowseController(ArchiveQueries archive, ArchiveCounts counts) : PublicController
{
    [Reads("/sectors")]
    public async Task<IActionResult> Sectors(CancellationToken cancellationToken)
        => View("Places", new PlacesPage(BrowseKind.Sector, await archive.ListSectorsAsync(cancellationToken)));

    [Reads("/sectors/{slug}")]
    public async Task<IActionResult> Sector(string slug, string? before, CancellationToken cancellationToken)
        => await archive.FindSectorAsync(slug, cancellationToken) is { } sector
            ? await PageAsync(BrowseKind.Sector, sector, before, archive.ListSectorAsync, cancellationToken)
            : NotFound();

    [Reads("/sections")]
    public async Task<IActionResult> Sections(CancellationToken cancellationToken)
        => View("Places", new PlacesPage(BrowseKind.Section, await archive.ListSectionsAsync(cancellationToken)));

    [Reads("/sections/{slug}")]
    public async Task<IActionResult> Section(string slug, string? before, CancellationToken cancellationToken)
        => await archive.FindSectionAsync(slug, cancellationToken) is { } section
            ? await PageAsync(BrowseKind.Section, section, before, archive.ListSectionAsync, cancellationToken)
            : NotFound();

    [Reads("/sources")]
    public async Task<IActionResult> Sources(CancellationToken cancellationToken)
        => View("Register", new RegisterPage(BrowseKind.Source, await archive.ListSourcesAsync(cancellationToken)));

    [Reads("/sources/{slug}")]
    public async Task<IActionResult> Source(string slug, string? before, CancellationToken cancellationToken)
    {
        if (await archive.FindSourceAsync(slug, cancellationToken) is { } source)
            return await PageAsync(BrowseKind.Source, source, before, archive.ListSourceAsync, cancellationToken);
        return await archive.FindMergedSourceAsync(slug, cancellationToken) is { } now ? RedirectToActionPermanent(nameof(Source), new { slug = now }) : NotFound();
    }

    [Reads("/topics")]
    public async Task<IActionResult> Topics(CancellationToken cancellationToken)
        => View("Register", new RegisterPage(BrowseKind.Topic, await archive.ListTopicsAsync(cancellationToken)));

    [Reads("/topics/{slug}")]
    public async Task<IActionResult> Topic(string slug, string? before, CancellationToken cancellationToken)
    {
        if (await archive.FindTopicAsync(slug, cancellationToken) is { } topic)
            return await PageAsync(BrowseKind.Topic, topic, before, archive.ListTopicAsync, cancellationToken);
        return await archive.FindMergedTopicAsync(slug, cancellationToken) is { } now ? RedirectToActionPermanent(nameof(Topic), new { slug = now }) : NotFound();
    }

    private async Task<IActionResult> PageAsync(
        BrowseKind kind, ListedPlace place, string? before, Func<int, ItemPlace?, CancellationToken, Task<ItemPage>> list, CancellationToken cancellationToken)
        => ItemPlace.TryRead(before, out var after)
            ? View("Items", new BrowsePage(kind, place, after, await list(place.Id, after, cancellationToken), (await counts.ReadAsync(cancellationToken)).Of(kind).GetValueOrDefault(place.Id)))
            : NotFound();
}
