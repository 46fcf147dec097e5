using System.Globalization;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;

namespace CordisPulse.Core.Citations;

public enum CitationKind
{
    Report,

    /// <summary>Of a section that holds no reports.</summary>
    Tool,

    /// <summary>Ours, of either.</summary>
    Summary,
}

/// <summary>Where summaries appear: who publishes them, under which name, and where.</summary>
public sealed record CitingSite(string Name, string Publisher, SiteLinks Links);

/// <summary>What a reference list holds of one work, before it is written in one of its formats.</summary>
public sealed record Citation
{
    /// <summary>The section that ships for what is no report.</summary>
    private const string Tools = "tools-and-guidance";

    public required CitationKind Kind { get; init; }

    /// <summary>Unlike that of any other work of the site, and the same for ever.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<CitedName> Authors { get; init; }

    /// <summary>Who published it.</summary>
    public required string? Institution { get; init; }

    /// <summary>As exactly as is known.</summary>
    public required PartialDate? Date { get; init; }

    public required string? Url { get; init; }

    public required string? Doi { get; init; }

    /// <summary>The edition that holds it: "CordisPulse, March 2022". Null for a work of its own.</summary>
    public string? In { get; init; }

    /// <summary>The report that an item is about. Whoever published it wrote it when nobody else is named.</summary>
    public static Citation OfReport(EditionDocument edition, PlacedItem placed)
    {
        var item = placed.Item;
        return new Citation
        {
            Kind = placed.Section.Slug == Tools ? CitationKind.Tool : CitationKind.Report,
            Key = KeyOf(edition, item),
            Title = item.Title,
            Authors = item.Authors.Count > 0 ? [.. item.Authors.Select(name => CitedName.Of(name, item.Source))] : item.Source is { Length: > 0 } source ? [CitedName.OfOrganisation(source)] : [],
            Institution = string.IsNullOrWhiteSpace(item.Source) ? null : item.Source,
            Date = item.PublishedOn,
            Url = MarkdownRenderer.IsWebLink(item.Url) ? new Uri(item.Url!).AbsoluteUri : null,
            Doi = string.IsNullOrWhiteSpace(item.Doi) ? null : item.Doi.Trim(),
        };
    }

    /// <summary>Our summary of it.</summary>
    public static Citation OfSummary(EditionDocument edition, PlacedItem placed, CitingSite site) => OfOurs(edition, site) with
    {
        Kind = CitationKind.Summary,
        Key = $"{KeyOf(edition, placed.Item)}-summary",
        Title = $"Summary of “{placed.Item.Title}”",
        Url = site.Links.Item(edition.Month, placed.Item.Slug),
        In = TitleOf(edition, site),
    };

    /// <summary>A whole edition.</summary>
    public static Citation OfOurs(EditionDocument edition, CitingSite site) => new()
    {
        Kind = CitationKind.Report,
        Key = $"edition-{edition.Month}",
        Title = TitleOf(edition, site),
        Authors = [CitedName.OfOrganisation(site.Publisher)],
        Institution = site.Publisher,
        Date = PartialDate.Parse(edition.PublishedAt is { } at ? UkTime.DateOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : edition.Month.ToString()),
        Url = site.Links.Edition(edition.Month),
        Doi = null,
    };

    private static string KeyOf(EditionDocument edition, DocumentItem item) => $"{item.Slug}-{edition.Month}";

    private static string TitleOf(EditionDocument edition, CitingSite site)
        => edition.Title.Contains(site.Name, StringComparison.OrdinalIgnoreCase) ? edition.Title : $"{site.Name}, {edition.Title}";
}
