using System.Text;
using CordisPulse.Core.Archive;
using CordisPulse.Web.Features.Archive;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Browse;

/// <summary>The lists of the archive as JSON, each at the address of its page.</summary>
[PublishedContent]
public sealed class BrowseJsonController(ArchiveQueries archive, ArchiveCounts counts, ArchiveJson json) : PublicController
{
    [Reads("/editions.json")]
    public async Task<IActionResult> Editions(CancellationToken cancellationToken) => Answer(json.Write(await counts.ReadAsync(cancellationToken)));

    [Reads("/sources.json")]
    public async Task<IActionResult> Sources(CancellationToken cancellationToken) => Answer(json.WriteSources(await archive.ListSourcesAsync(cancellationToken)));

    [Reads("/topics.json")]
    public async Task<IActionResult> Topics(CancellationToken cancellationToken) => Answer(json.WriteTopics(await archive.ListTopicsAsync(cancellationToken)));

    [Reads("/sectors/{slug}.json")]
    public async Task<IActionResult> Sector(string slug, string? before, CancellationToken cancellationToken)
        => await ListAsync("sectors", await archive.FindSectorAsync(slug, cancellationToken), archive.ListSectorAsync, before, cancellationToken);

    [Reads("/sections/{slug}.json")]
    public async Task<IActionResult> Section(string slug, string? before, CancellationToken cancellationToken)
        => await ListAsync("sections", await archive.FindSectionAsync(slug, cancellationToken), archive.ListSectionAsync, before, cancellationToken);

    [Reads("/sources/{slug}.json")]
    public async Task<IActionResult> Source(string slug, string? before, CancellationToken cancellationToken)
    {
        var source = await archive.FindSourceAsync(slug, cancellationToken);
        return source is null && await archive.FindMergedSourceAsync(slug, cancellationToken) is { } now
            ? RedirectToActionPermanent(nameof(Source), new { slug = now })
            : await ListAsync("sources", source, archive.ListSourceAsync, before, cancellationToken);
    }

    [Reads("/topics/{slug}.json")]
    public async Task<IActionResult> Topic(string slug, string? before, CancellationToken cancellationToken)
    {
        var topic = await archive.FindTopicAsync(slug, cancellationToken);
        return topic is null && await archive.FindMergedTopicAsync(slug, cancellationToken) is { } now
            ? RedirectToActionPermanent(nameof(Topic), new { slug = now })
            : await ListAsync("topics", topic, archive.ListTopicAsync, before, cancellationToken);
    }

    private async Task<IActionResult> ListAsync(
        string kind, ListedPlace? place, Func<int, ItemPlace?, CancellationToken, Task<ItemPage>> list, string? before, CancellationToken cancellationToken)
        => place is not null && ItemPlace.TryRead(before, out var after)
            ? Answer(json.Write(place, $"{kind}/{place.Slug}", await list(place.Id, after, cancellationToken)))
            : NotFound();

    private ContentResult Answer(string text) => Content(text, "application/json", Encoding.UTF8);
}
