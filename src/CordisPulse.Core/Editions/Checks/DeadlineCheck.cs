using System.Globalization;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A deadline that has gone by when the edition reaches its readers: as a date of the news item, or in its words.</summary>
internal sealed class DeadlineCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var news in edition.Document.News)
        {
            var deadline = news.Deadline ?? NewsDays.DeadlineIn(news.Body, edition.Document.Month);
            if (deadline < edition.ReadOn)
                yield return CheckedEdition.OfNews(
                    news, news.Deadline is null ? FindingField.Text : FindingField.Deadline, FindingKinds.DeadlinePast, FindingSeverity.Warning,
                    $"The deadline, {deadline.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, has passed. Give the new one, or take the news out.");
        }
    }
}
