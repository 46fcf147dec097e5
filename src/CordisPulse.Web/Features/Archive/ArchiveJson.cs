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

    public string Write(IReadOnlyList<ListedEdition> editions) => PublicJson.Write(new
    {
        Editions = editions.Select(edition => new
        {
            Edition = edition.Month,
            edition.Month.Title,
            Url = address.Links.Edition(edition.Month),
            Items = edition.Pulse.Items,
        }),
    });

    public string Write(IReadOnlyList<ListedSource> sources) => PublicJson.Write(new
    {
        Sources = sources.Select(source => new { source.Name, source.Slug, Url = address.Links.Source(source.Slug), source.Items, source.Newest }),
    });
}
