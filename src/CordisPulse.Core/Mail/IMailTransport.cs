using CordisPulse.Core.Mail.Smtp;
using MimeKit;

namespace CordisPulse.Core.Mail;

/// <summary>Where mail goes: a mail server (<see cref="SmtpTransport"/>) or a folder of files (<see cref="PickupTransport"/>).</summary>
public interface IMailTransport
{
    /// <summary>Opens a connection that is kept for many messages.</summary>
    /// <exception cref="MailServerUnavailableException">The server can't be reached, does not let us in, or is not to be trusted.</exception>
    Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken);
}

/// <summary>Carries one message at a time. Disposing takes leave of the server.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>
    /// False once the server has gone, has said 421 or has hung up while the connection lay idle. Such a connection
    /// answers every message with <see cref="MailAnswer.NotSent"/>; dispose of it and open another.
    /// </summary>
    bool IsUsable { get; }

    /// <summary>
    /// Sends one message to one recipient. Whatever the server does is an answer, not an exception. A cancellation counts
    /// only before the first command: once a message is under way it is finished, for at most <c>Mail:Smtp:Timeout</c>.
    /// </summary>
    Task<MailAnswer> SendAsync(MimeMessage message, MailEnvelope envelope, CancellationToken cancellationToken);
}

/// <summary>What the server is told beside the message: who hears of a bounce, and who gets it. Both are bare addresses.</summary>
public sealed record MailEnvelope(string Sender, string Recipient)
{
    /// <summary>Keeps addresses out of logs.</summary>
    public override string ToString() => $"to {AddressMask.Of(Recipient)}";
}
