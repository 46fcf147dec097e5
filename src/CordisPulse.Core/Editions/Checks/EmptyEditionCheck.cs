namespace CordisPulse.Core.Editions.Checks;

/// <summary>An edition in which there is nothing to read about.</summary>
internal sealed class EmptyEditionCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        if (!edition.Document.Items.Any())
            yield return new Finding
            {
                Kind = FindingKinds.EditionEmpty,
                Severity = FindingSeverity.Error,
                Place = FindingPlace.Edition,
                Message = "The edition has no items. Add one on the board.",
            };
    }
}
