using System.Text;
using MimeKit;

namespace CordisPulse.Tests.Mail;

/// <summary>A message as the server took it: envelope, and content without dot-stuffing.</summary>
public sealed class ReceivedMessage(int connection, string sender, string mailParameters, IReadOnlyList<string> recipients, byte[] raw)
{
    private readonly Lazy<MimeMessage> _message = new(() => MimeMessage.Load(new MemoryStream(raw, writable: false)));

    public int Connection => connection;

    public string Sender => sender;

    /// <summary>What followed the address in MAIL, such as <c>SIZE=1234 BODY=8BITMIME</c>.</summary>
    public string MailParameters => mailParameters;

    public IReadOnlyList<string> Recipients => recipients;

    public string Recipient => recipients[0];

    public ReadOnlyMemory<byte> Raw => raw;

    public string Text => Encoding.UTF8.GetString(raw);

    public MimeMessage Message => _message.Value;

    public ReceivedMessage HeadersOnly()
        => new(connection, sender, mailParameters, recipients, raw[..(raw.AsSpan().IndexOf("\r\n\r\n"u8) + 4)]);
}
