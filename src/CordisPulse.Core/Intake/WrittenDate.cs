using System.Globalization;
using System.Text.RegularExpressions;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Intake;

/// <summary>Dates as pages write them: "2024-03-07T09:00", "2024/3/7", "20240307", "14 March 2024", "March 14, 2024", "March 2024".</summary>
internal static partial class WrittenDate
{
    private const int LongestLookedAt = 100;

    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Where(name => name.Length > 0)];

    /// <summary>As exactly as it is given; null for what is no date, and for a day in figures that may as well be a month.</summary>
    public static PartialDate? Of(string? text)
    {
        var given = text?.Trim() ?? "";
        if (given.Length > LongestLookedAt)
            given = given[..LongestLookedAt];
        if (InFigures().Match(given) is { Success: true } figures)
            return Date(figures, Number(figures.Groups["month"]));
        return InWords().Match(given) is { Success: true } words && MonthOf(words.Groups["month"].Value) is { } month ? Date(words, month) : null;
    }

    /// <summary>Down to the day or the month as far as the calendar has it.</summary>
    private static PartialDate? Date(Match found, int? month)
    {
        var year = found.Groups["year"].Value;
        var inMonth = month is { } number ? string.Create(CultureInfo.InvariantCulture, $"{year}-{number:00}") : year;
        return (Number(found.Groups["day"]) is { } day && PartialDate.TryParse(string.Create(CultureInfo.InvariantCulture, $"{inMonth}-{day:00}"), out var date))
            || PartialDate.TryParse(inMonth, out date)
            || PartialDate.TryParse(year, out date)
            ? date
            : null;
    }

    private static int? Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;

    private static int? MonthOf(string word)
        => Array.FindIndex(Months, month => word.Length >= 3 && month.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index + 1
            : word.Equals("sept", StringComparison.OrdinalIgnoreCase) ? 9
            : null;

    [GeneratedRegex(@"^(?<year>\d{4})(?:(?<month>\d{2})(?<day>\d{2})(?!\d)|(?!\d)(?:[-/.](?<month>\d{1,2})(?!\d)(?:[-/.](?<day>\d{1,2})(?!\d))?)?)", RegexOptions.CultureInvariant)]
    private static partial Regex InFigures();

    [GeneratedRegex(
        @"^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(?:(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?<month>[A-Z]{3,9})\.?,?\s+(?:(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?<year>\d{4})(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InWords();
}
