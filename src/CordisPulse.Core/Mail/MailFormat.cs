using MimeKit;

namespace CordisPulse.Core.Mail;

/// <summary>
/// How a message becomes bytes. Signing, sending and the pickup folder must agree on it, or a signature does not fit what is sent.
/// </summary>
internal static class MailFormat
{
    private static readonly FormatOptions Plain = Make(isInternational: false);
    private static readonly FormatOptions International = Make(isInternational: true);

    /// <summary>Names and subjects are encoded as ASCII; only an address that ASCII can't write brings UTF-8 headers (RFC 6532).</summary>
    public static FormatOptions For(MimeMessage message) =>
        message.From.Mailboxes.Concat(message.To.Mailboxes).Any(mailbox => NeedsUtf8(mailbox.Address)) ? International : Plain;

    /// <summary>A domain has an ASCII form (IDNA); a local part outside ASCII has none.</summary>
    public static bool NeedsUtf8(string address) =>
        !System.Text.Ascii.IsValid(address.AsSpan(0, Math.Max(0, address.LastIndexOf('@'))));

    /// <summary>Whether a mailbox is this address and nothing else; the library itself writes a domain in Unicode that stands there in ASCII (IDNA).</summary>
    public static bool IsJust(MailboxAddress mailbox, string address)
        => mailbox.Address == address || string.Equals(MailboxAddress.EncodeAddrspec(mailbox.Address), address, StringComparison.OrdinalIgnoreCase);

    private static FormatOptions Make(bool isInternational)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        format.International = isInternational;
        return format;
    }
}
