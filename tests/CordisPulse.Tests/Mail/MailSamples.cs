using System.Net;
using System.Net.Sockets;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using MimeKit;

namespace CordisPulse.Tests.Mail;

internal static class MailSamples
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static readonly MailEnvelope Envelope = new("bounces@sender.example", "ann@reader.example");

    public static MailOptions For(LoopbackSmtpServer server, TimeSpan? timeout = null, SmtpClientKind client = SmtpClientKind.Pipelined) => new()
    {
        Transport = MailTransportKind.Smtp,
        Smtp = { Host = LoopbackSmtpServer.Host, Port = server.Port, Timeout = timeout ?? Soon, Client = client },
    };

    public static async Task<IMailConnection> ConnectAsync(this LoopbackSmtpServer server, TimeSpan? timeout = null, SmtpClientKind client = SmtpClientKind.Pipelined) =>
        await new SmtpTransport(For(server, timeout, client)).ConnectAsync(CancellationToken.None);

    public static Task<MailAnswer> SendAsync(this IMailConnection connection, MimeMessage? message = null, MailEnvelope? envelope = null) =>
        connection.SendAsync(message ?? Message(), envelope ?? Envelope, CancellationToken.None);

    public static MimeMessage Message(string text = "Good morning.\n", string messageId = "2022-03.1.7@sender.example")
    {
        var message = new MimeMessage
        {
            Subject = "March 2022",
            MessageId = messageId,
            Date = new DateTimeOffset(2022, 3, 7, 9, 0, 0, TimeSpan.Zero),
            Body = new MultipartAlternative(new TextPart("plain") { Text = text }, new TextPart("html") { Text = $"<p>{text}</p>" }),
        };
        message.From.Add(new MailboxAddress("Pulse", "pulse@sender.example"));
        message.To.Add(new MailboxAddress("Ann", "ann@reader.example"));
        message.Headers.Add(HeaderId.ListId, "Pulse <pulse.sender.example>");
        message.Headers.Add(HeaderId.ListUnsubscribe, "<https://sender.example/unsubscribe/abc>");
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        return message;
    }

    public static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
