using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

/// <param name="List">Null when what was searched for can't be.</param>
/// <param name="Sectors">The sectors there are.</param>
/// <param name="Notices">What looked like a mail filter, and nobody has settled.</param>
public sealed record SubscribersPage(SubscriberFilter Filter, SubscriberList? List, IReadOnlyList<SectorChoice> Sectors, IReadOnlyList<DomainNoticeLine> Notices);

public sealed record ImportReportPage(string FileName, ImportReport Report);

/// <param name="Id">The heading's, by which the section is found.</param>
public sealed record ImportLinesView(string Id, string Title, IReadOnlyList<ImportLine> Lines)
{
    /// <summary>A list of something else entirely would make a page that no browser shows.</summary>
    public const int MostListed = 1000;
}
