using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

/// <summary>All sectors, or all sections, in the order of every edition.</summary>
public sealed record PlacesPage(BrowseKind Kind, IReadOnlyList<CountedPlace> Places)
{
    public string Title => Kind == BrowseKind.Sector ? "Sectors" : "Sections";

    public string Description => Kind == BrowseKind.Sector ? "The fields that every edition reports on." : "The kinds of work that every edition tells of.";
}
