using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>Whose deliveries may be claimed while a mailing waits.</summary>
internal static class Waiting
{
    /// <summary>Keys of the subscribers who are colleagues; null when the mailing does not wait, so that everybody's turn has come.</summary>
    public static async Task<List<int>?> FirstReadersOfAsync(this PulseDbContext db, int mailingId, CancellationToken cancellationToken)
        => await db.Mailings.AnyAsync(m => m.Id == mailingId && m.WaitUntilUtc > DateTime.UtcNow, cancellationToken)
            ? await db.FirstReaders().ToListAsync(cancellationToken)
            : null;

    public static IQueryable<int> FirstReaders(this PulseDbContext db)
        => db.Colleagues.Join(db.Subscribers, colleague => colleague.NormalizedEmail, subscriber => subscriber.NormalizedEmail, (_, subscriber) => subscriber.Id);
}
