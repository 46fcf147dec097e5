namespace CordisPulse.Core.Editions.Checks;

/// <summary>An event that is over when the edition reaches its readers: by the date of the news item, or in words that invite to it.</summary>
internal sealed class EventCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var news in edition.Document.News)
            if ((news.EventOn ?? NewsDays.EventIn(news.Body, edition.Document.Month)) is { } day && day < edition.ReadOn)
                yield return CheckedEdition.OfNews(
                    news, news.EventOn is null ? FindingField.Text : FindingField.EventOn, FindingKinds.EventPast, FindingSeverity.Warning,
                    $"The event, on {NewsDays.Write(day)}, is over. Say how it went, or take it out.") with
                { Part = NewsDays.PartOf(day) };
    }
}
