namespace CordisPulse.Core;

/// <summary>The beginning of a text, never cut within a character that takes two places.</summary>
public static class ShortText
{
    public static string Of(string text, int longest)
        => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
