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
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c is '\'' or '’' or '‘')
                continue;
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var whole = slug.ToString().Trim('-');
        if (whole.Length == 0)
            return fallback;
        if (whole.Length <= MaxLength)
            return whole;
        var cut = whole.LastIndexOf('-', MaxLength);
        return (cut > MaxLength / 2 ? whole[..cut] : whole[..MaxLength]).TrimEnd('-');
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
