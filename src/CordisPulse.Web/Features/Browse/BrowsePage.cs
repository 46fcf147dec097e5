using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

public enum BrowseKind
{
    Sector,
    Section,
    Source,
}

public sealed record BrowsePage(BrowseKind Kind, ListedPlace Place, ItemPlace? After, ItemPage Page)
{
    public string Path => $"{Kind switch { BrowseKind.Sector => "sectors", BrowseKind.Section => "sections", _ => "sources" }}/{Place.Slug}";

    /// <summary>Address of this part of the list, relative to the site's.</summary>
    public string Canonical => After is { } after ? $"{Path}?before={after}" : Path;

    public string Description => Kind switch
    {
        BrowseKind.Sector => $"Everything we have summarised for {Place.Name}, newest first.",
        BrowseKind.Section => $"Every item under {Place.Name}, newest first.",
        _ => $"Everything from {Place.Name} that we have summarised, newest first.",
    };
}
