using System.Diagnostics.CodeAnalysis;
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
    /// Offers a message: all of it but its end may leave, and it is not sent before <see cref="EndAsync"/>. To take it back, dispose of
    /// the connection: a server forgets a message whose end it has not seen. A cancellation counts only before the first command.
    /// </summary>
    /// <returns>Null when the message is to be ended; otherwise the answer that it has got, with which it is over.</returns>
    Task<MailAnswer?> OfferAsync(OutgoingMail mail, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the message that was offered. Whatever the server does is an answer, not an exception, and comes after at most
    /// <c>Mail:Smtp:Timeout</c>.
    /// </summary>
    /// <param name="following">What is offered next, if that is known: its envelope may leave with this end, and then no other can be offered.</param>
    Task<MailAnswer> EndAsync(OutgoingMail? following = null);

    /// <summary>Sends one message to one recipient.</summary>
    async Task<MailAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => await OfferAsync(mail, cancellationToken) ?? await EndAsync();

    /// <inheritdoc cref="SendAsync(OutgoingMail, CancellationToken)"/>
    [SuppressMessage("Reliability", "CA2000", Justification = "The message is the caller's, and there is nothing else to dispose of.")]
    Task<MailAnswer> SendAsync(MimeMessage message, MailEnvelope envelope, CancellationToken cancellationToken)
        => SendAsync(new MimeMail(message, envelope), cancellationToken);
}

/// <summary>What the server is told beside the message: who hears of a bounce, and who gets it. Both are bare addresses.</summary>
public sealed record MailEnvelope(string Sender, string Recipient)
{
    /// <summary>Keeps addresses out of logs.</summary>
    public override string ToString() => $"to {AddressMask.Of(Recipient)}";
}
