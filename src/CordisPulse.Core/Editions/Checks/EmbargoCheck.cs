using CordisPulse.Core.Site;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An item that its publisher has asked nobody to publish yet.</summary>
internal sealed class EmbargoCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (_, _, item) in edition.Document.Items)
            if (edition.Embargoes.TryGetValue(item.ItemId, out var end) && end > edition.NowUtc)
                yield return CheckedEdition.OfItem(item, FindingField.NotBefore, FindingKinds.Embargo, FindingSeverity.Error,
                    $"It is under an embargo until {UkTime.Minute(end)}. Publish later, or move it to a later edition.");
    }
}
