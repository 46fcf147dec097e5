using System.Globalization;
using System.Text;

namespace CordisPulse.Core;

/// <summary>Tells text from what looks like none: space, control characters, zero-width and direction marks, and letters that are blank.</summary>
public static class VisibleText
{
    /// <summary>Letters and signs without a glyph: the fillers of Hangul and the empty Braille pattern.</summary>
    private const string BlankLetters = "\u115F\u1160\u2800\u3164\uFFA0";

    public static bool IsIn(string? text) => (text ?? "").EnumerateRunes().Any(IsVisible);

    private static bool IsVisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherNotAssigned)
            && !(rune.IsBmp && BlankLetters.Contains((char)rune.Value, StringComparison.Ordinal));
}
