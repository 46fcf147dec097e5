using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.MailViews;
using MimeKit;

namespace CordisPulse.Web.Hosting;

/// <summary>Sends the single mails that are due, one after another over one connection, and writes down what became of each.</summary>
internal sealed class QueuedMailSender(QueuedMails mails, SingleMailFactory factory, IMailTransport transport, ILogger<QueuedMailSender> log) : IDueWork
{
    public string Name => "Sending single mails";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        IMailConnection? connection = null;
        try
        {
            foreach (var id in await mails.DueAsync(cancellationToken))
            {
                if (await mails.ClaimAsync(id, cancellationToken) is not { } mail)
                    continue;
                if (!IsStillOwed(mail))
                {
                    await mails.GivenUpAsync(mail, "No longer on the list when it was to be sent.");
                    continue;
                }

                if (connection is { IsUsable: false })
                {
                    await connection.DisposeAsync();
                    connection = null;
                }

                try
                {
                    connection ??= await transport.ConnectAsync(cancellationToken);
                }
                catch (MailServerUnavailableException e)
                {
                    await PutOffAsync(mail, e.Message);
                    return;
                }

                (MimeMessage Message, MailEnvelope Envelope)? made;
                try
                {
                    made = await factory.MakeAsync(mail, cancellationToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One that can't be made holds up none behind it. Where the database is away this is not written down either, and the round ends.
                    await PutOffAsync(mail, $"The message could not be made ({e.GetType().Name}).");
                    continue;
                }

                if (made is not var (message, envelope))
                {
                    await mails.GivenUpAsync(mail, "Nothing was left to say when it was to be sent.");
                    continue;
                }

                using (message)
                    await WriteDownAsync(mail, await connection.SendAsync(message, envelope, cancellationToken));
            }
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    public Task EndAsync() => Task.CompletedTask;

    private static bool IsStillOwed(ClaimedMail mail)
        => mail.Kind switch
        {
            // Whoever has left, or must not be mailed, has asked for these.
            QueuedMailKind.OwnDataLink or QueuedMailKind.ConfirmAddress or QueuedMailKind.ConfirmSubscription => mail.Subscriber is not null,
            QueuedMailKind.UnsubscribeLink or QueuedMailKind.StillWanted => mail.Subscriber is { Status: SubscriberStatus.Active },
            _ => true,
        };

    private Task WriteDownAsync(ClaimedMail mail, MailAnswer answer) => answer switch
    {
        MailAnswer.Accepted accepted => mails.SentAsync(mail, $"{accepted.Code} {accepted.Text}"),
        MailAnswer.RefusedForGood { Scope: RefusalScope.Recipient or RefusalScope.Message } refused => GiveUpAsync(mail, $"{refused.Code} {refused.Text}"),
        MailAnswer.RefusedForGood refused => PutOffAsync(mail, $"{refused.Code} {refused.Text}"),
        MailAnswer.RefusedForNow refused => PutOffAsync(mail, $"{refused.Code} {refused.Text}"),
        MailAnswer.NotSent notSent => PutOffAsync(mail, notSent.Reason),
        // Twice does no harm here: both bring a link that works.
        MailAnswer.Unknown unknown => PutOffAsync(mail, unknown.Reason),
        _ => throw new InvalidOperationException($"An answer of the kind {answer.GetType().Name} is not known here."),
    };

    private async Task GiveUpAsync(ClaimedMail mail, string answer)
    {
        await mails.GivenUpAsync(mail, answer);
        log.LogWarning("Single mail {Id} was refused for good: {Answer}", mail.Id, answer);
    }

    private async Task PutOffAsync(ClaimedMail mail, string answer)
    {
        if (await mails.PutOffAsync(mail, answer) is { } next)
            log.LogWarning("Single mail {Id} was not sent and is tried again at {Next:u}: {Answer}", mail.Id, next, answer);
        else
            log.LogWarning("Single mail {Id} was not sent and is given up: {Answer}", mail.Id, answer);
    }
}
