using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

/// <summary>Makes the row of a mailing that begins now, with what it freezes of this process: the public address and the transport.</summary>
public sealed class MailingBeginning(PublicAddress address, IOptions<MailOptions> options, TimeProvider time)
{
    /// <param name="publishedId">Key of the published edition.</param>
    /// <param name="byId">Null for a command, and for a subscriber's own confirmation.</param>
    public Mailing New(int editionId, int publishedId, MailingKind kind, int number, int? byId) => Begin(
        new Mailing { EditionId = editionId, Kind = kind, Number = number, PublicUrl = "", Transport = "", CreatedUtc = time.GetUtcNow().UtcDateTime, CreatedById = byId }, publishedId);

    /// <summary>Has a mailing, in the transaction that begins it, wait for all but colleagues, as <c>Mail:WaitBeforeSending</c> says.</summary>
    /// <returns>How many of its recipients are colleagues.</returns>
    internal async Task<int> WaitAsync(PulseDbContext db, int mailingId, CancellationToken cancellationToken)
    {
        var seconds = options.Value.WaitBeforeSending.TotalSeconds;
        if (seconds > 0)
            await db.Mailings.Where(m => m.Id == mailingId).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.WaitUntilUtc, m => DateTime.UtcNow.AddSeconds(seconds)).SetProperty(m => m.Version, m => m.Version + 1), cancellationToken);
        var first = await db.FirstReaders().ToListAsync(cancellationToken);
        return await db.Deliveries.CountAsync(d => d.MailingId == mailingId && first.Contains(d.SubscriberId), cancellationToken);
    }

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
