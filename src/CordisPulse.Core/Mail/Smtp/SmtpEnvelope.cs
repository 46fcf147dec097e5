using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>The commands that go before a message's content, without line ends.</summary>
internal readonly record struct SmtpEnvelope(string Mail, string Rcpt)
{
    public const string Data = "DATA";

    /// <summary>Null when the server can carry the addresses; otherwise the answer that the message has got without being sent.</summary>
    public static MailAnswer? Refusal(MailEnvelope envelope, bool isInternational, SmtpCapabilities offered)
    {
        if (!IsAddress(envelope.Sender) || !IsAddress(envelope.Recipient))
            return new MailAnswer.RefusedForGood(553, "The address is none that mail can be sent to.", RefusalScope.Recipient);
        // SMTPUTF8 without 8BITMIME is no SMTPUTF8 (RFC 6531 section 3.1).
        const SmtpCapabilities needed = SmtpCapabilities.UTF8 | SmtpCapabilities.EightBitMime;
        return (isInternational || MailFormat.NeedsUtf8(envelope.Recipient) || MailFormat.NeedsUtf8(envelope.Sender)) && (offered & needed) != needed
            ? new MailAnswer.RefusedForGood(553, "The mail server can't carry this address (it does not offer SMTPUTF8).", RefusalScope.Recipient)
            : null;
    }

    public static SmtpEnvelope Of(MailEnvelope envelope, WireContent content, SmtpCapabilities offered)
    {
        var isInternational = content.IsInternational || MailFormat.NeedsUtf8(envelope.Recipient) || MailFormat.NeedsUtf8(envelope.Sender);
        var mail = new StringBuilder("MAIL FROM:<").Append(Path(envelope.Sender, isInternational)).Append('>');
        if (isInternational)
            mail.Append(" SMTPUTF8");
        if ((offered & SmtpCapabilities.Size) != 0)
            mail.Append(CultureInfo.InvariantCulture, $" SIZE={content.Size}");
        if (content.IsEightBit && (offered & SmtpCapabilities.EightBitMime) != 0)
            mail.Append(" BODY=8BITMIME");
        return new SmtpEnvelope(mail.ToString(), $"RCPT TO:<{Path(envelope.Recipient, isInternational)}>");
    }

    /// <summary>An address could otherwise end its command and begin another.</summary>
    private static bool IsAddress(string address)
        => address.Contains('@', StringComparison.Ordinal) && !address.Any(char.IsControl) && MailboxAddress.TryParse(address, out var mailbox) && MailFormat.IsJust(mailbox, address);

    /// <summary>The address as a path has it: its domain in ASCII, unless the whole is not: then every server can carry it.</summary>
    private static string Path(string address, bool isInternational)
        => Ascii.IsValid(address) ? address : new MailboxAddress("", address).GetAddress(idnEncode: !isInternational);
}
