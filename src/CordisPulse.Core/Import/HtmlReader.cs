using CordisPulse.Core.Intake;

namespace CordisPulse.Core.Import;

/// <summary>Reads a web page or a newsletter that was saved as one.</summary>
public sealed class HtmlReader : IEditionReader
{
    /// <summary>Within which text shows that it is none.</summary>
    private const int Head = 4096;

    public IReadOnlyList<string> FileTypes => [".html", ".htm"];

    public FileText Read(ReadOnlyMemory<byte> content) => ReadText(Decode(content.Span));

    /// <exception cref="EditionFileRefusedException">Longer or deeper than any edition.</exception>
    internal static FileText ReadText(string html)
    {
        if (string.IsNullOrWhiteSpace(html))
            throw new EditionFileRefusedException("is empty.");
        if (HtmlDepth.Exceeded(html) is not null)
            throw new EditionFileRefusedException($"is no edition: its elements stand more than {HtmlDepth.Deepest:N0} deep within each other.");
        try
        {
            return BoundedHtml.Read(html, HtmlBlocks.Of);
        }
        catch (SlowHtmlException)
        {
            throw new EditionFileRefusedException("is no edition: it takes too long to read.");
        }
    }

    private static string Decode(ReadOnlySpan<byte> content)
    {
        if (content is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return TextContent.Decoded(content);
        if (content[..Math.Min(content.Length, Head)].Contains((byte)0))
            throw new EditionFileRefusedException("is not text.");
        return PageText.Decode(content, null);
    }
}
