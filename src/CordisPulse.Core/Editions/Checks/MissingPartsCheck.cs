namespace CordisPulse.Core.Editions.Checks;

/// <summary>An item without title, summary or source, a news item without title.</summary>
internal sealed class MissingPartsCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (_, _, item) in edition.Document.Items)
        {
            if (!VisibleText.IsIn(item.Title))
                yield return CheckedEdition.OfItem(item, FindingField.Title, FindingKinds.TitleMissing, FindingSeverity.Error, "The item has no title. Give it that of the report.");
            if (!VisibleText.IsIn(item.Summary))
                yield return CheckedEdition.OfItem(item, FindingField.Text, FindingKinds.SummaryMissing, FindingSeverity.Error, "The item has no summary. Write what the report says.");
            if (!VisibleText.IsIn(item.Source))
                yield return CheckedEdition.OfItem(item, FindingField.Source, FindingKinds.SourceMissing, FindingSeverity.Warning,
                    "The item does not say who published it. Name the source.");
        }

        foreach (var news in edition.Document.News.Where(news => !VisibleText.IsIn(news.Title)))
            yield return CheckedEdition.OfNews(news, FindingField.Title, FindingKinds.TitleMissing, FindingSeverity.Error, "The news item has no title. Give it one.");
    }
}
