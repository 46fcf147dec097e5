namespace CordisPulse.Core.Feeds;

/// <summary>What may stand before a document's type and its root, however long it is (XML 1.0 section 2.8).</summary>
internal static class XmlProlog
{
    /// <summary>Where it ends: behind all blanks, comments, processing instructions and the declaration.</summary>
    public static int End(ReadOnlySpan<byte> content)
    {
        var at = 0;
        while (true)
        {
            var rest = content[at..];
            var blanks = rest.IndexOfAnyExcept(" \t\r\n"u8);
            rest = blanks < 0 ? [] : rest[blanks..];
            var length = rest.StartsWith("<!--"u8) ? Through(rest, "-->"u8) : rest.StartsWith("<?"u8) ? Through(rest, "?>"u8) : 0;
            at = content.Length - rest.Length + length;
            if (length == 0)
                return at;
        }
    }

    /// <summary>0 for what never closes.</summary>
    private static int Through(ReadOnlySpan<byte> content, ReadOnlySpan<byte> end)
        => content.IndexOf(end) is >= 0 and var at ? at + end.Length : 0;
}
