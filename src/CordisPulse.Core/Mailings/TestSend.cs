using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <param name="Refusal">Why the test did not go to this address, as the end of a sentence; null when it did.</param>
public sealed record TestAnswer(EmailAddress Address, string? Refusal);

/// <summary>Sends the mail of an edition, as it stands, to a few addresses for a look at it. No delivery is recorded.</summary>
public sealed class TestSend(
    PulseDbContext db, EditionMail mail, EditionMessageFactory messages, IMailTransport transport, SuppressionList suppressions, PublicAddress address,
    TimeProvider time)
{
    /// <summary>More is a mailing, and goes by the ledger.</summary>
    public const int MostAddresses = 5;

    /// <summary>One message to each address, none of which sees the others.</summary>
    /// <exception cref="RefusedException">There is no mail server to be reached.</exception>
    public async Task<IReadOnlyList<TestAnswer>> SendAsync(
        EditionDocument document, IReadOnlyList<EmailAddress> addresses, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(addresses.Count, MostAddresses);
        var suppressed = await suppressions.AmongAsync([.. addresses.Select(to => to.Normalized)], cancellationToken);
        var rendered = await mail.RenderForLookAsync(document, address.Links, cancellationToken);
        rendered = rendered with { Subject = $"[Test] {rendered.Subject}" };
        try
        {
            await using var connection = await transport.ConnectAsync(cancellationToken);
            var answers = new List<TestAnswer>();
            foreach (var to in addresses)
                answers.Add(new TestAnswer(to, suppressed.ContainsKey(to.Normalized)
                    ? "this address must not be mailed."
                    : await SendAsync(connection, rendered, to, cancellationToken)));
            return answers;
        }
        catch (MailServerUnavailableException e)
        {
            throw new RefusedException(e.Message);
        }
    }

    /// <summary>Keeps that a test was sent, for whoever starts the mailing.</summary>
    /// <param name="month">Of the edition.</param>
    /// <param name="byId">Who sent it.</param>
    /// <param name="answers">What became of it; a test that reached nobody is none.</param>
    /// <param name="cancellationToken">Ends the saving.</param>
    public async Task RecordAsync(EditionMonth month, int byId, IReadOnlyList<TestAnswer> answers, CancellationToken cancellationToken = default)
    {
        var recipients = answers.Count(answer => answer.Refusal is null);
        if (recipients == 0)
            return;
        db.Add(new SentTestMail
        {
            EditionId = await db.Editions.Where(edition => edition.Month == month).Select(edition => edition.Id).SingleAsync(cancellationToken),
            SentUtc = time.GetUtcNow().UtcDateTime,
            SentById = byId,
            Recipients = recipients,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<string?> SendAsync(IMailConnection connection, RenderedMail rendered, EmailAddress to, CancellationToken cancellationToken)
    {
        try
        {
            var (message, envelope) = messages.CreateForLook(rendered, to.Address);
            using (message)
                return Refusal(await connection.SendAsync(message, envelope, cancellationToken));
        }
        catch (UnusableRecipientException)
        {
            return "mail can't be sent to it.";
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
