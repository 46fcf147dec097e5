using System.Globalization;
using System.Text;

namespace CordisPulse.Core.Archive;

/// <summary>The form in which texts and queries are compared.</summary>
public static class SearchText
{
    /// <summary>Lower case without accents, typographic quotes and hyphens made plain, white space folded to single spaces.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
                continue;
            var plain = c switch
            {
                '’' or '‘' => '\'',
                '“' or '”' => '"',
                '‐' or '‑' or '–' or '—' => '-',
                _ when char.IsWhiteSpace(c) || char.IsControl(c) => ' ',
                _ => char.ToLowerInvariant(c),
            };
            if (plain != ' ' || (folded.Length > 0 && folded[^1] != ' '))
                folded.Append(plain);
        }

        return folded.ToString().TrimEnd();
    }
}
