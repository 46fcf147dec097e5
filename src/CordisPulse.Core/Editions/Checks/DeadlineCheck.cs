using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A deadline that has gone by when the edition reaches its readers: as a date of the news item, or in its words.</summary>
internal sealed partial class DeadlineCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var news in edition.Document.News)
        {
            var deadline = news.Deadline ?? DeadlineIn(news.Body);
            if (deadline < edition.ReadOn)
                yield return CheckedEdition.OfNews(
                    news, news.Deadline is null ? FindingField.Text : FindingField.Deadline, FindingKinds.DeadlinePast, FindingSeverity.Warning,
                    $"The deadline, {deadline.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, has passed. Give the new one, or take the news out.");
        }
    }

    private static DateOnly? DeadlineIn(string text)
    {
        foreach (Match match in Deadline().Matches(text))
            if (DateOnly.TryParseExact(match.Groups["date"].Value, "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var day))
                return day;
        return null;
    }

    /// <summary>A word for a deadline and, in the same sentence, a day.</summary>
    [GeneratedRegex(
        @"\b(?:deadline|clos(?:es|ing)|apply by|register by|respond by|book by|submit by)\b[^.!?\n]{0,120}?\b(?<date>\d{1,2}\s+(?:" + TextPattern.Months + @")\s+\d{4})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Deadline();
}
