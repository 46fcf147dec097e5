using System.Globalization;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An event that is over when the edition reaches its readers: by the date of the news item, or in words that invite to it.</summary>
internal sealed class EventCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var news in edition.Document.News)
        {
            var day = news.EventOn ?? NewsDays.EventIn(news.Body, edition.Document.Month);
            if (day < edition.ReadOn)
                yield return CheckedEdition.OfNews(
                    news, news.EventOn is null ? FindingField.Text : FindingField.EventOn, FindingKinds.EventPast, FindingSeverity.Warning,
                    $"The event, on {day.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, is over. Say how it went, or take it out.");
        }
    }
}
