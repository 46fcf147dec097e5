using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings;

/// <summary>Sends the mail of an edition, as it stands, to one address for a look at it. Nothing is recorded.</summary>
public sealed class TestSend(EditionMail mail, EditionMessageFactory messages, IMailTransport transport, PublicAddress address)
{
    /// <exception cref="RefusedException">The address is none, or the mail server did not take the message.</exception>
    public async Task SendAsync(EditionDocument document, string toAddress, CancellationToken cancellationToken = default)
    {
        var rendered = await mail.RenderForLookAsync(document, address.Links, cancellationToken);
        try
        {
            var (message, envelope) = messages.CreateForLook(rendered with { Subject = $"[Test] {rendered.Subject}" }, toAddress.Trim());
            using (message)
            {
                await using var connection = await transport.ConnectAsync(cancellationToken);
                if (Refusal(await connection.SendAsync(message, envelope, cancellationToken)) is { } refusal)
                    throw new RefusedException($"The test was not sent: {refusal}");
            }
        }
        catch (UnusableRecipientException e)
        {
            throw new RefusedException(e.Message);
        }
        catch (MailServerUnavailableException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    private static string? Refusal(MailAnswer answer) => answer switch
    {
        MailAnswer.Accepted => null,
        MailAnswer.RefusedForNow refused => $"the mail server answered {refused.Code} {refused.Text}",
        MailAnswer.RefusedForGood refused => $"the mail server answered {refused.Code} {refused.Text}",
        MailAnswer.NotSent lost => lost.Reason,
        MailAnswer.Unknown unknown => unknown.Reason,
        _ => "the mail server gave no answer.",
    };
}
