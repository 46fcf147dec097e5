using System.Buffers;
using System.Text;

namespace CordisPulse.Core.Intake;

/// <summary>
/// The text of a web page, in whatever encoding it is: as its byte order mark says, else the server, else the page itself
/// (HTML section 13.2.3). Pages that say nothing and are not UTF-8 are from old Windows programs.
/// </summary>
public static class PageText
{
    /// <summary>Within which a page says what it is written in.</summary>
    private const int Head = 4096;

    private static readonly SearchValues<char> AfterName = SearchValues.Create("\"' ;>/\r\n\t");

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="content">The page as it was sent.</param>
    /// <param name="charset">What the server says, or null.</param>
    public static string Decode(ReadOnlySpan<byte> content, string? charset)
    {
        if (Marked(content) is { } marked)
            return marked.GetString(content[marked.Preamble.Length..]);
        if (Named(charset) is { } said)
            return said.GetString(content);
        // A page that could be read to find this word is not in UTF-16, whatever it says.
        if (Named(Declared(content)) is { } declared && declared.CodePage is not (1200 or 1201 or 65001))
            return declared.GetString(content);
        try
        {
            return Utf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
        }
    }

    private static Encoding? Marked(ReadOnlySpan<byte> content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static string? Declared(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, Head)]);
        var at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var name = head.AsSpan(at + "charset=".Length).TrimStart("\"' ");
        var end = name.IndexOfAny(AfterName);
        return (end < 0 ? name : name[..end]).ToString();
    }

    /// <summary>Null for what nobody knows, and for UTF-7, which browsers do not read either.</summary>
    private static Encoding? Named(string? label)
    {
        if (string.IsNullOrWhiteSpace(label))
            return null;
        var name = label.Trim();
        try
        {
            return CodePage(name) is { } page
                ? CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>For names by which browsers read the encoding that has more characters (WHATWG Encoding section 4.2).</summary>
    private static int? CodePage(string name) => name.ToLowerInvariant() switch
    {
        "iso-8859-1" or "iso8859-1" or "iso_8859-1" or "latin1" or "l1" or "us-ascii" or "ascii" or "cp1252" or "x-cp1252" => 1252,
        "iso-8859-9" or "latin5" => 1254,
        "iso-8859-11" or "tis-620" => 874,
        "gb2312" or "gbk" => 54936,
        "ks_c_5601-1987" or "euc-kr" => 949,
        "unicode" or "utf-16" or "utf-16le" => 1200,
        "utf-16be" => 1201,
        "utf8" or "utf-8" => 65001,
        _ => null,
    };
}
