using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>Finds a month written in words or figures: "March 2022", "Mar 2022", "2022-03", "03/2022".</summary>
internal static class MonthInText
{
    private static readonly string[] Names = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    /// <summary>Words that may stand beside the month where a line names the edition.</summary>
    private static readonly HashSet<string> BesideMonth = new(StringComparer.Ordinal)
    {
        "edition", "issue", "digest", "newsletter", "bulletin", "update", "monthly", "the", "of", "for", "subject", "s", "from", "no", "number", "volume", "vol",
    };

    /// <summary>The month when the line names nothing but the edition; other words of it must be in <paramref name="names"/>.</summary>
    public static EditionMonth? WholeLine(string text, IEnumerable<string> names)
    {
        var plain = HeadingText.Parse(text).Plain;
        if (EditionMonth.TryParse(plain, out var iso))
            return iso;
        var words = NameIndex.Words(plain, 24);
        if (Find(words, plain) is not { } found)
            return null;
        var allowed = names.SelectMany(name => NameIndex.Words(name, 24).Concat(NameIndex.Words(Apart(name), 24))).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        var others = words.Where((_, i) => i < found.Index || i >= found.Index + found.Length).ToList();
        return others.TrueForAll(word => allowed.Contains(word.Text) || BesideMonth.Contains(word.Text) || word.Text.All(char.IsDigit)) ? found.Month : null;
    }

    /// <summary>The month in a title of other words; none where a day stands before it.</summary>
    public static EditionMonth? InTitle(string text)
    {
        var plain = HeadingText.Parse(text).Plain;
        return Find(NameIndex.Words(plain, 24), plain) is { IsDay: false } found ? found.Month : null;
    }

    /// <summary>The month that a sentence gives the edition: "the March 2022 edition".</summary>
    public static EditionMonth? InSentence(string text)
    {
        var words = NameIndex.Words(text, 80);
        if (Find(words, text) is not { IsDay: false } found)
            return null;
        var around = words.Skip(Math.Max(0, found.Index - 4)).Take(found.Length + 8);
        return around.Any(word => word.Text is "edition" or "issue" or "digest" or "newsletter" or "welcome") ? found.Month : null;
    }

    /// <summary>"CordisPulse" as "Cordis Pulse", since people write it so.</summary>
    private static string Apart(string name)
        => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? $" {c}" : c.ToString()));

    /// <summary>The first month with its year that is no day's; else the first day's.</summary>
    private static (EditionMonth Month, int Index, int Length, bool IsDay)? Find(List<NameIndex.Word> words, string text)
    {
        (EditionMonth, int, int, bool)? day = null;
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if ((Named(words, i) ?? Figures(words, i, text)) is not { } month)
                continue;
            if (!HasDay(words, i, text))
                return (month, i, 2, false);
            day ??= (month, i, 2, true);
        }

        return day;
    }

    private static EditionMonth? Named(List<NameIndex.Word> words, int i)
        => Year(words[i + 1].Text) is { } year && Number(words[i].Text) is { } number ? EditionMonth.Of(new DateOnly(year, number, 1)) : null;

    private static EditionMonth? Figures(List<NameIndex.Word> words, int i, string text)
    {
        if (!IsJoined(words[i], words[i + 1], text))
            return null;
        var (year, month) = Year(words[i].Text) is { } first ? (first, words[i + 1].Text) : (Year(words[i + 1].Text) ?? 0, words[i].Text);
        return year > 0 && month.Length <= 2 && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12 ? EditionMonth.Of(new DateOnly(year, number, 1)) : null;
    }

    /// <summary>"3 May 2030", "3rd of May 2030", "03/05/2030", "2030-05-03"; not "Issue 3, May 2030".</summary>
    private static bool HasDay(List<NameIndex.Word> words, int i, string text)
    {
        var before = i > 1 && words[i - 1].Text == "of" ? i - 2 : i - 1;
        return (before >= 0 && IsDay(words[before].Text) && text[words[before].End] is ' ' or '\u00A0' or '/' or '-' or '.')
            || (i + 2 < words.Count && IsJoined(words[i + 1], words[i + 2], text) && IsDay(words[i + 2].Text));
    }

    private static bool IsJoined(NameIndex.Word word, NameIndex.Word next, string text)
        => next.End - next.Text.Length == word.End + 1 && text[word.End] is '/' or '-' or '.';

    private static bool IsDay(string word)
    {
        var digits = word.EndsWith("st", StringComparison.Ordinal) || word.EndsWith("nd", StringComparison.Ordinal) || word.EndsWith("rd", StringComparison.Ordinal) || word.EndsWith("th", StringComparison.Ordinal) ? word[..^2] : word;
        return digits.Length is 1 or 2 && digits.All(char.IsAsciiDigit);
    }

    private static int? Year(string word) => word.Length == 4 && word.All(char.IsAsciiDigit) && int.Parse(word, CultureInfo.InvariantCulture) is >= 1900 and <= 2999 and var year ? year : null;

    private static int? Number(string word)
    {
        for (var i = 0; i < 12; i++)
            if (word.Equals(Names[i], StringComparison.OrdinalIgnoreCase) || (word.Length is 3 or 4 && Names[i].StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                return i + 1;
        return null;
    }
}
