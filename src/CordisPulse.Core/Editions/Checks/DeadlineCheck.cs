namespace CordisPulse.Core.Editions.Checks;

/// <summary>A deadline that has gone by when the edition reaches its readers: as a date of the news item, in its words, or in a summary that asks readers for something.</summary>
internal sealed class DeadlineCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var news in edition.Document.News)
            if ((news.Deadline ?? NewsDays.DeadlineIn(news.Body, edition.Document.Month)) is { } day && day < edition.ReadOn)
                yield return CheckedEdition.OfNews(
                    news, news.Deadline is null ? FindingField.Text : FindingField.Deadline, FindingKinds.DeadlinePast, FindingSeverity.Warning,
                    $"The deadline, {NewsDays.Write(day)}, has passed. Give the new one, or take the news out.") with
                { Part = NewsDays.PartOf(day) };

        foreach (var (_, _, item) in edition.Document.Items)
            if (NewsDays.CallIn(item.Summary, edition.Document.Month) is { } day && day < edition.ReadOn)
                yield return CheckedEdition.OfItem(
                    item, FindingField.Text, FindingKinds.DeadlinePast, FindingSeverity.Warning,
                    $"The deadline, {NewsDays.Write(day)}, has passed. Give the new one, or say that it is over.") with
                { Part = NewsDays.PartOf(day) };
    }
}
