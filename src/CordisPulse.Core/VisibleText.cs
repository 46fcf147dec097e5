using System.Globalization;
using System.Text;

namespace CordisPulse.Core;

/// <summary>Tells text from what looks like none: space, control characters, zero-width and direction marks, and letters that are blank.</summary>
public static class VisibleText
{
    /// <summary>Letters and signs without a glyph: the fillers of Hangul and the empty Braille pattern.</summary>
    private const string BlankLetters = "\u115F\u1160\u2800\u3164\uFFA0";

    public static bool IsIn(string? text) => (text ?? "").EnumerateRunes().Any(IsVisible);

    /// <summary>
    /// The text without what nobody sees in it: control and direction marks, breaks within words, blank letters. Blanks stay, and so do the
    /// two joiners, which some scripts are written with.
    /// </summary>
    public static string Of(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsWhiteSpace(rune) || rune.Value is 0x200C or 0x200D || !IsHidden(rune))
                seen.Append(rune);
        return seen.ToString();
    }

    private static bool IsHidden(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned || IsBlankLetter(rune);

    private static bool IsBlankLetter(Rune rune) => rune.IsBmp && BlankLetters.Contains((char)rune.Value, StringComparison.Ordinal);

    private static bool IsVisible(Rune rune)
        => !IsHidden(rune)
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark);
}
