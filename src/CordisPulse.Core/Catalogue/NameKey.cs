using System.Globalization;
using System.Text;

namespace CordisPulse.Core.Catalogue;

/// <summary>What the spellings of one name have in common, in any script: names with the same key are one source.</summary>
public static class NameKey
{
    /// <summary>
    /// Letters and digits in lower case without what stands between them; accents are dropped, as is "the" before other words. A name
    /// without a letter or digit is its own key.
    /// </summary>
    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length);
        var (isFirstWord, isApart) = (true, false);
        var whole = NormalForm.Of(name, NormalizationForm.FormKD);
        foreach (var rune in whole.EnumerateRunes())
            if (IsOfWord(rune))
            {
                if (isApart && key.Length > 0)
                {
                    if (isFirstWord && key.ToString() == "the")
                        key.Clear();
                    isFirstWord = false;
                }

                isApart = false;
                key.Append(Rune.ToLowerInvariant(rune));
            }
            else if (!IsAccent(rune) && rune.Value is not ('\'' or '’' or '‘'))
                isApart = true;

        return key.Length > 0 ? key.ToString() : name.Trim();
    }

    /// <summary>Marks that are no accents are vowels in the scripts that have them.</summary>
    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || (!IsAccent(rune) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static bool IsAccent(Rune rune) => rune.Value is >= 0x0300 and <= 0x036F;
}
