using System.Text;
using CordisPulse.Core.Editions;
using MimeKit;
using MimeKit.Text;

namespace CordisPulse.Core.Import;

/// <summary>Reads an e-mail message: the newsletter itself, or one that somebody forwarded, as an attachment or within the text.</summary>
public sealed class EmailReader : IEditionReader
{
    private const string AroundForwarded = "It stands in the message that the newsletter was forwarded with.";

    /// <summary>Nobody forwards more often.</summary>
    private const int MostForwards = 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public IReadOnlyList<string> FileTypes => [".eml"];

    public FileText Read(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
            throw new EditionFileRefusedException("is empty.");
        var leftOut = new LeftOut();
        List<RecognisedSetAside> setAside = [];
        using var outer = Parse(content);
        var message = outer;
        for (var i = 0; i < MostForwards && Forwarded(message) is { } inner; i++)
        {
            if (Body(message) is { Blocks.Count: > 0 } around)
                setAside.Add(new RecognisedSetAside(null, SummaryMarkdown.Of(Passages.Of(around.Blocks)), AroundForwarded));
            Attachments(message, inner, leftOut);
            message = inner;
        }

        Attachments(message, null, leftOut);
        var text = Body(message) ?? throw new EditionFileRefusedException("holds no text: neither as a web page nor as plain text.");
        var (blocks, header) = ForwardedText.Strip(text.Blocks);
        return text with
        {
            Blocks = blocks,
            NeedsALook = [.. text.NeedsALook, .. leftOut.Sentences],
            SetAside = [.. setAside, .. header, .. text.SetAside],
            SentIn = SentIn(message),
        };
    }

    private static MimeMessage Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(content.ToArray(), writable: false), persistent: true);
            if (message.Headers.Count > 0 && (message.Headers.Contains(HeaderId.From) || message.Headers.Contains(HeaderId.Subject) || message.Headers.Contains(HeaderId.Date) || message.Headers.Contains(HeaderId.ContentType)))
                return message;
            message.Dispose();
        }
        catch (FormatException)
        {
            // Refused below with what is no message for another reason.
        }

        throw new EditionFileRefusedException("is not an e-mail message.");
    }

    private static MimeMessage? Forwarded(MimeMessage message)
        => message.BodyParts.OfType<MessagePart>().Select(part => part.Message).FirstOrDefault(inner => inner is not null && (Forwarded(inner) is not null || Text(inner) is not null));

    private static TextPart? Text(MimeMessage message) => Part(message, html: true) ?? Part(message, html: false);

    private static TextPart? Part(MimeMessage message, bool html)
        => message.BodyParts.OfType<TextPart>().FirstOrDefault(part => !part.IsAttachment && (html ? part.IsHtml : !part.IsHtml && (part.IsPlain || part.IsFlowed)) && !string.IsNullOrWhiteSpace(Words(part)));

    /// <summary>Where a part says that it is ASCII, or nothing, its bytes tell: programs of old wrote whatever they had.</summary>
    private static string Words(TextPart part)
    {
        if (part.ContentType.Charset?.Trim().ToLowerInvariant() is not (null or "" or "us-ascii" or "ascii" or "ansi_x3.4-1968") || part.Content is not { } content)
            return part.Text;
        using var bytes = new MemoryStream();
        content.DecodeTo(bytes);
        try
        {
            return Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
    }

    /// <summary>Null for a message without words.</summary>
    private static FileText? Body(MimeMessage message)
    {
        if (Part(message, html: true) is { } html && HtmlReader.ReadText(Words(html)) is { Blocks.Count: > 0 } page)
            return page;
        if (Part(message, html: false) is not { } plain)
            return null;
        var words = Words(plain);
        var text = plain.IsFlowed ? new FlowedToText { DeleteSpace = plain.ContentType.Parameters["delsp"]?.Equals("yes", StringComparison.OrdinalIgnoreCase) == true }.Convert(words) : words;
        return PlainTextReader.ReadText(ForwardedText.WithoutQuoteMarks(TextContent.Checked(text.Replace("\0", "", StringComparison.Ordinal)))) is { Count: > 0 } blocks ? new FileText(blocks) : null;
    }

    private static void Attachments(MimeMessage message, MimeMessage? taken, LeftOut leftOut)
    {
        foreach (var part in message.BodyParts)
            if (part is MessagePart { Message: var inner } ? inner != taken : part.IsAttachment)
                leftOut.Attachment(part.ContentDisposition?.FileName ?? part.ContentType.Name);
    }

    /// <summary>A subject names its edition; the date only says when it was sent.</summary>
    private static EditionMonth? SentIn(MimeMessage message)
        => MonthInText.InTitle(message.Subject ?? "") ?? (message.Headers.Contains(HeaderId.Date) && message.Date.Year is >= 1990 and <= 2999 ? EditionMonth.Of(DateOnly.FromDateTime(message.Date.DateTime)) : null);
}
