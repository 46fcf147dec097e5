namespace CordisPulse.Core.Intake;

/// <summary>How deep HTML nests, seen before it is parsed: a parser's time grows with the square of the depth.</summary>
internal static class HtmlDepth
{
    public const int Deepest = 1000;

    private const int LongestName = 32;

    /// <summary>Elements that never hold anything, and those that close one another without an end tag.</summary>
    private static readonly HashSet<string> Uncounted = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "rb", "rp", "rt", "rtc", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th",
    };

    /// <summary>Elements that hold text alone, whatever it looks like.</summary>
    private static readonly HashSet<string> OfText = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes" };

    /// <summary>
    /// Where some thousand elements have been opened and not closed; null where that never happens. An end tag closes one element of its
    /// name, and none where no such element is open.
    /// </summary>
    public static int? Exceeded(string html)
    {
        var depth = 0;
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var counts = open.GetAlternateLookup<ReadOnlySpan<char>>();
        var (uncounted, ofText) = (Uncounted.GetAlternateLookup<ReadOnlySpan<char>>(), OfText.GetAlternateLookup<ReadOnlySpan<char>>());
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var tag = html.AsSpan(at + 1);
            if (tag.StartsWith("!--"))
            {
                // "<!-->" is a whole comment.
                var end = tag[1..].IndexOf("-->");
                if (end < 0)
                    return null;
                at += end;
                continue;
            }

            var isEnd = tag[0] == '/';
            var name = Name(isEnd ? tag[1..] : tag);
            if (name.IsEmpty || uncounted.Contains(name))
                continue;
            counts.TryGetValue(name, out var ofName);
            if (isEnd)
            {
                if (ofName > 0)
                {
                    counts[name] = ofName - 1;
                    depth--;
                }

                continue;
            }

            if (ofText.Contains(name))
            {
                var end = tag.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
                if (end < 0)
                    return null;
                at += end;
                continue;
            }

            // Outside pictures a parser does not hear that a tag closes itself.
            if (IsDrawn(open) && tag.IndexOf('>') is > 0 and var close && tag[close - 1] == '/')
            {
                at += close;
                continue;
            }

            counts[name] = ofName + 1;
            if (++depth > Deepest)
                return at;
        }

        return null;
    }

    private static bool IsDrawn(Dictionary<string, int> open) => open.GetValueOrDefault("svg") + open.GetValueOrDefault("math") > 0;

    /// <summary>Empty where no tag begins. Longer names than any element's are cut.</summary>
    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        var length = 0;
        while (length < tag.Length && length < LongestName && (length == 0 ? char.IsAsciiLetter(tag[0]) : char.IsAsciiLetterOrDigit(tag[length]) || tag[length] is '-' or ':'))
            length++;
        return tag[..length];
    }
}
