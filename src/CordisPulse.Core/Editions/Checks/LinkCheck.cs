using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An item's own link, a news item's, and the links within texts: missing, left as a placeholder, or not for the web.</summary>
internal sealed class LinkCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (_, _, item) in edition.Document.Items)
            if (Problem(item.Url, edition.LinkSeverity) is var (kind, message))
                yield return CheckedEdition.OfItem(item, FindingField.Link, kind, edition.LinkSeverity, message) with { Part = PartOf(kind, item.Url) };

        // A news item needs no link, but one that it has must work.
        foreach (var news in edition.Document.News.Where(news => !string.IsNullOrWhiteSpace(news.Url)))
            if (Problem(news.Url, edition.LinkSeverity) is var (kind, message))
                yield return CheckedEdition.OfNews(news, FindingField.Link, kind, edition.LinkSeverity, message) with { Part = PartOf(kind, news.Url) };

        foreach (var text in edition.Texts)
        {
            var links = text.Links;
            var placeholders = links.Where(link => MarkdownLinks.IsPlaceholder(link.Url)).Select(link => link.Text).ToList();
            if (placeholders.Count > 0)
                yield return CheckedEdition.OfText(text, FindingKinds.LinkPlaceholder, edition.LinkSeverity,
                    $"The text has links that lead nowhere yet: {Quoted(placeholders)}. Paste where they lead.", placeholders);
            var invalid = links.Where(link => !MarkdownLinks.IsPlaceholder(link.Url) && !link.Url.StartsWith('#') && !MarkdownRenderer.IsOpenable(link.Url)).Select(link => link.Url).ToList();
            if (invalid.Count > 0)
                yield return CheckedEdition.OfText(text, FindingKinds.LinkInvalid, edition.LinkSeverity,
                    $"The text has links that no browser would open: {Quoted(invalid)}. They begin with https:// or http://.", invalid);
        }
    }

    private static (string Kind, string Message)? Problem(string? url, FindingSeverity severity)
    {
        var lost = severity == FindingSeverity.Warning ? $" Readers see \"{MarkdownRenderer.LinkNotKept}\"." : "";
        if (string.IsNullOrWhiteSpace(url))
            return (FindingKinds.LinkMissing, "The item has no link. Paste the address of the report." + lost);
        if (MarkdownLinks.IsPlaceholder(url))
            return (FindingKinds.LinkPlaceholder, "The link is still a placeholder. Paste the address that it is to lead to." + lost);
        return MarkdownRenderer.IsWebLink(url)
            ? null
            : (FindingKinds.LinkInvalid, "The link is not one that a browser would open: it begins with https:// or http://." + lost);
    }

    /// <summary>Tells an item's own link from those within its text, and one that no browser opens from the next.</summary>
    private static string? PartOf(string kind, string? url) => kind == FindingKinds.LinkInvalid ? $"link-{ShortHash.Of(url ?? "")}" : null;

    private static string Quoted(IEnumerable<string> texts) => string.Join(", ", texts.Select(text => $"“{text}”"));
}
