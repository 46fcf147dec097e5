using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

/// <summary>Makes the row of a mailing that begins now, with what it freezes of this process: the public address and the transport.</summary>
public sealed class MailingBeginning(PublicAddress address, IOptions<MailOptions> options, TimeProvider time)
{
    /// <param name="publishedId">Key of the published edition.</param>
    /// <param name="byId">Null for a command, and for a subscriber's own confirmation.</param>
    public Mailing New(int editionId, int publishedId, MailingKind kind, int number, int? byId) => Begin(
        new Mailing { EditionId = editionId, Kind = kind, Number = number, PublicUrl = "", Transport = "", CreatedUtc = time.GetUtcNow().UtcDateTime, CreatedById = byId }, publishedId);

    /// <summary>One that was scheduled begins.</summary>
    public Mailing Begin(Mailing mailing, int publishedId)
    {
        mailing.State = MailingState.Sending;
        mailing.PublishedEditionId = publishedId;
        mailing.PublicUrl = address.Base.AbsoluteUri;
        mailing.Transport = MailingTransport.Of(options.Value);
        mailing.StartedUtc = time.GetUtcNow().UtcDateTime;
        mailing.HoldUntilUtc = null;
        return mailing;
    }
}
