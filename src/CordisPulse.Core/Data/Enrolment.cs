using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

/// <summary>
/// Makes the deliveries of a mailing, one for each recipient, in one statement that both databases read alike: a list of a million
/// must not pass through this process, and nobody may join or leave half-way through. Whoever has a delivery of the mailing gets no second.
/// </summary>
internal static class Enrolment
{
    /// <summary>Everybody on the list, each in the variant of what they want and are to be told; whoever no variant is for is left for another call.</summary>
    /// <returns>How many were enrolled.</returns>
    public static Task<int> EnrolAsync(this PulseDbContext db, int mailingId, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Deliveries" ("MailingId", "SubscriberId", "VariantId", "Address", "Name", "State", "Attempts", "LeaseNumber")
            SELECT {mailingId}, s."Id", v."Id", s."Email", s."Name", 'Pending', 0, 0
            FROM "Subscribers" AS s
            INNER JOIN "MailingVariants" AS v ON v."MailingId" = {mailingId} AND v."Wish" = s."Sectors" AND COALESCE(v."BasisId", 0) = COALESCE(s."NoticeBasisId", 0)
            WHERE s."Status" = 'Active' AND s."PausedUntilUtc" IS NULL
              AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail")
              AND NOT EXISTS (SELECT 1 FROM "Deliveries" AS d WHERE d."MailingId" = {mailingId} AND d."SubscriberId" = s."Id")
            ORDER BY s."Id"
            """,
            cancellationToken);

    /// <summary>
    /// One person, unless the edition has a message on its way to them, or one that arrived or may have: of its own mailing or of a late one.
    /// </summary>
    /// <returns>1, or 0 for somebody who has it, has left or must not be mailed.</returns>
    public static Task<int> EnrolLateAsync(this PulseDbContext db, int mailingId, int editionId, int subscriberId, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Deliveries" ("MailingId", "SubscriberId", "VariantId", "Address", "Name", "State", "Attempts", "LeaseNumber")
            SELECT {mailingId}, s."Id", v."Id", s."Email", s."Name", 'Pending', 0, 0
            FROM "Subscribers" AS s
            INNER JOIN "MailingVariants" AS v ON v."MailingId" = {mailingId} AND v."Wish" = s."Sectors" AND COALESCE(v."BasisId", 0) = COALESCE(s."NoticeBasisId", 0)
            WHERE s."Id" = {subscriberId} AND s."Status" = 'Active' AND s."PausedUntilUtc" IS NULL
              AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail")
              AND NOT EXISTS (
                SELECT 1 FROM "Deliveries" AS d INNER JOIN "Mailings" AS m ON m."Id" = d."MailingId"
                WHERE d."SubscriberId" = s."Id" AND m."EditionId" = {editionId} AND m."Kind" IN ('Edition', 'Late') AND d."State" NOT IN ('Failed', 'Skipped'))
            """,
            cancellationToken);

    /// <summary>
    /// Those who were sent the edition, by its own mailing or a late one, and are still on the list. Each follows the message that they
    /// got last.
    /// </summary>
    /// <param name="heldIn">A word that stands in each variant that held what is corrected, between commas; empty for all variants.</param>
    /// <param name="variant">As <see cref="MailingVariant.Sectors"/> of the one variant whose readers are told; <see cref="CorrectionMailings.EveryVariant"/> for all.</param>
    /// <returns>How many were enrolled.</returns>
    public static Task<int> EnrolSentAsync(this PulseDbContext db, int mailingId, int editionId, string heldIn, string variant, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Deliveries" ("MailingId", "SubscriberId", "VariantId", "FollowsId", "Address", "Name", "State", "Attempts", "LeaseNumber")
            SELECT {mailingId}, s."Id", v."Id", f."Id", s."Email", s."Name", 'Pending', 0, 0
            FROM "Subscribers" AS s
            INNER JOIN "MailingVariants" AS v ON v."MailingId" = {mailingId}
            INNER JOIN (
              SELECT d."SubscriberId" AS "SubscriberId", MAX(d."Id") AS "Id"
              FROM "Deliveries" AS d
              INNER JOIN "Mailings" AS m ON m."Id" = d."MailingId"
              INNER JOIN "MailingVariants" AS w ON w."Id" = d."VariantId"
              WHERE m."EditionId" = {editionId} AND m."Kind" IN ('Edition', 'Late') AND d."State" = 'Sent'
                AND ({heldIn} = '' OR w."Sectors" = '' OR CONCAT(',', w."Sectors", ',') LIKE CONCAT('%,', {heldIn}, ',%'))
                AND ({variant} = '*' OR w."Sectors" = {variant})
              GROUP BY d."SubscriberId") AS f ON f."SubscriberId" = s."Id"
            WHERE s."Status" = 'Active' AND s."PausedUntilUtc" IS NULL
              AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail")
            ORDER BY s."Id"
            """,
            cancellationToken);

    /// <summary>Owes a mail to everybody on the list who has not agreed, or said so again, since then: one statement, as for a mailing.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> AskForPermissionAsync(this PulseDbContext db, int roundId, DateTime agreedBefore, DateTime askedSince, DateTime now, CancellationToken cancellationToken)
    {
        var asked = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "QueuedMails" ("Kind", "SubscriberId", "AboutId", "QueuedUtc", "NextAttemptUtc", "Attempts")
            SELECT 'StillWanted', s."Id", {roundId}, {now}, {now}, 0
            FROM "Subscribers" AS s
            WHERE s."Status" = 'Active' AND s."PausedUntilUtc" IS NULL
              AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail")
              AND NOT EXISTS (
                SELECT 1 FROM "ConsentRecords" AS c
                WHERE c."SubscriberId" = s."Id" AND c."AtUtc" >= {agreedBefore} AND c."Event" IN ('Imported', 'Confirmed', 'CameBack', 'Kept'))
              AND NOT EXISTS (
                SELECT 1 FROM "QueuedMails" AS m
                WHERE m."SubscriberId" = s."Id" AND m."Kind" = 'StillWanted' AND m."SentUtc" >= {askedSince})
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ConsentRecords" ("SubscriberId", "Event", "AtUtc", "Note", "Way")
            SELECT m."SubscriberId", 'Asked', {now}, 'Was sent the question whether it is still wanted.', 'upkeep'
            FROM "QueuedMails" AS m
            WHERE m."Kind" = 'StillWanted' AND m."AboutId" = {roundId}
            """,
            cancellationToken);
        return asked;
    }

    /// <summary>How many <see cref="AskForPermissionAsync"/> would ask.</summary>
    public static Task<int> CountForPermissionAsync(this PulseDbContext db, DateTime agreedBefore, DateTime askedSince, CancellationToken cancellationToken)
        => db.WhoGetMail().CountAsync(
            s => !db.ConsentRecords.Any(c => c.SubscriberId == s.Id && c.AtUtc >= agreedBefore
                && (c.Event == ConsentEvent.Imported || c.Event == ConsentEvent.Confirmed || c.Event == ConsentEvent.CameBack || c.Event == ConsentEvent.Kept))
                && !db.QueuedMails.Any(mail => mail.SubscriberId == s.Id && mail.Kind == QueuedMailKind.StillWanted && mail.SentUtc >= askedSince),
            cancellationToken);
}
