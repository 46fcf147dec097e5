using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>Bytes of a text file as lines: UTF-8 with or without a byte order mark, UTF-16 with one.</summary>
internal static class TextContent
{
    /// <summary>Some forty times the longest edition known; what is longer would keep the reader busy for nothing.</summary>
    public const int MaxCharacters = 2_000_000;

    public const int MaxLines = 50_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <exception cref="EditionFileRefusedException">Empty, not text, or in another encoding.</exception>
    public static string Decode(ReadOnlySpan<byte> content) => Checked(Decoded(content));

    /// <summary>The text as it stands, of any length.</summary>
    /// <exception cref="EditionFileRefusedException">Empty, not text, or in another encoding.</exception>
    public static string Decoded(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            throw new EditionFileRefusedException("is empty.");
        var (encoding, skip) = content switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)Utf8, 3),
            [0xFF, 0xFE, ..] => (Utf16LittleEndian, 2),
            [0xFE, 0xFF, ..] => (Utf16BigEndian, 2),
            _ => (Utf8, 0),
        };
        var body = content[skip..];
        if (encoding is UTF8Encoding && body.Contains((byte)0))
            throw new EditionFileRefusedException("is not text.");

        string text;
        try
        {
            text = encoding.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw new EditionFileRefusedException(encoding is UTF8Encoding && LooksBinary(body)
                ? "is not text."
                : $"is not valid {(encoding is UTF8Encoding ? "UTF-8" : "UTF-16")} text; save it with the encoding UTF-8 and bring it again.");
        }

        if (text.Contains('\0'))
            throw new EditionFileRefusedException("is not text.");
        if (string.IsNullOrWhiteSpace(text))
            throw new EditionFileRefusedException("is empty.");
        return text;
    }

    /// <summary>The text with one kind of line end.</summary>
    /// <exception cref="EditionFileRefusedException">Longer than any edition.</exception>
    public static string Checked(string text)
    {
        var lines = OneLineEnd(text);
        if (lines.Length > MaxCharacters || lines.AsSpan().Count('\n') > MaxLines)
            throw TooLong();
        return lines;
    }

    public static EditionFileRefusedException TooLong() => new($"is no edition: it has more than {MaxCharacters:N0} characters or {MaxLines:N0} lines.");

    /// <summary>Control characters beyond tab and line ends: text in an old encoding has none.</summary>
    private static bool LooksBinary(ReadOnlySpan<byte> content)
    {
        var controls = 0;
        var sample = content[..Math.Min(content.Length, 4096)];
        foreach (var b in sample)
            if (b < 0x20 && b is not (0x09 or 0x0A or 0x0B or 0x0C or 0x0D or 0x1B))
                controls++;
        return controls * 50 > sample.Length;
    }

    /// <summary>Every line end becomes <c>\n</c>; a form feed or a vertical tab ends a line too. Marks of no width go.</summary>
    private static string OneLineEnd(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case '\r':
                    result.Append('\n');
                    if (i + 1 < text.Length && text[i + 1] == '\n')
                        i++;
                    break;
                case '\v' or '\f' or '\u0085' or '\u2028' or '\u2029':
                    result.Append('\n');
                    break;
                case '\uFEFF' or '\u200B':
                    break;
                default:
                    result.Append(text[i]);
                    break;
            }

        return result.ToString();
    }
}
