using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>
/// The days that the words of a news item give: of a deadline, and of an event that they invite to. One without a year is the one
/// nearest to the month of the edition.
/// </summary>
internal static partial class NewsDays
{
    /// <param name="body">Markdown.</param>
    /// <param name="month">Of the edition.</param>
    public static DateOnly? DeadlineIn(string body, EditionMonth month)
        => InSentences(Deadline(), body).Select(rest => DaysIn(Day(), rest, month).FirstOrDefault()).FirstOrDefault(day => day is not null);

    /// <summary>The deadline that a summary gives to whoever wants to take part. One that its report tells of is a story.</summary>
    /// <param name="summary">Markdown.</param>
    /// <param name="month">Of the edition.</param>
    public static DateOnly? CallIn(string summary, EditionMonth month)
        => InSentences(Call(), CheckedText.PlainOf(summary)).Select(rest => DaysIn(Day(), rest, month).FirstOrDefault()).FirstOrDefault(day => day is not null);

    /// <summary>The last day of the first sentence that invites to some: until then there is something to come to.</summary>
    /// <param name="body">Markdown.</param>
    /// <param name="month">Of the edition.</param>
    public static DateOnly? EventIn(string body, EditionMonth month)
        => InSentences(Invitation(), CheckedText.PlainOf(body)).Select(rest => DaysIn(AppointedDay(), rest, month).Max()).FirstOrDefault(day => day is not null);

    /// <summary>Whether they name any day of the time around the edition; one of years ago is a story, and goes on being true.</summary>
    /// <param name="title">As the reader sees it.</param>
    /// <param name="body">Markdown.</param>
    /// <param name="month">Of the edition.</param>
    public static bool NameADay(string title, string body, EditionMonth month)
        => DaysIn(Day(), $"{title}\n{CheckedText.PlainOf(body)}", month).Any(day => day >= month.AddMonths(-12).FirstDay);

    public static string Write(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Of a finding about the day, which is another as soon as another day is given.</summary>
    public static string PartOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> InSentences(Regex words, string text) => Matches(words, text).Select(match => match.Groups["rest"].Value);

    private static IEnumerable<DateOnly?> DaysIn(Regex days, string text, EditionMonth month) => Matches(days, text).Select(match => DayOf(match, month)).Where(day => day is not null);

    private static List<Match> Matches(Regex words, string text)
    {
        var found = new List<Match>();
        try
        {
            found.AddRange(words.Matches(text));
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that is made to be slow gives no more of them.
        }

        return found;
    }

    private static DateOnly? DayOf(Match match, EditionMonth edition)
    {
        var year = match.Groups["year"];
        var near = edition.FirstDay.Year;
        return (year.Success ? [int.Parse(year.Value, CultureInfo.InvariantCulture)] : new[] { near - 1, near, near + 1 })
            .Select(one => DateOnly.TryParseExact(
                $"{match.Groups["day"].Value} {match.Groups["month"].Value} {one}", "d MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
            .Where(day => day is not null)
            .MinBy(day => Math.Abs(day!.Value.DayNumber - edition.FirstDay.AddDays(14).DayNumber));
    }

    /// <summary>The rest of a sentence, which a full stop within a time of day does not end.</summary>
    private const string Rest = @"(?<rest>(?:[^.!?\n]|(?<=\d)\.(?=\d)){0,200})";

    private const string Asks =
        @"clos(?:es|ing)|(?:apply|register|respond|book|submit|reply|enter) by|(?:is|are|stays?|remains?) open (?:until|till)"
        + @"|(?:applications?|bookings?|registrations?|nominations?|submissions?|entries|responses|places) (?:must be (?:in|made|received|sent) )?(?:by|before|ends?(?: on)?)";

    private const string Weekday = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";

    /// <summary>With a capital, since years, weeks and people may do much.</summary>
    private const string Month = "(?-i:(?<month>" + TextPattern.Months + "))";

    private const string Number = @"(?<day>\d{1,2})(?:st|nd|rd|th)?\b";

    /// <summary>The first of two days of one month: "on 12–" of "on 12–13 May".</summary>
    private const string SpanOfDays = @"\bon\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\s*(?:[-–—]|\bto\b|\band\b)\s*";

    /// <summary>"22 March", "the 22nd of March 2022", "March 22nd"; not the first of a span, which has begun and is not over.</summary>
    private const string DayAndMonth =
        @"(?:\b(?:the\s+)?" + Number + @"(?:\s+of)?\s+" + Month + @"\b|\b" + Month + @"\s+(?:the\s+)?" + Number + @")"
        + @"(?>(?:,?\s+(?<year>(?:19|20)\d\d)\b)?)(?!\s*(?:[-–—]|\b(?:to|until|till)\b)\s*(?:" + Weekday + @",?\s+)?(?:the\s+)?(?:\d|" + TextPattern.Months + "))";

    [GeneratedRegex(DayAndMonth, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Day();

    /// <summary>A day "on" which something is, or behind a day of the week, another such day, or nothing else; not the day on which a report came out.</summary>
    [GeneratedRegex(
        @"(?:^\s*|(?<!\b(?:published|released|issued|launched|announced|updated)\s)\bon\s+|\b" + Weekday + @",?\s+|\band\s+|" + SpanOfDays + @")(?:" + Weekday + @",?\s+)?" + DayAndMonth,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex AppointedDay();

    /// <summary>A word for a deadline and what follows in its sentence.</summary>
    [GeneratedRegex(
        @"\b(?:deadline|" + Asks + @")\b" + Rest, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Deadline();

    /// <summary>A deadline of something that readers are asked for.</summary>
    [GeneratedRegex(@"\b(?:" + Asks + @")\b" + Rest, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Call();

    /// <summary>Words that ask to come or say that it is to come, and what follows in their sentence. An account of an event that was held has none of them.</summary>
    [GeneratedRegex(
        @"\b(?:join us|come to|sign up|(?:we are|we're) (?:holding|hosting|running|opening)|will (?:be|take|host|hold|run|speak)|takes place|returns|meet us|(?:conference|seminar|webinar|workshop|summit|forum|training|course|meeting|launch|event) (?:is|are) (?=on\b))\b" + Rest,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Invitation();
}
