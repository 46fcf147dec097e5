using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>What copying out of a PDF leaves behind: characters that are no text, words broken at a line's end, double spaces, bullets that are no list; and marks that turn the words.</summary>
internal sealed partial class StrayCharactersCheck : ITextCheck
{
    private const int Around = 14;

    /// <summary>A letter of Hebrew, Arabic and their neighbours.</summary>
    private const string FromRight = @"[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]";

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var (_, _, item) in edition.Document.Items)
            if (Problems(item.Title) is var (what, where))
                yield return CheckedEdition.OfItem(item, FindingField.Title, FindingKinds.StrayCharacters, FindingSeverity.Warning, $"The title has {what}") with { Part = $"title-{ShortHash.OfAll(where)}" };

        foreach (var news in edition.Document.News)
            if (Problems(news.Title) is var (what, where))
                yield return CheckedEdition.OfNews(news, FindingField.Title, FindingKinds.StrayCharacters, FindingSeverity.Warning, $"The title has {what}") with { Part = $"title-{ShortHash.OfAll(where)}" };

        foreach (var text in edition.Texts)
            if (Problems(text.Typed) is var (what, where))
                yield return CheckedEdition.OfText(text, FindingKinds.StrayCharacters, FindingSeverity.Warning, $"The text has {what}", where);
    }

    /// <summary>What each kind is and where it stands, for people, and every place by itself; null when there is none.</summary>
    private static (string What, IReadOnlyList<string> Where)? Problems(string text)
    {
        var found = new (Regex Wrong, string What)[]
        {
            (Unreadable(), "a character that readers see as a box or a question mark, {0}. Look it up in the original and type it."),
            (Invisible(), "a character that nobody sees but searches stumble over, {0}. Type the word again."),
            (Turning(), "a mark that nobody sees and that can turn the words around it, {0}. Type them again."),
            (Ligature(), "letters melted into one sign, {0}. Type the word again."),
            (BrokenWord(), "a hyphen with a space after it, {0}. Join the word, or write a dash (–) with a space on either side."),
            (StrayBullet(), "a bullet that makes no list, {0}. Begin the line with “- ” instead."),
            (DoubleSpace(), "two spaces in a row, {0}. One is enough."),
        }.Select(fault => (fault.What, At: fault.Wrong.Matches(text).Select(match => Excerpt(text, match)).ToList())).Where(fault => fault.At.Count > 0).ToList();
        return found.Count == 0
            ? null
            : (string.Join(" It has ", found.Select(fault => string.Format(CultureInfo.InvariantCulture, fault.What, $"at {QuotedWords.Of(fault.At)}"))), [.. found.SelectMany(fault => fault.At)]);
    }

    /// <summary>Without the marks that would turn the words of the message.</summary>
    private static string Excerpt(string text, Match match)
    {
        var wrong = match.Groups["at"] is { Success: true } at ? at : match;
        var from = Math.Max(0, wrong.Index - Around);
        var to = Math.Min(text.Length, wrong.Index + wrong.Length + Around);
        return Direction().Replace(string.Join(' ', text[from..to].Split('\n', StringSplitOptions.TrimEntries)), "");
    }

    [GeneratedRegex(@"[\uFFFD\uE000-\uF8FF\u0000-\u0008\u000B\u000C\u000E-\u001F\u0080-\u009F]", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Unreadable();

    [GeneratedRegex(@"[\u00AD\u200B\u2060\uFEFF]", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Invisible();

    /// <summary>Overrides, embeddings and isolates anywhere; a plain mark only where nothing near it is written from right to left.</summary>
    [GeneratedRegex($@"[\u202A-\u202E\u2066-\u2069]|(?<!{FromRight}[^\p{{L}}\n]{{0,3}})[\u200E\u200F](?![^\p{{L}}\n]{{0,3}}{FromRight})", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Turning();

    [GeneratedRegex(@"[\u200E\u200F\u202A-\u202E\u2066-\u2069]", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Direction();

    [GeneratedRegex(@"[\uFB00-\uFB06]", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Ligature();

    /// <summary>"develop- ment", but not "pre- and post-natal".</summary>
    [GeneratedRegex(@"\p{Ll}-[ \n](?!(?:and|or|to|nor|but|as|versus)\b)\p{Ll}+", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex BrokenWord();

    [GeneratedRegex(@"^[ \t]*[•▪●◦‣∙■□❖➢✓·](?=[ \t])", RegexOptions.Multiline, TextPattern.MostMilliseconds)]
    private static partial Regex StrayBullet();

    /// <summary>Within a line: what begins a list and what ends a line may be wide, and a table is drawn with spaces.</summary>
    [GeneratedRegex(@"(?:^(?![^\n]*\|)(?>[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)|(?!\A)\G)[^\s\n][^\n]*?(?<=\S)(?<at> {2,})(?=\S)", RegexOptions.Multiline, TextPattern.MostMilliseconds)]
    private static partial Regex DoubleSpace();
}
