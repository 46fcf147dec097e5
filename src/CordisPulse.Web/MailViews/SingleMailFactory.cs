using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CordisPulse.Web.MailViews;

/// <summary>Makes the message of a queued mail at the moment it is sent: only then does its token come into being.</summary>
internal sealed class SingleMailFactory(
    QueuedMails mails, MailViewRenderer views, PublicAddress address, IServiceScopeFactory scopes,
    IOptions<MailOptions> mailOptions, IOptions<SiteOptions> siteOptions, DkimSigning signing, TimeProvider time)
{
    private const string AlreadySubscribed = nameof(AlreadySubscribed);

    public async Task<(MimeMessage Message, MailEnvelope Envelope)> MakeAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        var links = address.Links;
        var (view, link) = mail.Kind switch
        {
            QueuedMailKind.UnsubscribeLink => (nameof(QueuedMailKind.UnsubscribeLink), links.Unsubscribe(mail.UnsubscribeToken)),
            _ when mail.Status == SubscriberStatus.Active => (AlreadySubscribed, null),
            _ => (nameof(QueuedMailKind.ConfirmSubscription), links.ConfirmSubscription(await mails.NewConfirmationTokenAsync(mail, cancellationToken))),
        };
        var publisher = await PublisherAsync(cancellationToken);
        var content = new SingleMail(siteOptions.Value.Name, publisher.Name, publisher.PostalAddress, link);
        var options = mailOptions.Value;
        var from = options.Sender;

        var message = new MimeMessage();
        message.From.Add(new MailboxAddress(options.FromName ?? content.SiteName, from));
        if (!string.IsNullOrEmpty(options.ReplyTo))
            message.ReplyTo.Add(new MailboxAddress("", options.ReplyTo));
        message.To.Add(new MailboxAddress(mail.Name ?? "", mail.Email));
        message.Subject = SingleMailText.Subject(view, content);
        message.Date = time.GetUtcNow();
        // The same at every try, so that one which was taken twice is seen once.
        message.MessageId = $"single-{mail.Id}-{mail.QueuedUtc:yyyyMMddHHmmss}@{from[(from.LastIndexOf('@') + 1)..]}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new BodyBuilder { TextBody = SingleMailText.Body(view, content), HtmlBody = await views.RenderAsync($"/MailViews/{view}.cshtml", content) }.ToMessageBody();
        signing.Sign(message);
        return (message, new MailEnvelope(options.BounceAddress ?? from, mail.Email));
    }

    private async Task<PublisherView> PublisherAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Publisher>().GetAsync(cancellationToken);
    }
}
