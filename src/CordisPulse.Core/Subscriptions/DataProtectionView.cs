using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

/// <summary>One kind of what is held about people: article 30 of the UK GDPR.</summary>
/// <param name="Kept">How long, as the settings have it.</param>
public sealed record HeldKind(string What, string Why, string Kept, int Count);

/// <param name="ReadingsKept">How long it is kept who of the staff read, exported or erased whom (<see cref="StaffReadings"/>).</param>
/// <param name="Reports">The daily cleanings; the newest first.</param>
public sealed record DataProtectionOverview(IReadOnlyList<HeldKind> Kinds, string ReadingsKept, IReadOnlyList<RetentionReport> Reports);

/// <summary>What whoever answers for data protection wants to know.</summary>
public sealed class DataProtectionView(PulseDbContext db, IOptions<RetentionOptions> options)
{
    private const int MostShown = 100;

    public async Task<DataProtectionOverview> ReadAsync(CancellationToken cancellationToken = default)
    {
        var kept = options.Value;
        var readings = AuditedActs.Readings;
        var pending = db.Subscribers.Where(row => row.Status == SubscriberStatus.Pending);
        // As SubscriberWords.IsTakenBack has it.
        var takenBack = await pending.CountAsync(
            row => db.ConsentRecords.Any(undone => undone.SubscriberId == row.Id && undone.Event == ConsentEvent.ImportUndone
                && !db.ConsentRecords.Any(asked => asked.SubscriberId == row.Id && asked.Event == ConsentEvent.Requested && asked.Id > undone.Id)),
            cancellationToken);
        return new DataProtectionOverview(
            [
                new HeldKind(
                    "Address, name, organisation and chosen sectors of people on the list", "To send what they asked for, or what we have another ground for",
                    "While they are on the list", await db.Subscribers.CountAsync(row => row.Status == SubscriberStatus.Active, cancellationToken)),
                new HeldKind(
                    "The same of people who asked to join and have not confirmed", "To recognise their confirmation",
                    Days(kept.UnconfirmedDays), await pending.CountAsync(cancellationToken) - takenBack),
                new HeldKind(
                    "The same of people whom staff had added, and took off again with the list that they were on", "To answer what was done with their address",
                    Days(kept.UnconfirmedDays), takenBack),
                new HeldKind(
                    "The same of people who left or can't be mailed", "To show that they had agreed, and so that no list brings them back",
                    Days(kept.LeftDays, "then a code made from the address (a keyed hash)"),
                    await db.Subscribers.CountAsync(
                        row => (row.Status == SubscriberStatus.Unsubscribed || row.Status == SubscriberStatus.Suppressed) && row.ErasedUtc == null, cancellationToken)),
                new HeldKind(
                    "Codes made from addresses of people who were erased, and from addresses that somebody had before (keyed hashes)", "So that no list brings them back", "For good; nobody can read an address from them",
                    await db.Suppressions.CountAsync(row => row.EmailHash != null, cancellationToken)),
                new HeldKind(
                    "How people agreed, and what changed since, by number", "Proof of consent (article 7(1))", "As long as the person’s record",
                    await db.ConsentRecords.CountAsync(cancellationToken)),
                new HeldKind(
                    "Network addresses that acts came from", "To tell people from programs", Days(kept.NetworkAddressDays, "then the network alone"),
                    await db.ConsentRecords.CountAsync(row => row.Network != null, cancellationToken)
                        + await db.AddressRequests.CountAsync(row => row.Network != null, cancellationToken)),
                new HeldKind(
                    "What was asked for by naming an address (to join, to have a link, to be written to at another one), with the name, organisation and sectors that were typed",
                    "To mail the link, and to do what it confirms", $"Until the link is used, or {Retention.LinkDays} days after it ended",
                    await db.AddressRequests.CountAsync(cancellationToken)),
                new HeldKind(
                    "Addresses in the records of mailings", "To answer who was sent what", Days(kept.DeliveryAddressDays, "then the number alone"),
                    await db.Deliveries.CountAsync(row => row.Address != "", cancellationToken)),
                new HeldKind(
                    "Address and subject of replies that nobody has dealt with", "To find who wrote", Days(kept.ReplyDays), await db.PersonReplies.CountAsync(row => row.From != null, cancellationToken)),
                new HeldKind(
                    "What other mail systems returned, by number and with addresses masked", "To write no more to addresses that take no mail", "As long as the record of its mailing",
                    await db.ReturnReports.CountAsync(cancellationToken)),
                new HeldKind(
                    "Lists that wait to be imported", "To add who is on them", "A day, or until they are imported or somebody is erased", await db.ListImportParts.Select(part => part.ImportId).Distinct().CountAsync(cancellationToken)),
                new HeldKind(
                    "What lines of imported lists said that could not be accepted", "For whoever mends the list", "A day after the import, or until somebody is erased",
                    await db.ListImportLines.CountAsync(line => line.Written != null, cancellationToken)),
                new HeldKind(
                    "Who of the staff opened, exported or erased what about whom, by number", "To find misuse", Days(kept.ReadDays),
                    await db.AuditEntries.CountAsync(row => EF.Parameter(readings).Contains(row.Act), cancellationToken)),
                new HeldKind(
                    "What else the staff did, with their sign-ins, by number", "To answer who did what, and to find misuse", Days(kept.AuditDays),
                    await db.AuditEntries.CountAsync(row => !EF.Parameter(readings).Contains(row.Act), cancellationToken)),
            ],
            kept.ReadDays == 0 ? "for good, as set" : $"for {kept.ReadDays} days",
            await db.RetentionReports.AsNoTracking().OrderByDescending(row => row.Id).Take(MostShown).ToListAsync(cancellationToken));
    }

    private static string Days(int days, string? then = null)
        => days == 0 ? "For good, as set" : then is null ? $"{days} days" : $"{days} days, {then}";
}
