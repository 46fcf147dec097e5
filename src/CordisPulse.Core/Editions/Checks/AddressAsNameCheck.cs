using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A title or a source that is a web address: pasted into the wrong field, or all that could be read of a page.</summary>
internal sealed class AddressAsNameCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (_, _, item) in edition.Document.Items)
        {
            if (MarkdownRenderer.IsWebLink(item.Title.Trim()))
                yield return CheckedEdition.OfItem(item, FindingField.Title, FindingKinds.TitleAddress, FindingSeverity.Warning,
                    "The title is an address. Give it that of the report.") with
                { Part = ShortHash.Of(item.Title.Trim()) };
            if (item.Source?.Trim() is { } source && MarkdownRenderer.IsWebLink(source))
                yield return CheckedEdition.OfItem(item, FindingField.Source, FindingKinds.SourceAddress, FindingSeverity.Warning,
                    "The source is an address. Name who published the report.") with
                { Part = ShortHash.Of(source) };
        }

        foreach (var news in edition.Document.News.Where(news => MarkdownRenderer.IsWebLink(news.Title.Trim())))
            yield return CheckedEdition.OfNews(news, FindingField.Title, FindingKinds.TitleAddress, FindingSeverity.Warning,
                "The title is an address. Say what the news is.") with
            { Part = ShortHash.Of(news.Title.Trim()) };
    }
}
