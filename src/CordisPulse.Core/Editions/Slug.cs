using System.Globalization;
using System.Text;

namespace CordisPulse.Core.Editions;

/// <summary>The part of an address that is made from a title or a name.</summary>
public static class Slug
{
    public const int MaxLength = 80;

    /// <summary>
    /// Lower-case ASCII letters and digits joined by single hyphens, cut at a word within <see cref="MaxLength"/>;
    /// accents are dropped, apostrophes vanish. <paramref name="fallback"/> when nothing is left.
    /// </summary>
    public static string From(string text, string fallback = "item")
    {
        var whole = string.Join('-', Words(text));
        if (whole.Length == 0)
            return fallback;
        if (whole.Length <= MaxLength)
            return whole;
        var cut = whole.LastIndexOf('-', MaxLength);
        return (cut > MaxLength / 2 ? whole[..cut] : whole[..MaxLength]).TrimEnd('-');
    }

    /// <summary>The words of a text in lower-case ASCII, in order: accents are dropped, apostrophes vanish, all else parts words.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        // Rune by rune, since half a surrogate pair would make Normalize refuse the whole text.
        foreach (var c in text.EnumerateRunes().SelectMany(rune => rune.IsAscii ? rune.ToString() : NormalForm.Of(rune.ToString(), NormalizationForm.FormKD)))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            if (word.Length == 0 || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c is '\'' or '’' or '‘')
                continue;
            yield return word.ToString();
            word.Clear();
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    /// <summary><paramref name="slug"/>, or the first of <c>slug-2</c>, <c>slug-3</c>, … that is not taken.</summary>
    public static string Unique(string slug, Func<string, bool> isTaken)
    {
        if (!isTaken(slug))
            return slug;
        for (var n = 2; ; n++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{n}");
            var candidate = slug[..Math.Min(slug.Length, MaxLength - suffix.Length)].TrimEnd('-') + suffix;
            if (!isTaken(candidate))
                return candidate;
        }
    }
}
