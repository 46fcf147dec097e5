using System.Text;
using MimeKit;
using MimeKit.Encodings;

namespace CordisPulse.Core.Mail;

/// <summary>What all our messages have in common, whoever makes them.</summary>
public static class MailParts
{
    private const int LongestLine = 76;

    /// <summary>Of ASCII, for it to be folded between words.</summary>
    private const int LongestWord = 60;

    /// <summary>Of an encoded word: 64 characters with what stands around them, and 73 with the longest field's name.</summary>
    private const int MostBytes = 39;

    /// <summary>The text first, then the HTML, so that a program shows the last that it can (RFC 2046 section 5.1.4).</summary>
    public static MultipartAlternative Alternative(string text, string html) => new(Part("plain", text), Part("html", html));

    /// <summary>Writes From or To into a message that has none yet.</summary>
    public static void Address(MimeMessage message, HeaderId field, MailboxAddress mailbox)
    {
        if (NeedsEncoding(mailbox.Name ?? ""))
            Write(message, field, $"{EncodedWords(mailbox.Name!)}\n <{mailbox.GetAddress(idnEncode: true)}>");
        else
            (field == HeaderId.From ? message.From : message.To).Add(mailbox);
    }

    public static void Subject(MimeMessage message, string subject)
    {
        var line = OneLine(subject);
        if (NeedsEncoding(line))
            Write(message, HeaderId.Subject, EncodedWords(line));
        else
            message.Subject = line;
    }

    /// <summary>
    /// Names and titles come from outside: a line end in one would begin a header of its own, and what looks like an encoded word (RFC 2047)
    /// would be shown as what it encodes.
    /// </summary>
    public static string OneLine(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        return string.Join(' ', clean.Replace("=?", "= ?").ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool NeedsEncoding(string text) => !Ascii.IsValid(text) || text.Split(' ').Any(word => word.Length > LongestWord);

    private static void Write(MimeMessage message, HeaderId field, string value)
    {
        message.Headers.Replace(field, "");
        message.Headers[message.Headers.IndexOf(field)].SetRawValue(Encoding.UTF8.GetBytes($" {value}\n"));
    }

    /// <summary>
    /// RFC 2047: words of whole characters, each on a line of its own. The library fills such lines to 78 where 76 is the most, and makes
    /// longer words of what has no blanks.
    /// </summary>
    private static string EncodedWords(string text)
    {
        var words = new StringBuilder();
        Span<byte> bytes = stackalloc byte[MostBytes];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count + rune.Utf8SequenceLength > MostBytes)
                End(bytes[..count]);
            count += rune.EncodeToUtf8(bytes[count..]);
        }

        End(bytes[..count]);
        return words.ToString();

        void End(ReadOnlySpan<byte> word)
        {
            words.Append(words.Length == 0 ? "" : "\n ").Append("=?utf-8?b?").Append(Convert.ToBase64String(word)).Append("?=");
            count = 0;
        }
    }

    /// <summary>Quoted-printable whatever it holds: no line is too long for a server, and none is changed on the way.</summary>
    private static TextPart Part(string kind, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        // The library goes up to three beyond what it is told, and 76 is the most there may be (RFC 2045 section 6.7).
        var encoder = new QuotedPrintableEncoder(LongestLine - 3);
        var encoded = new byte[encoder.EstimateOutputLength(plain.Length)];
        var length = encoder.Flush(plain, 0, plain.Length, encoded);
        return new TextPart(kind)
        {
            ContentType = { Charset = "utf-8" },
            ContentTransferEncoding = ContentEncoding.QuotedPrintable,
            Content = new MimeContent(new MemoryStream(encoded, 0, length, writable: false), ContentEncoding.QuotedPrintable),
        };
    }
}
