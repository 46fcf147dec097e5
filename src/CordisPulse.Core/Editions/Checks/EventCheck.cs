using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An event that is over when the edition reaches its readers: by the date of the news item, or in words that invite to it.</summary>
internal sealed partial class EventCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var news in edition.Document.News)
        {
            var day = news.EventOn ?? InvitationIn(CheckedText.PlainOf(news.Body));
            if (day < edition.ReadOn)
                yield return CheckedEdition.OfNews(
                    news, news.EventOn is null ? FindingField.Text : FindingField.EventOn, FindingKinds.EventPast, FindingSeverity.Warning,
                    $"The event, on {day.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, is over. Say how it went, or take it out.");
        }
    }

    private static DateOnly? InvitationIn(string text)
    {
        foreach (Match match in Invitation().Matches(text))
            if (DateOnly.TryParseExact($"{match.Groups["day"].Value} {match.Groups["month"].Value}", "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var day))
                return day;
        return null;
    }

    /// <summary>Words that ask to come or say that it is to come and, in the same sentence, "on" a day. An account of one that was held has none of them.</summary>
    [GeneratedRegex(
        @"\b(?:join us|come to|sign up|(?:we are|we're) (?:holding|hosting|running|opening)|will (?:be|take|host|hold|run|speak)|takes place|returns|meet us)\b[^.!?\n]{0,120}?\bon\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?<month>(?:" + TextPattern.Months + @")\s+\d{4})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Invitation();
}
