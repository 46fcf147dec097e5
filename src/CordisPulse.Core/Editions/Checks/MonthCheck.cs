using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An introduction, subject or preheader that welcomes readers to another month: last month's text, not yet changed.</summary>
internal sealed partial class MonthCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var month = edition.Document.Month;
        var name = month.FirstDay.ToString("MMMM", CultureInfo.InvariantCulture);
        foreach (var (place, what, text) in new[]
        {
            (FindingPlace.Introduction, "The introduction", edition.Document.Introduction),
            (FindingPlace.Edition, "The subject", edition.Document.Subject),
        })
        {
            var named = (place == FindingPlace.Edition ? AnyMonth() : NamedEdition()).Match(text);
            if (place == FindingPlace.Introduction && !named.Success)
                named = NamedNow().Match(text);
            var (other, year) = (named.Groups["month"], named.Groups["year"]);
            if (other.Success && (!other.Value.Equals(name, StringComparison.OrdinalIgnoreCase) || (year.Success && year.Value != $"{month.FirstDay.Year:0000}")))
                yield return new Finding
                {
                    Kind = FindingKinds.MonthMismatch,
                    Severity = FindingSeverity.Warning,
                    Place = place,
                    Field = place == FindingPlace.Edition ? FindingField.Subject : FindingField.Text,
                    Message = $"{what} speaks of {other.Value}{(year.Success ? $" {year.Value}" : "")}; this is the edition of {month.Title}. See whether the text was carried over.",
                };
        }
    }

    private const string Months = "(?<month>" + TextPattern.Months + ")";

    [GeneratedRegex($@"\b{Months}(?:['’]s|\s+(?<year>\d{{4}}))?\s+(?:edition|issue|digest|Pulse)\b|\b(?:edition|issue|digest|Pulse)\s+(?:for|of)\s+{Months}\b", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex NamedEdition();

    /// <summary>Only what can't be said of another month than the one it is: "in February the department published" can.</summary>
    [GeneratedRegex(
        $@"\b(?i:welcome to) (?:a |an |our |the )?(?:\p{{Ll}}+ ){{0,2}}{Months}\b|\b(?i:it is|it[’']s|we are in) (?:already |now )?{Months}\b(?! \d)|\b(?i:this month),? (?:in )?{Months}\b|\b(?i:in) {Months},? this month\b|(?:^|[.!?]\s+)In {Months},? (?:we|our digest|this digest|this edition) (?:also )?(?:bring|brings|look|looks|cover|covers|share|shares|focus|focuses|round|rounds|feature|features|highlight|highlights)\b",
        RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex NamedNow();

    [GeneratedRegex($@"\b{Months}\s+(?<year>\d{{4}})\b", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex AnyMonth();
}
