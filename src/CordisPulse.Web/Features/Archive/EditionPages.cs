using CordisPulse.Core.Archive;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Features.Review;

namespace CordisPulse.Web.Features.Archive;

/// <summary>The front: the newest edition, and a few before it. <paramref name="Edition"/> is null while nothing is published.</summary>
public sealed record HomePage(EditionDocument? Edition, Pulse Pulse, string Publisher, IReadOnlyList<ListedEdition> Earlier);

public sealed record EditionPage(EditionDocument Edition, Pulse Pulse, string Publisher, EditionMonth? Before, EditionMonth? After)
{
    /// <summary>What has been said of a draft that is shown by a private link; null for everything that is published.</summary>
    public ReviewedDraft? Review { get; init; }

    /// <summary>Links that readers are told of; none of a draft.</summary>
    public MarkedLinks Gone { get; init; } = MarkedLinks.None;
}

/// <summary>A link that no longer answers.</summary>
/// <param name="Words">Of the link within a text; null for the item's own.</param>
/// <param name="Title">Of what it stands in.</param>
/// <param name="Day">When the edition was published, at which the page was still there.</param>
public sealed record GoneLine(GoneLink Link, string? Words, string Title, DateOnly Day)
{
    public static IEnumerable<GoneLine> Of(MarkedLinks gone, string? url, string text, string title, EditionDocument edition)
    {
        if (gone.Find(url) is { } own)
            yield return new GoneLine(own, null, title, edition.FirstDay);
        foreach (var link in Within(gone, text, title, edition))
            yield return link;
    }

    public static IEnumerable<GoneLine> Within(MarkedLinks gone, string text, string title, EditionDocument edition)
        => gone.In(text).Select(found => new GoneLine(found.Link, found.Words, title, edition.FirstDay));
}

/// <summary>One item with its neighbours in the edition: of its own sector, and at the sector's ends those of the sectors beside it.</summary>
/// <param name="CoveredAgain">Items of other editions on the same thing, the newest first.</param>
public sealed record ItemPageModel(
    EditionDocument Edition, PlacedItem Placed, string Publisher, PlacedItem? Before, PlacedItem? After, IReadOnlyList<ListedItem> CoveredAgain, FromTheSameSource? FromSource,
    MarkedLinks Gone)
{
    /// <summary>What leads to the item before it or after it.</summary>
    public string LabelOf(PlacedItem other)
        => other.Sector == Placed.Sector
            ? $"{(other == Before ? "Before" : "After")} this in {other.Sector.Name}"
            : $"{(other == Before ? "Before this, the last" : "After this, the first")} in {other.Sector.Name}";
}

/// <summary>Puts together the pages of one edition.</summary>
public sealed class EditionPages(EditionDocumentReader editions, ArchiveQueries archive, Publisher publisher, PublicAddress address, GoneLinks gone)
{
    private const int EarlierOnFront = 6;

    public async Task<HomePage> ReadHomeAsync(CancellationToken cancellationToken)
    {
        var name = (await publisher.GetAsync(cancellationToken)).Name;
        if (await archive.FindNewestMonthAsync(cancellationToken) is not { } month
            || await editions.ReadPublishedAsync(month, cancellationToken) is not { } edition)
            return new HomePage(null, new Pulse([]), name, []);
        var earlier = await archive.ListEditionsBeforeAsync(month, EarlierOnFront, cancellationToken);
        return new HomePage(edition, Pulse.Of(edition), name, earlier);
    }

    public async Task<EditionPage?> ReadEditionAsync(EditionMonth month, CancellationToken cancellationToken)
        => await archive.FindEditionAsync(month, cancellationToken) is var (edition, before, after)
            ? new EditionPage(edition, Pulse.Of(edition), (await publisher.GetAsync(cancellationToken)).Name, before, after) { Gone = await gone.ReadAsync(cancellationToken) }
            : null;

    public async Task<ItemPageModel?> ReadItemAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
    {
        if (await editions.ReadPublishedAsync(month, cancellationToken) is not { } edition)
            return null;
        var items = edition.Items.ToList();
        var at = items.FindIndex(placed => placed.Item.Slug == slug);
        if (at < 0)
            return null;
        var source = items[at].Item.SourceSlug is { } from ? await archive.ListOthersAsync(from, month, slug, cancellationToken) : null;
        return new ItemPageModel(
            edition, items[at], (await publisher.GetAsync(cancellationToken)).Name,
            at > 0 ? items[at - 1] : null, at + 1 < items.Count ? items[at + 1] : null,
            await archive.ListCoveredAgainAsync(items[at].Item.ItemId, cancellationToken), source, await gone.ReadAsync(cancellationToken));
    }

    /// <summary>The edition in another format, null when it is not published.</summary>
    public async Task<string?> WriteAsync(EditionMonth month, Func<EditionDocument, string, string> write, CancellationToken cancellationToken)
        => await editions.ReadPublishedAsync(month, cancellationToken) is { } edition
            ? write(edition, (await publisher.GetAsync(cancellationToken)).Name)
            : null;

    public async Task<byte[]?> WriteCsvAsync(EditionMonth month, CancellationToken cancellationToken)
        => await editions.ReadPublishedAsync(month, cancellationToken) is { } edition ? await EditionCsv.WriteAsync(edition, address.Links, cancellationToken) : null;

    public async Task<byte[]?> WriteWordAsync(EditionMonth month, CancellationToken cancellationToken)
        => await editions.ReadPublishedAsync(month, cancellationToken) is { } edition
            ? EditionWord.Write(edition, (await publisher.GetAsync(cancellationToken)).Name, address.Links)
            : null;
}
