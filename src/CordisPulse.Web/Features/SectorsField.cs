using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Features;

/// <summary>The ticks that choose sectors.</summary>
/// <param name="Choices">The sectors there are.</param>
/// <param name="Chosen">Keys of those that are ticked; none for all.</param>
public sealed record SectorsField(IReadOnlyList<SectorChoice> Choices, IReadOnlyCollection<int> Chosen);
