using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>Finds a month written in words or figures: "March 2022", "Mar 2022", "2022-03".</summary>
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
        if (Find(words) is not { } found)
            return null;
        var allowed = names.SelectMany(name => NameIndex.Words(name, 24)).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);
        var others = words.Where((_, i) => i < found.Index || i >= found.Index + found.Length).ToList();
        return others.TrueForAll(word => allowed.Contains(word.Text) || BesideMonth.Contains(word.Text) || word.Text.All(char.IsDigit)) ? found.Month : null;
    }

    /// <summary>The month that a sentence gives the edition: "the March 2022 edition".</summary>
    public static EditionMonth? InSentence(string text)
    {
        var words = NameIndex.Words(text, 80);
        if (Find(words) is not { } found)
            return null;
        var around = words.Skip(Math.Max(0, found.Index - 4)).Take(found.Length + 8);
        return around.Any(word => word.Text is "edition" or "issue" or "digest" or "newsletter" or "welcome") ? found.Month : null;
    }

    private static (EditionMonth Month, int Index, int Length)? Find(List<NameIndex.Word> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
            if (Year(words[i + 1].Text) is { } year && Number(words[i].Text) is { } number)
                return (EditionMonth.Of(new DateOnly(year, number, 1)), i, 2);
        return null;
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
