using CordisPulse.Core.Archive;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Features.Archive;

/// <summary>Writes lists of the archive for programs.</summary>
public sealed class ArchiveJson(PublicAddress address)
{
    /// <summary>A part of a long list, and where the next begins.</summary>
    /// <param name="path">Of the list's page, relative to the site's address.</param>
    public string Write(ListedPlace place, string path, ItemPage page) => PublicJson.Write(new
    {
        place.Name,
        place.Slug,
        Page = address.Links.To(path),
        Next = page.Older is { } older ? address.Links.To($"{path}.json?before={older}") : null,
        Items = page.Items.Select(item => new
        {
            Edition = item.Month,
            item.Title,
            Url = address.Links.Item(item.Month, item.Slug),
            item.Source,
            item.SourceSlug,
            item.Sector,
            item.SectorSlug,
            item.Section,
            Summary = item.SummaryText,
            PublishedAt = item.PublishedUtc,
            CorrectedAt = item.CorrectedUtc,
        }),
    });

    /// <summary>All editions, the newest first.</summary>
    public string Write(CountedArchive archive) => PublicJson.Write(new
    {
        Editions = archive.Editions.Select(edition => new
        {
            Edition = edition.Month,
            edition.Month.Title,
            Url = address.Links.Edition(edition.Month),
            edition.Items,
        }),
    });

    public string WriteSources(IReadOnlyList<CountedPlace> sources) => PublicJson.Write(new { Sources = sources.Select(source => Counted(source, address.Links.Source(source.Slug))) });

    public string WriteTopics(IReadOnlyList<CountedPlace> topics) => PublicJson.Write(new { Topics = topics.Select(topic => Counted(topic, address.Links.Topic(topic.Slug))) });

    private static object Counted(CountedPlace place, string url)
        => new { place.Name, place.Slug, Url = url, place.Occurrence.Items, Oldest = place.Occurrence.First, Newest = place.Occurrence.Last };
}
