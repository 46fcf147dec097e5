using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mailings;

namespace CordisPulse.Tests.Mail.Returns;

/// <summary>Nodes that read what comes back from a mailbox of <see cref="DovecotServer"/>.</summary>
[SupportedOSPlatform("linux")]
internal static class ReturnLab
{
    public static MailingLab On(DovecotServer dovecot) => new MailingLab()
        .With("Mail:BounceAddress", ReturnSample.Bounces)
        .With("Mail:UnsubscribeMailbox", ReturnSample.Leaving)
        .With("Mail:Bounces:Imap:Host", "127.0.0.1")
        .With("Mail:Bounces:Imap:Port", dovecot.Port.ToString(CultureInfo.InvariantCulture))
        .With("Mail:Bounces:Imap:UserName", DovecotServer.User)
        .With("Mail:Bounces:Imap:Password", DovecotServer.Password);

    /// <summary>A sample about the mail that a reader was sent.</summary>
    public static byte[] About(MailingLab lab, int reader, string sample, (string From, string To)? change = null)
    {
        var sent = lab.Server.Messages.First(m => m.Recipient == $"Reader.{reader}@reader.example");
        var token = sent.Message.Headers["List-Unsubscribe"]!.Split("unsubscribe/")[1][..SecretToken.Length];
        var text = Encoding.UTF8.GetString(ReturnSample.Load(sample, sent.Sender, token, sent.Message.MessageId!)).Replace("gone@example.org", sent.Recipient, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(change is { } swap ? text.Replace(swap.From, swap.To, StringComparison.Ordinal) : text);
    }
}
