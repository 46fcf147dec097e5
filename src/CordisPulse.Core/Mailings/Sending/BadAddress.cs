using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>Takes off the list whose mail server has said often enough that there is no such address.</summary>
internal static class BadAddress
{
    /// <summary>
    /// In the transaction that records the answer. Counts the mailings since the last that was taken: a row is one mailing, however often
    /// it was tried there. Whoever is no longer active stays as they are, so it happens once.
    /// </summary>
    public static async Task SuppressAsync(PulseDbContext db, int subscriberId, int most, CancellationToken cancellationToken)
    {
        var said = await db.Deliveries.CountAsync(
            d => d.SubscriberId == subscriberId && d.Fault == DeliveryFault.Address
                && !db.Deliveries.Any(later => later.SubscriberId == subscriberId && later.Id > d.Id && later.State == DeliveryState.Sent),
            cancellationToken);
        if (said < most)
            return;
        await Suppressing.SuppressAsync(db, subscriberId, SuppressionReason.Bounced, "The mail server says that there is no such address.", Ways.Mail, cancellationToken);
    }
}
