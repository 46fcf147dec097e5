using System.Buffers;
using CordisPulse.Core.Mail.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mail;

/// <summary>A message with its envelope, on its way to one recipient.</summary>
public abstract class OutgoingMail(MailEnvelope envelope) : IDisposable
{
    public MailEnvelope Envelope => envelope;

    internal abstract string MessageId { get; }

    /// <summary>For those that send messages rather than bytes.</summary>
    internal abstract MimeMessage Message { get; }

    /// <summary>The content as it goes over the wire.</summary>
    /// <param name="allowsEightBit">Whether the server offers 8BITMIME.</param>
    internal abstract WireContent ForWire(bool allowsEightBit);

    /// <summary>Writes the content as its recipient gets it.</summary>
    public abstract Task WriteToAsync(Stream stream);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>A message's content with CRLF throughout and its dots doubled (RFC 5321 section 4.5.2), without the final dot.</summary>
/// <param name="Size">Bytes before dots were doubled, as SIZE has it (RFC 1870).</param>
/// <param name="IsInternational">Its headers hold UTF-8 (RFC 6532).</param>
internal readonly record struct WireContent(ReadOnlyMemory<byte> Bytes, int Size, bool IsEightBit, bool IsInternational);

/// <summary>A message that the mail library writes.</summary>
public sealed class MimeMail(MimeMessage message, MailEnvelope envelope) : OutgoingMail(envelope)
{
    private WireContent? _content;

    internal override string MessageId => message.MessageId ?? "";

    internal override MimeMessage Message => message;

    internal override WireContent ForWire(bool allowsEightBit)
    {
        if (_content is not { } content || (content.IsEightBit && !allowsEightBit))
            _content = content = Write(allowsEightBit);
        return content;
    }

    public override Task WriteToAsync(Stream stream) => message.WriteToAsync(MailFormat.For(message), stream, CancellationToken.None);

    protected override void Dispose(bool disposing) => message.Dispose();

    private WireContent Write(bool allowsEightBit)
    {
        // A signed message is in seven-bit form already, and a second look could only break the signature.
        if (!message.Headers.Contains(HeaderId.DkimSignature))
            message.Prepare(allowsEightBit ? EncodingConstraint.EightBit : EncodingConstraint.SevenBit);
        var format = MailFormat.For(message);
        using var plain = new MemoryStream();
        message.WriteTo(format, plain);
        var written = plain.GetBuffer().AsSpan(0, (int)plain.Length);
        var body = written[(written.IndexOf("\r\n\r\n"u8) + 1)..];
        return new WireContent(DotStuffing.Stuff(written), written.Length, !System.Text.Ascii.IsValid(body), format.International);
    }
}

/// <summary>A message whose bytes lie ready: seven-bit, ASCII headers, dots doubled. The bytes go back to the pool with it.</summary>
public sealed class PreparedMail : OutgoingMail
{
    private readonly string _messageId;
    private readonly int _length;
    private readonly int _size;
    private byte[] _bytes;

    internal PreparedMail(string messageId, byte[] pooled, int length, int size, MailEnvelope envelope)
        : base(envelope) => (_messageId, _bytes, _length, _size) = (messageId, pooled, length, size);

    internal override string MessageId => _messageId;

    internal override MimeMessage Message => MimeMessage.Load(new MemoryStream(DotStuffing.Unstuff(_bytes.AsSpan(0, _length))));

    internal override WireContent ForWire(bool allowsEightBit) => new(_bytes.AsMemory(0, _length), _size, IsEightBit: false, IsInternational: false);

    public override async Task WriteToAsync(Stream stream) => await stream.WriteAsync(DotStuffing.Unstuff(_bytes.AsSpan(0, _length)));

    protected override void Dispose(bool disposing)
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
