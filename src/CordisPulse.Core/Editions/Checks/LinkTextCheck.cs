namespace CordisPulse.Core.Editions.Checks;

/// <summary>Link text that says nothing to a reader who hears the links of a page read out one after the other (WCAG 2.2, 2.4.4).</summary>
internal sealed class LinkTextCheck : ITextCheck
{
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "here", "click here", "this", "link", "this link", "the link", "more", "read more", "see here", "see more", "find out more", "this page",
    };

    public IEnumerable<Finding> Check(CheckedEdition edition)
        => from text in edition.Texts
           let vague = text.Links.Select(link => link.Text.Trim()).Where(link => link.Length == 0 || Empty.Contains(link.TrimEnd('.'))).ToList()
           where vague.Count > 0
           select CheckedEdition.OfText(text, FindingKinds.LinkText, FindingSeverity.Warning,
               $"The link text {QuotedWords.Of(vague)} does not say where it leads. Use the name of the page.", vague);
}
