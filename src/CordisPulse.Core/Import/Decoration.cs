using System.Globalization;

namespace CordisPulse.Core.Import;

/// <summary>
/// Fifth pass, within one item: finds a picture that became lines of text, such as the cover of a report. It is a run of short
/// lines, none of them a sentence, that give themselves away in different manners: the title again, a bare date, names of people,
/// names of bodies.
/// </summary>
internal static class Decoration
{
    private const int LongestLine = 24;
    private const int MostWords = 80;

    internal sealed record Found(int Start, int Count, string Why);

    private enum Sign
    {
        None,
        Title,
        Date,
        People,
        Body,
        Furniture,
    }

    public static List<Found> In(IReadOnlyList<Passage> passages, string title, string? source)
    {
        List<Found> found = [];
        for (var i = 0; i < passages.Count; i++)
        {
            var end = i;
            while (end < passages.Count && IsShortLine(passages[end]))
                end++;
            if (end > i)
                Judge(passages, i, end, title, source, found);
            i = Math.Max(i, end - 1);
        }

        return found;
    }

    private static void Judge(IReadOnlyList<Passage> passages, int start, int end, string title, string? source, List<Found> found)
    {
        var signs = new Sign[end - start];
        for (var i = 0; i < signs.Length; i++)
            signs[i] = SignOf(HeadingText.Parse(passages[start + i].Text).Plain, passages[start + i].Text, title, source);
        var first = Array.FindIndex(signs, sign => sign != Sign.None);
        if (first < 0)
            return;
        var last = Array.FindLastIndex(signs, sign => sign != Sign.None);
        var run = signs[first..(last + 1)];
        var words = passages.Skip(start + first).Take(run.Length).Sum(passage => Wording.WordCount(passage.Text));
        var kinds = run.Where(sign => sign != Sign.None).Distinct().Count();
        var carrying = run.Count(sign => sign != Sign.None);
        if (run.Length >= 2 && kinds >= 2 && carrying * 2 >= run.Length && words <= MostWords)
            found.Add(new Found(start + first, run.Length, "These lines look like the cover of the report that a picture left behind: a title, a date, names."));
        else
            for (var i = first; i <= last; i++)
                if (signs[i] == Sign.Furniture)
                    found.Add(new Found(start + i, 1, "This looks like what a picture or a page left behind."));
                else if (signs[i] == Sign.Title && Covers(passages[start + i].Text, title))
                    found.Add(new Found(start + i, 1, "This line says the title again."));
    }

    private static bool IsShortLine(Passage passage)
        => passage.Kind == PassageKind.Text && passage.Text.Length <= 240 && Wording.WordCount(passage.Text) <= LongestLine && Wording.LastMark(passage.Text) is not ('.' or ':' or ';' or '?' or '!' or ',')
            || passage.Kind == PassageKind.Text && passage.Text.Length <= 240 && IsFurniture(passage.Text);

    private static Sign SignOf(string plain, string markdown, string title, string? source)
    {
        if (IsFurniture(markdown))
            return Sign.Furniture;
        if (TitleRepeats.Repeats(plain, title))
            return Sign.Title;
        if (IsDate(plain))
            return Sign.Date;
        if (IsPeople(plain))
            return Sign.People;
        return Wording.NamesABody(plain) || (source is not null && plain.Equals(source, StringComparison.OrdinalIgnoreCase)) ? Sign.Body : Sign.None;
    }

    private static bool Covers(string line, string title) => Wording.WordCount(line) * 100 >= Wording.WordCount(title) * 80;

    private static bool IsFurniture(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("![", StringComparison.Ordinal) && trimmed.EndsWith(')') && !trimmed.Contains(") ", StringComparison.Ordinal))
            return true;
        if (trimmed.StartsWith("[cid:", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("[image", StringComparison.OrdinalIgnoreCase))
            return trimmed.EndsWith(']');
        var words = NameIndex.Words(trimmed, 6).Select(word => word.Text).ToList();
        return words is ["page", var number] && number.All(char.IsDigit) || words is ["page", var page, "of", var all] && page.All(char.IsDigit) && all.All(char.IsDigit);
    }

    public static bool IsDate(string text)
        => text.Length <= 30
            && text.Any(char.IsDigit)
            && (MonthInText.WholeLine(text, []) is not null
                || (text.Length == 4 && text.All(char.IsAsciiDigit))
                || DateTime.TryParse(text, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out _));

    /// <summary>Two or more people: "Jane Doe, John Smith and Ann Other".</summary>
    public static bool IsPeople(string text)
    {
        var names = text.Split([",", " and ", " & ", ";"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length >= 2 && text.Length <= 200 && names.All(Wording.IsPersonLike) && !names.Any(Wording.NamesABody);
    }
}
