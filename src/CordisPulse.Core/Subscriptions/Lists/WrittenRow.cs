using System.Globalization;
using System.Text;
using CordisPulse.Core.Data;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What a row of a list says, as one short line for whoever looks for it in the file.</summary>
internal static class WrittenRow
{
    private const string Between = " | ";

    private const string Cut = "…";

    private const int LongestCell = 80;

    private const int Longest = Limits.Line;

    /// <summary>The cells that are read, or, where they say nothing, all of them. Letters that nobody sees are shown by their number: they are often what is wrong.</summary>
    public static string Of(IReadOnlyList<string> fields, IReadOnlyList<ColumnUse> uses)
    {
        var read = Enumerable.Range(0, fields.Count).Where(i => uses.ElementAtOrDefault(i) != ColumnUse.LeftOut && !string.IsNullOrWhiteSpace(fields[i])).Select(i => fields[i]).ToList();
        return Shortened(string.Join(Between, (read.Count > 0 ? read : fields.Where(field => !string.IsNullOrWhiteSpace(field))).Select(Cell)), Longest);
    }

    /// <summary>No more of it is looked at than is shown: a cell may hold all that the row may.</summary>
    private static string Cell(string field)
    {
        var shown = new StringBuilder();
        foreach (var rune in ShortText.Of(field.Trim(), LongestCell + 1).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            else
                shown.Append(rune);
        return Shortened(shown.ToString(), LongestCell);
    }

    private static string Shortened(string text, int longest) => text.Length > longest ? ShortText.Of(text, longest - Cut.Length) + Cut : text;
}
