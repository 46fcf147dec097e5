using System.Globalization;
using System.Text;

namespace CordisPulse.Core.Archive;

/// <summary>The form in which texts and queries are compared: lower case, no accents, straight quotes, single spaces, no control characters.</summary>
public static class SearchText
{
    public static string Fold(string text) => FoldWithPositions(text).Folded;

    /// <summary>The folded text, and for each of its characters where in <paramref name="text"/> it came from.</summary>
    internal static (string Folded, List<int> Positions) FoldWithPositions(string text)
    {
        var folded = new StringBuilder(text.Length);
        var positions = new List<int>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
            {
                Append(char.ToLowerInvariant(text[at]), at);
                at++;
                continue;
            }

            // One rune at a time, since half a surrogate pair makes Normalize throw on the whole text.
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            if (!isWhole || rune.Value == NormalForm.NoCharacter || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    Append(' ', at);
            }
            else if (rune.IsAscii)
            {
                Append(char.ToLowerInvariant((char)rune.Value), at);
            }
            else
            {
                foreach (var c in Straight(rune).Normalize(NormalizationForm.FormKD))
                    if (CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
                        Append(char.ToLowerInvariant(c), at);
            }

            at += isWhole ? rune.Utf16SequenceLength : 1;
        }

        while (folded.Length > 0 && folded[^1] == ' ')
            folded.Length--;
        return (folded.ToString(), positions);

        void Append(char c, int position)
        {
            folded.Append(c);
            positions.Add(position);
        }
    }

    private static string Straight(Rune rune) => rune.Value switch
    {
        '‘' or '’' or 'ʼ' => "'",
        '“' or '”' => "\"",
        '‐' or '‑' or '–' or '—' => "-",
        // Letters of other alphabets that are none of ours with a mark: typed as here, they find those.
        'ł' or 'Ł' => "l",
        'ø' or 'Ø' => "o",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => rune.ToString(),
    };
}
