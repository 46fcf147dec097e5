using System.Buffers;
using System.Text;
using AngleSharp.Html.Parser;
using CordisPulse.Core.Intake;

namespace CordisPulse.Core.Import;

/// <summary>Reads a web page or a newsletter that was saved as one.</summary>
public sealed class HtmlReader : IEditionReader
{
    private const int LongestDeclaration = 4096;

    private static readonly SearchValues<char> AfterName = SearchValues.Create("\"' ;>/\r\n");

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public IReadOnlyList<string> FileTypes => [".html", ".htm"];

    public FileText Read(ReadOnlyMemory<byte> content) => ReadText(Decode(content.Span));

    /// <exception cref="EditionFileRefusedException">Longer or deeper than any edition.</exception>
    internal static FileText ReadText(string html)
    {
        if (string.IsNullOrWhiteSpace(html))
            throw new EditionFileRefusedException("is empty.");
        if (HtmlDepth.Exceeded(html) is not null)
            throw new EditionFileRefusedException($"is no edition: its elements stand more than {HtmlDepth.Deepest:N0} deep within each other.");
        using var document = new HtmlParser().ParseDocument(html);
        return HtmlBlocks.Of(document);
    }

    /// <summary>By its byte order mark, else as the page says, else UTF-8; pages that say nothing and are not UTF-8 are from old Windows programs.</summary>
    private static string Decode(ReadOnlySpan<byte> content)
    {
        if (content is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return TextContent.Decoded(content);
        if (content[..Math.Min(content.Length, LongestDeclaration)].Contains((byte)0))
            throw new EditionFileRefusedException("is not text.");
        if (Declared(content) is { } encoding)
            return encoding.GetString(content);
        try
        {
            return Utf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
        }
    }

    private static Encoding? Declared(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, LongestDeclaration)]);
        var at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var name = head.AsSpan(at + "charset=".Length).TrimStart("\"' ");
        var end = name.IndexOfAny(AfterName);
        var label = (end < 0 ? name : name[..end]).ToString();
        // A page that could be read to find this word is not in UTF-16, whatever it says.
        if (label.StartsWith("utf", StringComparison.OrdinalIgnoreCase))
            return null;
        if (label.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || label.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            label = "windows-1252";
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
