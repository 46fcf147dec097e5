using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>How a subscriber's row begins, and how a write finds that another came first.</summary>
internal static class SubscriberRow
{
    public static Subscriber New(EmailAddress address, SubscriberStatus status, DateTime now) => new()
    {
        Email = address.Address,
        NormalizedEmail = address.Normalized,
        Status = status,
        UnsubscribeToken = SecretToken.Create(),
        CreatedUtc = now,
    };

    public static bool WasOvertaken(DbUpdateException e)
        => e is DbUpdateConcurrencyException
            || e.IsUniqueViolation("Subscribers", nameof(Subscriber.NormalizedEmail))
            || e.IsUniqueViolation("Suppressions", nameof(Suppression.NormalizedEmail));
}
