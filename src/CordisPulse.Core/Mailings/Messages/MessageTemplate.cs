using System.Buffers;
using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>All that differs from one recipient's message of a variant to the next.</summary>
public sealed record MessageRecipient
{
    public required MailboxAddress To { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required string MessageId { get; init; }

    /// <summary>The Message-ID of what this one follows; null for a message that follows none.</summary>
    public string? References { get; init; }

    /// <summary>The value of List-Unsubscribe; null for a message that has none.</summary>
    public string? ListUnsubscribe { get; init; }

    /// <summary>What stands in the place of <see cref="RenderedMail.TokenMark"/>.</summary>
    public required string Token { get; init; }
}

/// <summary>
/// The message of a variant, encoded once. For each recipient a few headers are written and the tokens put in: their length is fixed
/// and their letters and digits are never encoded, so no line ends elsewhere for another token. Made by comparing two messages that
/// differ in the token alone, it knows nothing of how the mail library encodes; a line end within a token is no matter.
/// </summary>
public sealed class MessageTemplate
{
    private readonly byte[] _rest;
    private readonly int _size;
    private readonly int[] _slots;
    private readonly TemplateSignatures? _signatures;

    /// <param name="compose">Makes the whole message by way of <see cref="Begin"/>, the same for the same recipient.</param>
    /// <param name="signing">Signs each message; null, or without keys, for none.</param>
    public MessageTemplate(Func<MessageRecipient, MimeMessage> compose, DkimSigning? signing = null)
    {
        var rest = Rest(compose, 'a');
        var other = Rest(compose, 'b');
        if (rest.Length != other.Length)
            throw new InvalidOperationException("The message is longer or shorter with another token.");
        _rest = DotStuffing.Stuff(rest);
        _size = rest.Length;
        var stuffed = DotStuffing.Stuff(other);
        _slots = [.. Enumerable.Range(0, stuffed.Length).Where(i => _rest[i] != stuffed[i])];
        if (_slots.Length % RenderedMail.TokenLength != 0)
            throw new InvalidOperationException("The message holds a part of a token.");
        _signatures = signing is { IsConfigured: true } ? new TemplateSignatures(signing, rest, other) : null;
    }

    /// <summary>A message with the recipient's own headers, which come before all others.</summary>
    public static MimeMessage Begin(MessageRecipient recipient)
    {
        var message = new MimeMessage();
        message.Headers.Clear();
        MailParts.Address(message, HeaderId.To, recipient.To);
        message.Date = recipient.Date;
        message.MessageId = recipient.MessageId;
        if (recipient.References is { } first)
        {
            message.InReplyTo = first;
            message.References.Add(first);
        }

        if (recipient.ListUnsubscribe is { } leave)
            message.Headers.Add(HeaderId.ListUnsubscribe, leave);
        return message;
    }

    /// <summary>Null for a recipient that the template does not suit: an address that ASCII can't write, or an unusual token.</summary>
    public PreparedMail? TryMake(MessageRecipient recipient, MailEnvelope envelope)
    {
        if (recipient.Token.Length != RenderedMail.TokenLength
            || !recipient.Token.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            || MailFormat.NeedsUtf8(recipient.To.Address))
            return null;
        Span<byte> token = stackalloc byte[RenderedMail.TokenLength];
        Encoding.ASCII.GetBytes(recipient.Token, token);
        var headers = OwnHeaders(recipient);
        var own = headers.GetBuffer().AsSpan(0, (int)headers.Length);
        var signatures = _signatures?.Headers(own, token, recipient.Date) ?? "";
        var start = signatures.Length + own.Length;
        var length = start + _rest.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        Encoding.ASCII.GetBytes(signatures, bytes);
        own.CopyTo(bytes.AsSpan(signatures.Length));
        var rest = bytes.AsSpan(start, _rest.Length);
        _rest.CopyTo(rest);
        for (var i = 0; i < _slots.Length; i++)
            rest[_slots[i]] = token[i % token.Length];
        return new PreparedMail(recipient.MessageId, bytes, length, start + _size, envelope);
    }

    private static byte[] Rest(Func<MessageRecipient, MimeMessage> compose, char letter)
    {
        var specimen = new MessageRecipient
        {
            To = new MailboxAddress("", "specimen@localhost"),
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "specimen@localhost",
            ListUnsubscribe = "<https://localhost>",
            Token = new string(letter, RenderedMail.TokenLength),
        };
        using var message = compose(specimen);
        using var whole = new MemoryStream();
        message.WriteTo(MailFormat.For(message), whole);
        var own = OwnHeaders(specimen);
        return whole.GetBuffer().AsSpan(0, (int)whole.Length).StartsWith(own.GetBuffer().AsSpan(0, (int)own.Length))
            ? whole.ToArray()[(int)own.Length..]
            : throw new InvalidOperationException("The message does not begin with the recipient's own headers.");
    }

    private static MemoryStream OwnHeaders(MessageRecipient recipient)
    {
        using var message = Begin(recipient);
        var headers = new MemoryStream(512);
        foreach (var header in message.Headers)
        {
            headers.Write(header.RawField);
            headers.Write(":"u8);
            // Folded with the line ends of this system, which are not those of mail.
            for (var rest = header.RawValue.AsSpan(); rest.Length > 0;)
            {
                var end = rest.IndexOf((byte)'\n');
                headers.Write(end < 0 ? rest : rest[..end].TrimEnd((byte)'\r'));
                headers.Write(end < 0 ? [] : "\r\n"u8);
                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }

        return headers;
    }
}
