using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>The days that the words of a news item give: of a deadline, and of an event that they invite to.</summary>
internal static partial class NewsDays
{
    /// <param name="body">Markdown.</param>
    public static DateOnly? DeadlineIn(string body) => FirstIn(Deadline(), body);

    /// <param name="body">Markdown.</param>
    public static DateOnly? EventIn(string body) => FirstIn(Invitation(), CheckedText.PlainOf(body));

    private static DateOnly? FirstIn(Regex words, string text)
    {
        try
        {
            foreach (Match match in words.Matches(text))
                if (DateOnly.TryParseExact($"{match.Groups["day"].Value} {match.Groups["month"].Value}", "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var day))
                    return day;
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that is made to be slow gives no day.
        }

        return null;
    }

    /// <summary>A word for a deadline and, in the same sentence, a day.</summary>
    [GeneratedRegex(
        @"\b(?:deadline|clos(?:es|ing)|apply by|register by|respond by|book by|submit by)\b[^.!?\n]{0,120}?\b(?<day>\d{1,2})\s+(?<month>(?:" + TextPattern.Months + @")\s+\d{4})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Deadline();

    /// <summary>Words that ask to come or say that it is to come and, in the same sentence, "on" a day. An account of one that was held has none of them.</summary>
    [GeneratedRegex(
        @"\b(?:join us|come to|sign up|(?:we are|we're) (?:holding|hosting|running|opening)|will (?:be|take|host|hold|run|speak)|takes place|returns|meet us)\b[^.!?\n]{0,120}?\bon\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?<month>(?:" + TextPattern.Months + @")\s+\d{4})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Invitation();
}
