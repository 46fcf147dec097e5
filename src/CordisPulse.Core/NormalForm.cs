using System.Text;

namespace CordisPulse.Core;

/// <summary>Texts in one of Unicode's normal forms (UAX 15), whatever somebody has sent.</summary>
public static class NormalForm
{
    /// <summary>The one sign besides half a surrogate pair that the framework refuses to put into a form; it is none that a text can hold (Unicode 23.7).</summary>
    internal const char NoCharacter = '\uFFFE';

    /// <summary>What is no character is left out.</summary>
    public static string Of(string text, NormalizationForm form)
    {
        foreach (var c in text)
            if (c == NoCharacter || char.IsSurrogate(c))
                // Runes of their own replace the halves of a surrogate pair.
                return string.Concat(text.EnumerateRunes().Where(rune => rune.Value != NoCharacter)).Normalize(form);
        return text.Normalize(form);
    }
}
