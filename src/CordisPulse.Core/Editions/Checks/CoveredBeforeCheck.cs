using System.Globalization;
using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>The same link or DOI, or nearly the same title, earlier in this edition or in an earlier one.</summary>
internal sealed class CoveredBeforeCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var order = edition.Document.Items.Select((placed, index) => (placed.Item.ItemId, index)).ToDictionary(entry => entry.ItemId, entry => entry.index);
        foreach (var (_, _, item) in edition.Document.Items)
        {
            // Of two the later one is told, in one edition as in two. What only waits in the intake is told there.
            var covered = edition.Covered.GetValueOrDefault(item.ItemId, [])
                .Where(other => other.Month < edition.Document.Month
                    || (other.Month == edition.Document.Month && order.TryGetValue(other.ItemId, out var place) && place < order[item.ItemId]))
                .ToList();
            if (covered.Find(other => other.By is CoveredBy.Link or CoveredBy.Doi) is { } same)
                yield return CheckedEdition.OfItem(item, FindingField.Link, FindingKinds.DuplicateLink, FindingSeverity.Warning,
                    $"The same {(same.By == CoveredBy.Link ? "link" : "DOI")} stands {Where(edition, same)}, under “{same.Title}”. Take one of them out, or say what is new.") with
                { Part = PartOf(same) };
            if (covered.Find(other => other is { By: CoveredBy.Title, IsAnotherYear: false }) is { } near)
                yield return CheckedEdition.OfItem(item, FindingField.Title, FindingKinds.DuplicateTitle, FindingSeverity.Warning,
                    $"Nearly the same title stands {Where(edition, near)}: “{near.Title}”. Take one of them out, or say what is new.") with
                { Part = PartOf(near) };
        }
    }

    /// <summary>What may come twice is this one and no other.</summary>
    private static string PartOf(CoveredItem other) => ShortHash.Of(string.Create(CultureInfo.InvariantCulture, $"{other.ItemId}"));

    private static string Where(CheckedEdition edition, CoveredItem item)
        => item.Month == edition.Document.Month ? "earlier in this edition" : $"in {item.Month!.Value.Title}";
}
