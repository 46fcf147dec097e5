namespace CordisPulse.Core.Mail.Smtp;

/// <summary>The doubling of dots at line starts, so that no line of content is taken for its end (RFC 5321 section 4.5.2).</summary>
internal static class DotStuffing
{
    /// <remarks>After a bare LF too: some servers take one for a line's end, and what follows must not become commands of its own.</remarks>
    public static byte[] Stuff(ReadOnlySpan<byte> content)
    {
        var isFirst = content.Length > 0 && content[0] == (byte)'.';
        var stuffed = new byte[content.Length + content.Count("\n."u8) + (isFirst ? 1 : 0)];
        var target = stuffed.AsSpan();
        if (isFirst)
        {
            target[0] = (byte)'.';
            target = target[1..];
        }

        for (int at; (at = content.IndexOf("\n."u8)) >= 0; content = content[(at + 1)..])
        {
            content[..(at + 1)].CopyTo(target);
            target[at + 1] = (byte)'.';
            target = target[(at + 2)..];
        }

        content.CopyTo(target);
        return stuffed;
    }

    public static byte[] Unstuff(ReadOnlySpan<byte> content)
    {
        if (content.Length > 0 && content[0] == (byte)'.')
            content = content[1..];
        var plain = new byte[content.Length - content.Count("\n."u8)];
        var target = plain.AsSpan();
        for (int at; (at = content.IndexOf("\n."u8)) >= 0; content = content[(at + 2)..])
        {
            content[..(at + 1)].CopyTo(target);
            target = target[(at + 1)..];
        }

        content.CopyTo(target);
        return plain;
    }
}
