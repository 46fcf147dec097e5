using System.Globalization;
using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

/// <summary>What items can be looked up by.</summary>
public enum BrowseKind
{
    Sector,
    Section,
    Source,
    Topic,
}

internal static class BrowseKinds
{
    /// <summary>Address of the list of all, relative to the site's.</summary>
    public static string Path(this BrowseKind kind) => kind switch
    {
        BrowseKind.Sector => "sectors",
        BrowseKind.Section => "sections",
        BrowseKind.Source => "sources",
        _ => "topics",
    };

    /// <summary>Where staff curate them.</summary>
    public static DeskLink Desk(this BrowseKind kind) => new($"Edit the {kind.Path()}", $"editor/settings/{kind.Path()}");

    public static IReadOnlyDictionary<int, Occurrence> Of(this CountedArchive archive, BrowseKind kind) => kind switch
    {
        BrowseKind.Sector => archive.Sectors,
        BrowseKind.Section => archive.Sections,
        BrowseKind.Source => archive.Sources,
        _ => archive.Topics,
    };
}

/// <param name="Occurrence">Null while nothing of it is published.</param>
public sealed record BrowsePage(BrowseKind Kind, ListedPlace Place, ItemPlace? After, ItemPage Page, Occurrence? Occurrence)
{
    /// <summary>Years that the page leads to at once; those before them are reached by going on.</summary>
    public const int MostYears = 24;

    public string Path => $"{Kind.Path()}/{Place.Slug}";

    /// <summary>Address of this part of the list, relative to the site's.</summary>
    public string Canonical => After is { } after ? $"{Path}?before={after}" : Path;

    public string Description => Kind switch
    {
        BrowseKind.Sector => $"Everything we have summarised for {Place.Name}, newest first.",
        BrowseKind.Section => $"Every item under {Place.Name}, newest first.",
        BrowseKind.Source => $"Everything from {Place.Name} that we have summarised, newest first.",
        _ => $"Everything on {Place.Name} that we have summarised, newest first.",
    };

    /// <summary>The part of the list that begins with the last edition of a year.</summary>
    public string PathOf(int year) => string.Create(CultureInfo.InvariantCulture, $"{Path}?before={year:0000}-12.0");
}
