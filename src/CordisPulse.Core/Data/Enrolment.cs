using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

/// <summary>
/// Makes the deliveries of a mailing, one for each recipient, in one statement that both databases read alike: a list of a million
/// must not pass through this process, and nobody may join or leave half-way through.
/// </summary>
internal static class Enrolment
{
    /// <returns>How many were enrolled.</returns>
    public static Task<int> EnrolAsync(this PulseDbContext db, int mailingId, int variantId, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Deliveries" ("MailingId", "SubscriberId", "VariantId", "Address", "Name", "State", "Attempts", "LeaseNumber")
            SELECT {mailingId}, s."Id", {variantId}, s."Email", s."Name", 'Pending', 0, 0
            FROM "Subscribers" AS s
            WHERE s."Status" = 'Active'
              AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail")
            ORDER BY s."Id"
            """,
            cancellationToken);
}
