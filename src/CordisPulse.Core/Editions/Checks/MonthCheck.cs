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
        foreach (var (place, field, what, text) in new[]
        {
            (FindingPlace.Introduction, FindingField.Text, "The introduction", CheckedText.PlainOf(edition.Document.Introduction)),
            (FindingPlace.Edition, FindingField.Subject, "The subject", edition.Document.Subject),
            // One that nobody wrote names titles, and a report may be about any month.
            (FindingPlace.Edition, FindingField.Preheader, "The preheader", edition.Document.HasDefaultPreheader ? "" : edition.Document.Preheader),
        })
        {
            var patterns = field == FindingField.Text ? [NamedEdition(), NamedNow()] : new[] { AnyMonth(), NamedEdition(), NamedNow() };
            var called = WithPlainName(text, edition.SiteName);
            var named = patterns.Select(pattern => pattern.Match(called)).FirstOrDefault(match => match.Success) ?? Match.Empty;
            var (other, year) = (named.Groups["month"], named.Groups["year"]);
            if (other.Success && (!other.Value.Equals(name, StringComparison.OrdinalIgnoreCase) || (year.Success && year.Value != $"{month.FirstDay.Year:0000}")))
                yield return new Finding
                {
                    Kind = FindingKinds.MonthMismatch,
                    Severity = FindingSeverity.Warning,
                    Place = place,
                    Field = field,
                    // Subject and preheader are of one place.
                    Part = $"{(field == FindingField.Preheader ? "preheader-" : "")}{ShortHash.Of(named.Value)}",
                    Message = $"{what} speaks of {other.Value}{(year.Success ? $" {year.Value}" : "")}; this is the edition of {month.Title}. See whether the text was carried over.",
                };
        }
    }

    /// <summary>The digest's own name, however it is written, is one more word for a digest.</summary>
    private static string WithPlainName(string text, string name) => text.Replace(name, "Pulse", StringComparison.OrdinalIgnoreCase);

    private const string Months = "(?<month>" + TextPattern.Months + ")";

    /// <summary>A name of one to four words that begin with capitals: "Care Weekly".</summary>
    private const string Name = @"(?:\p{Lu}[\p{L}\p{N}&'’-]*\s+){0,3}\p{Lu}[\p{L}\p{N}&'’-]*";

    [GeneratedRegex(
        $@"\b{Months}(?:['’]s|\s+(?<year>\d{{4}}))?\s+(?:edition|issue|digest|Pulse)\b|\b(?:edition|issue|digest|Pulse)\s+(?:for|of)\s+{Months}\b(?:\s+(?<year>\d{{4}})\b)?|\b(?i:welcome to) (?:our |the )?{Name}(?:\s+(?:for|in)|\s*[,:]|\s+[–—-])?\s+{Months}\b(?:\s+(?<year>\d{{4}})\b)?|\b(?i:here is|here[’']s|this is) (?:our |the |your ){Months}(?:\s+(?<year>\d{{4}}))?\s+{Name}(?=\s*(?:[.!,:]|$))",
        RegexOptions.Multiline | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex NamedEdition();

    /// <summary>Only what can't be said of another month than the one it is: "in February the department published" can.</summary>
    [GeneratedRegex(
        $@"\b(?i:welcome to) (?:a |an |our |the )?(?:\p{{Ll}}+ ){{0,2}}{Months}\b|\b(?i:it is|it[’']s|we are in) (?:already |now )?{Months}\b(?! \d)|\b(?i:this month),? (?:in )?{Months}\b|\b(?i:in) {Months},? this month\b|(?:^|[.!?]\s+)In {Months},? (?:we|our digest|this digest|this edition) (?:also )?(?:bring|brings|look|looks|cover|covers|share|shares|focus|focuses|round|rounds|feature|features|highlight|highlights)\b",
        RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex NamedNow();

    [GeneratedRegex($@"\b{Months}\s+(?<year>\d{{4}})\b", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex AnyMonth();
}
