using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>How a subscriber's row begins, and how a write finds that another came first.</summary>
internal static class SubscriberRow
{
    public static Subscriber New(EmailAddress address, SubscriberStatus status, DateTime now)
    {
        var row = new Subscriber { Status = status, UnsubscribeToken = SecretToken.Create(), CreatedUtc = now };
        Address(row, address);
        return row;
    }

    public static void Address(Subscriber row, EmailAddress address)
    {
        row.Email = address.Address;
        row.NormalizedEmail = address.Normalized;
        Describe(row);
    }

    /// <summary>To be called whenever address, name or organisation was set.</summary>
    public static void Describe(Subscriber row)
    {
        row.Domain = row.NormalizedEmail?[(row.NormalizedEmail.LastIndexOf('@') + 1)..];
        row.SearchText = row is { Email: { } email, NormalizedEmail: { } normalized }
            ? SubscriberSearch.TextOf(email, normalized, row.Name, row.Organisation)
            : null;
    }

    public static bool WasOvertaken(DbUpdateException e)
        => e is DbUpdateConcurrencyException
            || e.IsUniqueViolation("Subscribers", nameof(Subscriber.NormalizedEmail))
            || e.IsUniqueViolation("Suppressions", nameof(Suppression.NormalizedEmail))
            || e.IsUniqueViolation("Suppressions", nameof(Suppression.EmailHash))
            || e.IsUniqueViolation("PrivacyTexts", nameof(PrivacyText.Sha256));
}
