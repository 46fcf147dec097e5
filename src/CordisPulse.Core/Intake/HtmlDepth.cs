namespace CordisPulse.Core.Intake;

/// <summary>How deep HTML nests, seen before it is parsed: a parser's time grows with the square of the depth.</summary>
internal static class HtmlDepth
{
    public const int Deepest = 3000;

    /// <summary>Elements that never hold anything.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    };

    /// <summary>Where some thousand elements have been opened and not closed; null where that never happens.</summary>
    public static int? Exceeded(string html)
    {
        var depth = 0;
        var empty = Empty.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            if (html[at + 1] == '/')
                depth = Math.Max(0, depth - 1);
            else if (char.IsAsciiLetter(html[at + 1]) && !empty.Contains(Name(html.AsSpan(at + 1))) && ++depth > Deepest)
                return at;
        }

        return null;
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        var length = 0;
        while (length < tag.Length && length < 8 && char.IsAsciiLetterOrDigit(tag[length]))
            length++;
        return tag[..length];
    }
}
