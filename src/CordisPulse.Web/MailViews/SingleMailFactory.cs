using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CordisPulse.Web.MailViews;

/// <summary>Makes the message of a queued mail at the moment it is sent: only then does its token come into being.</summary>
internal sealed class SingleMailFactory(
    QueuedMails mails, StaffMailReader staff, MailViewRenderer views, PublicAddress address, IServiceScopeFactory scopes,
    IOptions<MailOptions> mailOptions, IOptions<SiteOptions> siteOptions, DkimSigning signing, ListHeaders list, SecretKey key, TimeProvider time)
{
    private readonly BounceAddress? _bounces = string.IsNullOrEmpty(mailOptions.Value.BounceAddress) ? null : new BounceAddress(mailOptions.Value.BounceAddress, key.Bytes);

    private const string AlreadySubscribed = nameof(AlreadySubscribed);
    private const string StaffView = "StaffMail";

    /// <summary>Null when the mail is owed no longer.</summary>
    public async Task<(MimeMessage Message, MailEnvelope Envelope)?> MakeAsync(ClaimedMail mail, CancellationToken cancellationToken)
        => mail.Subscriber is { } subscriber
            ? await ForSubscriberAsync(mail, subscriber, cancellationToken)
            : await staff.ReadAsync(mail, cancellationToken) is { } content ? await ForStaffAsync(mail, content, cancellationToken) : null;

    private async Task<(MimeMessage Message, MailEnvelope Envelope)?> ForSubscriberAsync(ClaimedMail mail, MailedSubscriber subscriber, CancellationToken cancellationToken)
    {
        if (await ToAsync(mail, subscriber, cancellationToken) is not { } to)
            return null;
        var links = address.Links;
        var (view, link) = mail.Kind switch
        {
            QueuedMailKind.UnsubscribeLink => (nameof(QueuedMailKind.UnsubscribeLink), links.Unsubscribe(subscriber.UnsubscribeToken)),
            QueuedMailKind.StillWanted => (nameof(QueuedMailKind.StillWanted), links.Preferences(subscriber.UnsubscribeToken)),
            QueuedMailKind.OwnDataLink => (nameof(QueuedMailKind.OwnDataLink), links.OwnData(await mails.NewTokenAsync(mail, subscriber, cancellationToken))),
            QueuedMailKind.ConfirmAddress => (nameof(QueuedMailKind.ConfirmAddress), links.ConfirmAddress(await mails.NewTokenAsync(mail, subscriber, cancellationToken))),
            // Of whoever said so themselves no request is kept.
            _ when subscriber.Status == SubscriberStatus.Active && await mails.RequestedAddressAsync(mail, cancellationToken) is null => (AlreadySubscribed, links.Preferences(subscriber.UnsubscribeToken)),
            _ => (nameof(QueuedMailKind.ConfirmSubscription), links.ConfirmSubscription(await mails.NewTokenAsync(mail, subscriber, cancellationToken))),
        };
        var publisher = await PublisherAsync(cancellationToken);
        var content = new SingleMail(
            siteOptions.Value.Name, publisher.Name, publisher.PostalAddress, link, links.Unsubscribe(subscriber.UnsubscribeToken), await SilenceAsync(mail, cancellationToken), subscriber.PausedUntilUtc is { } until ? UkTime.Day(until) : null);
        // Anybody may have typed the name beside an address that is somebody else's, and the new address may be a slip of the owner's pen.
        var name = mail.Kind is QueuedMailKind.ConfirmSubscription or QueuedMailKind.ConfirmAddress ? "" : subscriber.Name ?? "";
        return await MakeAsync(
            mail, new MailboxAddress(MailParts.OneLine(name), to), SingleMailText.Subject(view, content), SingleMailText.Body(view, content), view, content);
    }

    /// <summary>What follows when nobody answers; null for a mail that asks nothing.</summary>
    private async Task<string?> SilenceAsync(ClaimedMail mail, CancellationToken cancellationToken)
    {
        if (mail.Kind != QueuedMailKind.StillWanted)
            return null;
        return await mails.RoundAsync(mail, cancellationToken) is { Silence: Silence.Leave } round
            ? $"If we hear nothing from you by {UkTime.Day(round.AnswerByUtc)}, we take you off the list."
            : "If you do nothing, all stays as it is.";
    }

    /// <summary>Null when the link would lead to a request that is no more: it was confirmed, or gone with the person who was erased.</summary>
    private async Task<string?> ToAsync(ClaimedMail mail, MailedSubscriber subscriber, CancellationToken cancellationToken) => mail.Kind switch
    {
        QueuedMailKind.ConfirmAddress => await mails.RequestedAddressAsync(mail, cancellationToken),
        QueuedMailKind.ConfirmSubscription when mail.AboutId is not null && subscriber.Status != SubscriberStatus.Active
            && await mails.RequestedAddressAsync(mail, cancellationToken) is null => null,
        _ => subscriber.Email,
    };

    private async Task<(MimeMessage Message, MailEnvelope Envelope)> ForStaffAsync(ClaimedMail mail, StaffMailContent content, CancellationToken cancellationToken)
    {
        var publisher = await PublisherAsync(cancellationToken);
        var page = new StaffMailPage(
            content.Subject, content.Opening, content.Lines, address.Links.To(content.Path), content.LinkText, address.Links.To("editor/my-mail"),
            siteOptions.Value.Name, publisher.Name, publisher.PostalAddress);
        return await MakeAsync(mail, new MailboxAddress("", content.Email), content.Subject, page.Text, StaffView, page);
    }

    private async Task<(MimeMessage Message, MailEnvelope Envelope)> MakeAsync(
        ClaimedMail mail, MailboxAddress to, string subject, string text, string view, object model)
    {
        var options = mailOptions.Value;
        var from = options.Sender;
        var message = new MimeMessage();
        MailParts.Address(message, HeaderId.From, new MailboxAddress(MailParts.OneLine(options.FromName ?? siteOptions.Value.Name), from));
        if (!string.IsNullOrEmpty(options.ReplyTo))
            message.ReplyTo.Add(new MailboxAddress("", options.ReplyTo));
        MailParts.Address(message, HeaderId.To, to);
        MailParts.Subject(message, subject);
        message.Date = time.GetUtcNow();
        message.MessageId = SingleMailIds.Of(mail.Id, mail.QueuedUtc, from[(from.LastIndexOf('@') + 1)..]);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        // Nobody has asked for this one, and it goes to the whole list.
        if (mail is { Kind: QueuedMailKind.StillWanted, Subscriber: { } reader })
        {
            list.AddCommonTo(message, address.Base);
            message.Headers.Add(HeaderId.ListUnsubscribe, list.Unsubscribe(address.Base, reader.UnsubscribeToken));
        }

        message.Body = MailParts.Alternative(text + "\n", await views.RenderAsync($"/MailViews/{view}.cshtml", model));
        signing.Sign(message);
        return (message, new MailEnvelope(_bounces?.ForSingleMail(mail.Id) ?? from, to.Address));
    }

    private async Task<PublisherView> PublisherAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Publisher>().GetAsync(cancellationToken);
    }
}
