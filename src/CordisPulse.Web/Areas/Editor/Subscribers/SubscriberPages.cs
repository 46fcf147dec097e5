using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

/// <param name="List">Null when what was searched for can't be.</param>
/// <param name="Sectors">The sectors there are.</param>
/// <param name="Notices">What looked like a mail filter, and nobody has settled.</param>
public sealed record SubscribersPage(SubscriberFilter Filter, SubscriberList? List, IReadOnlyList<SectorChoice> Sectors, OpenNotices Notices);

/// <param name="Field">The name that the ticks are sent under.</param>
/// <param name="Ticked">Keys.</param>
public sealed record SectorTicks(string Field, IReadOnlyList<SectorChoice> Choices, IReadOnlyCollection<int> Ticked);
