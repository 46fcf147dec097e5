using System.Text;
using MimeKit;

namespace CordisPulse.Core.Mail;

/// <summary>What all our messages have in common, whoever makes them.</summary>
public static class MailParts
{
    /// <summary>The text first, then the HTML, so that a program shows the last that it can (RFC 2046 section 5.1.4).</summary>
    public static MultipartAlternative Alternative(string text, string html) => new(Part("plain", text), Part("html", html));

    /// <summary>Names and titles come from outside; a line end in one would begin a header of its own.</summary>
    public static string OneLine(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        return string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Quoted-printable whatever it holds: no line is too long for a server, and none is changed on the way.</summary>
    private static TextPart Part(string kind, string text)
    {
        var part = new TextPart(kind) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
