using System.Text;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Utils;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>What tells mail programs which list a message is of and how its reader leaves it (RFC 2369, RFC 2919, RFC 8058).</summary>
public sealed class ListHeaders(IOptions<MailOptions> mail, IOptions<SiteOptions> site)
{
    /// <summary>All but <c>List-Unsubscribe</c>, which is a reader's own.</summary>
    public void AddCommonTo(MimeMessage message, Uri publicUrl)
    {
        message.Headers.Add(HeaderId.ListId, Id(publicUrl));
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        message.Headers.Add(HeaderId.ListArchive, $"<{new SiteLinks(publicUrl).Editions}>");
    }

    /// <summary>The value of <c>List-Unsubscribe</c>: the link that takes one click, and the mailbox that takes the same token in a subject.</summary>
    public string Unsubscribe(Uri publicUrl, string token)
    {
        var links = $"<{new SiteLinks(publicUrl).Unsubscribe(token)}>";
        return mail.Value.UnsubscribeMailbox is { Length: > 0 } mailbox ? $"{links}, <mailto:{mailbox}?subject=unsubscribe%20{token}>" : links;
    }

    /// <summary>RFC 2919: a name for people and one for machines, which stays what it is as long as the site's address does.</summary>
    private string Id(Uri publicUrl)
    {
        var phrase = Encoding.ASCII.GetString(Rfc2047.EncodePhrase(Encoding.UTF8, MailParts.OneLine(site.Value.Name)));
        return $"{phrase} <editions.{MessageIds.Domain(publicUrl)}>";
    }
}
