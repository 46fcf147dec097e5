namespace CordisPulse.Core.Editions.Checks;

/// <summary>A link that leads to no page. What a site shows only to people may be there, and is not told.</summary>
internal sealed class LinkDeadCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
        => from link in edition.Links
           let seen = edition.Seen.GetValueOrDefault(link.Url)
           where seen is { IsDead: true }
           select CheckedEdition.OfLink(link, FindingKinds.LinkDead, $"{link.Name} leads to no page. {seen.Problem} Look for where it is now.");
}
