namespace CordisPulse.Core.Import;

/// <summary>The number before a heading: <c>1.</c>, <c>2)</c>, <c>(a)</c>, <c>iv)</c>, <c>1.2</c>.</summary>
internal static class Numbering
{
    /// <summary>How long it is with the space after it; 0 for a line without one.</summary>
    public static int Length(string text)
    {
        var open = text.StartsWith('(') ? 1 : 0;
        var end = open;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var digits = end - open;
        if (digits == 0)
            end = Letters(text, open);
        if (end == open || digits > 3)
            return 0;
        var isDeep = false;
        while (open == 0 && digits > 0 && end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            isDeep = true;
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
        }

        var isClosed = end < text.Length && (text[end] == ')' || (text[end] == '.' && open == 0 && digits > 0));
        if (isClosed)
            end++;
        // "2.5 million" is an amount, "1.2 Waiting times" a heading.
        if (end + 1 >= text.Length || !char.IsWhiteSpace(text[end]) || !(isClosed || (isDeep && char.IsUpper(text[end + 1]))))
            return 0;
        return end + 1;
    }

    public static string Without(string text) => text[Length(text)..];

    /// <summary>A letter, or a small roman number.</summary>
    private static int Letters(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < 5 && text[end] is 'i' or 'v' or 'x')
            end++;
        return end == start && end < text.Length && char.IsAsciiLetter(text[end]) ? end + 1 : end;
    }
}
