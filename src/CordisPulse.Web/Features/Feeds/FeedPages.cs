using CordisPulse.Core.Archive;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>Puts together what each feed holds.</summary>
public sealed class FeedPages(FeedQueries queries, ArchiveQueries archive, MarkdownRenderer markdown, PublicAddress address, IOptions<SiteOptions> site)
{
    private SiteLinks Links => address.Links;

    public async Task<PublishedFeed> EditionsAsync(CancellationToken cancellationToken)
    {
        var editions = await queries.ListEditionsAsync(cancellationToken);
        return Feed(site.Value.Name, "feed", "", [.. editions.Select(edition => new PublishedEntry
        {
            Id = Links.Edition(edition.Edition.Month),
            Url = Links.Edition(edition.Edition.Month),
            Title = edition.Edition.Title,
            Summary = edition.Edition.Preheader,
            Html = FeedText.Html(edition.Edition, Links, markdown),
            PublishedUtc = edition.FirstPublishedUtc,
            UpdatedUtc = edition.UpdatedUtc,
        })]);
    }

    public async Task<PublishedFeed> ItemsAsync(CancellationToken cancellationToken)
        => Feed($"{site.Value.Name}: all items", "items/feed", "editions", await EntriesAsync(await queries.ListItemsAsync(cancellationToken), cancellationToken));

    /// <summary>Null when there is no such sector.</summary>
    public async Task<PublishedFeed?> SectorAsync(string slug, CancellationToken cancellationToken)
        => await PlaceAsync("sectors", await archive.FindSectorAsync(slug, cancellationToken), queries.ListSectorAsync, cancellationToken);

    /// <summary>Null when there is no such section.</summary>
    public async Task<PublishedFeed?> SectionAsync(string slug, CancellationToken cancellationToken)
        => await PlaceAsync("sections", await archive.FindSectionAsync(slug, cancellationToken), queries.ListSectionAsync, cancellationToken);

    /// <summary>Null when readers know of no such source.</summary>
    public async Task<PublishedFeed?> SourceAsync(string slug, CancellationToken cancellationToken)
        => await PlaceAsync("sources", await archive.FindSourceAsync(slug, cancellationToken), queries.ListSourceAsync, cancellationToken);

    /// <summary>Null when no published item has such a topic.</summary>
    public async Task<PublishedFeed?> TopicAsync(string slug, CancellationToken cancellationToken)
        => await PlaceAsync("topics", await archive.FindTopicAsync(slug, cancellationToken), queries.ListTopicAsync, cancellationToken);

    /// <summary>The newest items that a search finds.</summary>
    /// <param name="title">Of the search.</param>
    /// <param name="atom">Its address as Atom, relative to the site's, as are the other two.</param>
    /// <param name="json">As JSON Feed.</param>
    /// <param name="page">Where people read it.</param>
    /// <param name="items">What was found.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PublishedFeed> SearchAsync(string title, string atom, string json, string page, IReadOnlyList<ListedItem> items, CancellationToken cancellationToken)
        => new($"{site.Value.Name}: {title}", Links.To(atom), Links.To(json), Links.To(page), await EntriesAsync(items, cancellationToken));

    private async Task<PublishedFeed?> PlaceAsync(
        string kind, ListedPlace? place, Func<int, CancellationToken, Task<IReadOnlyList<ListedItem>>> list, CancellationToken cancellationToken)
        => place is null ? null : Feed($"{site.Value.Name}: {place.Name}", $"{kind}/{place.Slug}/feed", $"{kind}/{place.Slug}", await EntriesAsync(await list(place.Id, cancellationToken), cancellationToken));

    /// <param name="path">Its address without an ending.</param>
    private PublishedFeed Feed(string title, string path, string page, IReadOnlyList<PublishedEntry> entries)
        => new(title, Links.To($"{path}.atom"), Links.To($"{path}.json"), Links.To(page), entries);

    private async Task<IReadOnlyList<PublishedEntry>> EntriesAsync(IReadOnlyList<ListedItem> items, CancellationToken cancellationToken)
    {
        var first = await queries.FirstAddressesAsync(items, cancellationToken);
        return [.. items.Select(item => new PublishedEntry
        {
            Id = first.TryGetValue(item.EditionItemId, out var was) ? Links.Item(was.Month, was.Slug) : Links.Item(item.Month, item.Slug),
            Url = Links.Item(item.Month, item.Slug),
            Title = item.Source is { } source ? $"{source}: {item.Title}" : item.Title,
            Text = FeedText.Plain(item),
            PublishedUtc = item.PublishedUtc,
            UpdatedUtc = item.CorrectedUtc ?? item.PublishedUtc,
        })];
    }
}
