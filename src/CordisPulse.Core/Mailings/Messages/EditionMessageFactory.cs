using System.Collections.Concurrent;
using System.Security.Cryptography;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Utils;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>A recipient's address is none that mail can be sent to. The message names no address.</summary>
public sealed class UnusableRecipientException() : Exception("The address is none that mail can be sent to.");

/// <summary>Makes the message for one recipient from what the mailing has frozen: the recipient's token and name, and the headers.</summary>
public sealed class EditionMessageFactory(
    IDbContextFactory<PulseDbContext> contexts,
    IOptions<MailOptions> mail,
    IOptions<SiteOptions> site,
    DkimSigning signing,
    ListHeaders list,
    SecretKey key,
    TimeProvider time)
{
    private const int MostFrozen = 32;

    private readonly ConcurrentDictionary<int, Frozen> _frozen = [];
    private readonly BounceAddress? _bounces = string.IsNullOrEmpty(mail.Value.BounceAddress) ? null : new BounceAddress(mail.Value.BounceAddress, key.Bytes);

    private string Sender => mail.Value.Sender;

    /// <exception cref="UnusableRecipientException">The address is none.</exception>
    public async Task<OutgoingMail> CreateAsync(ClaimedDelivery delivery)
    {
        if (!_frozen.TryGetValue(delivery.VariantId, out var frozen))
        {
            frozen = _frozen.GetOrAdd(delivery.VariantId, await LoadAsync(delivery.VariantId));
            // Each late mailing has its own; those that are over are not told from those that are under way, and are soon loaded again.
            foreach (var other in _frozen.Keys.Where(other => other != delivery.VariantId).Take(_frozen.Count - MostFrozen))
                _frozen.TryRemove(other, out _);
        }

        var recipient = new MessageRecipient
        {
            To = Recipient(delivery.Name, delivery.Address),
            Date = time.GetUtcNow(),
            MessageId = frozen.Ids.Of(delivery.SubscriberId),
            References = delivery.Follows?.Of(delivery.SubscriberId),
            ListUnsubscribe = list.Unsubscribe(frozen.PublicUrl, delivery.UnsubscribeToken),
            Token = delivery.UnsubscribeToken,
        };
        var envelope = new MailEnvelope(_bounces?.ForDelivery(delivery.Id) ?? Sender, delivery.Address);
        if (frozen.Template?.TryMake(recipient, envelope) is { } prepared)
            return prepared;
        var message = Compose(frozen, recipient);
        signing.Sign(message);
        return new MimeMail(message, envelope);
    }

    /// <summary>A message for a look at the mail, to one's own address. It belongs to no mailing.</summary>
    /// <exception cref="UnusableRecipientException">The address is none.</exception>
    public (MimeMessage Message, MailEnvelope Envelope) CreateForLook(RenderedMail rendered, string address)
    {
        var message = MessageTemplate.Begin(new MessageRecipient
        {
            To = Recipient(null, address),
            Date = time.GetUtcNow(),
            MessageId = MimeUtils.GenerateMessageId(Sender[(Sender.LastIndexOf('@') + 1)..]),
            Token = "",
        });
        AddSender(message);
        MailParts.Subject(message, rendered.Subject);
        message.Body = MailParts.Alternative(rendered.Text, rendered.Html);
        signing.Sign(message);
        return (message, new MailEnvelope(Sender, address));
    }

    /// <summary>A signed message such as mailings send, to be looked at and not sent.</summary>
    public MimeMessage CreateSpecimen(RenderedMail rendered, Uri publicUrl)
    {
        var token = new string('a', RenderedMail.TokenLength);
        var message = Compose(
            new Frozen(rendered.Subject, rendered.Html, rendered.Text, publicUrl, new MessageIds(default, MailingKind.Edition, 1, publicUrl.AbsoluteUri), Boundary()),
            new MessageRecipient
            {
                To = new MailboxAddress("", "specimen@localhost"),
                Date = time.GetUtcNow(),
                MessageId = $"specimen@{MessageIds.Domain(publicUrl)}",
                ListUnsubscribe = list.Unsubscribe(publicUrl, token),
                Token = token,
            });
        signing.Sign(message);
        return message;
    }

    private MimeMessage Compose(Frozen frozen, MessageRecipient recipient)
    {
        var message = MessageTemplate.Begin(recipient);
        AddSender(message);
        MailParts.Subject(message, frozen.Subject);
        list.AddCommonTo(message, frozen.PublicUrl);
        var mark = RenderedMail.TokenMark.ToString();
        var body = MailParts.Alternative(
            frozen.Text.Replace(mark, recipient.Token, StringComparison.Ordinal), frozen.Html.Replace(mark, recipient.Token, StringComparison.Ordinal));
        body.Boundary = frozen.Boundary;
        message.Body = body;
        return message;
    }

    private void AddSender(MimeMessage message)
    {
        MailParts.Address(message, HeaderId.From, new MailboxAddress(MailParts.OneLine(mail.Value.FromName ?? site.Value.Name), Sender));
        if (mail.Value.ReplyTo is { Length: > 0 } replyTo)
            message.ReplyTo.Add(new MailboxAddress("", replyTo));
    }

    private static MailboxAddress Recipient(string? name, string address)
    {
        try
        {
            var mailbox = new MailboxAddress(MailParts.OneLine(name ?? ""), address);
            return MailFormat.IsJust(mailbox, address) && address.Contains('@', StringComparison.Ordinal) && !address.Any(char.IsControl)
                ? mailbox
                : throw new UnusableRecipientException();
        }
        catch (ParseException)
        {
            throw new UnusableRecipientException();
        }
    }

    private async Task<Frozen> LoadAsync(int variantId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var row = await db.MailingVariants
            .Where(v => v.Id == variantId)
            .Select(v => new { v.Subject, v.Html, v.Text, v.Mailing!.Kind, v.Mailing.Number, v.Mailing.PublicUrl, v.Mailing.PublishedEdition!.Month })
            .SingleAsync();
        var frozen = new Frozen(
            row.Subject, row.Html, row.Text, new Uri(row.PublicUrl), new MessageIds(row.Month, row.Kind, row.Number, row.PublicUrl), Boundary());
        // A message with UTF-8 headers is made by the mail library.
        return MailFormat.NeedsUtf8(Sender) ? frozen : frozen with { Template = new MessageTemplate(recipient => Compose(frozen, recipient), signing) };
    }

    /// <summary>"=_" never comes of quoted-printable.</summary>
    private static string Boundary() => "=_" + RandomNumberGenerator.GetHexString(32);

    private sealed record Frozen(
        string Subject, string Html, string Text, Uri PublicUrl, MessageIds Ids, string Boundary)
    {
        public MessageTemplate? Template { get; init; }
    }
}
