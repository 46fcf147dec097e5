namespace CordisPulse.Core.Editions.Checks;

/// <summary>An item that is in no sector or in no section.</summary>
internal sealed class UnplacedCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (sector, section, item) in edition.Document.Items)
            if (sector.Slug is null || section.Slug is null)
                yield return CheckedEdition.OfItem(
                    item, sector.Slug is null ? FindingField.Sector : FindingField.Section, FindingKinds.SectionMissing, FindingSeverity.Error,
                    sector.Slug is null ? "The item is in no sector. Choose one." : "The item is in no section. Choose one.");
    }
}
