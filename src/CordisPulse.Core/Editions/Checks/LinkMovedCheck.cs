namespace CordisPulse.Core.Editions.Checks;

/// <summary>A link whose page has moved for good, as its site says. Another spelling of the same address is no news.</summary>
internal sealed class LinkMovedCheck : IEditionCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var link in edition.Links)
        {
            if (edition.Seen.GetValueOrDefault(link.Url)?.MovedTo is not { } moved || LinkKey.From(moved) == LinkKey.From(link.Url))
                continue;
            yield return IsFrontPage(moved) && !IsFrontPage(link.Url)
                ? CheckedEdition.OfLink(link, FindingKinds.LinkMoved, $"{link.Name} leads to the front page of {new Uri(moved).Host} now. Look for where the page itself is.")
                : CheckedEdition.OfLink(link, FindingKinds.LinkMoved, $"{link.Name} leads to a page that has moved for good, to {moved}. Save to link there.", moved);
        }
    }

    private static bool IsFrontPage(string url) => new Uri(url) is { AbsolutePath: "/", Query: "" };
}
