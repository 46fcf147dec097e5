using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Gathers what is held about one person, under their own number and those of rows that they took over.</summary>
public sealed class PersonalData(PulseDbContext db, SuppressionList suppressions)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // Names and words are for people to read.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson(HeldPerson person) => JsonSerializer.Serialize(person, Json);

    /// <summary>Null for nobody, and for somebody who was erased.</summary>
    public async Task<HeldPerson?> ReadAsync(int id, CancellationToken cancellationToken = default)
    {
        var row = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null, cancellationToken);
        if (row is null)
            return null;
        var address = row.NormalizedEmail ?? "";
        var ids = await SubscriberRow.NumbersAsync(db, id, cancellationToken);
        var rows = await db.Subscribers.Where(one => ids.Contains(one.Id)).Select(one => new { one.CreatedUtc, one.ConfirmedUtc }).ToListAsync(cancellationToken);
        var consent = await ConsentAsync(ids, cancellationToken);
        var sectors = await SectorNames.ReadAsync(db, cancellationToken);
        var requests = await RequestsAsync(ids, address, sectors, cancellationToken);
        var texts = consent.Select(record => record.PrivacyText).Concat(requests.Select(request => request.PrivacyText)).OfType<int>().Distinct().ToList();
        var suppression = await suppressions.FindAsync(address, cancellationToken);
        return new HeldPerson
        {
            Number = id,
            TakenOver = [.. ids.Where(one => one != id).Order()],
            Email = row.Email,
            Name = row.Name,
            Organisation = row.Organisation,
            Status = row.Status,
            Sectors = Names(sectors, row.Sectors),
            PausedUntil = row.PausedUntilUtc,
            KnownSince = rows.Min(one => one.CreatedUtc),
            Confirmed = row.ConfirmedUtc ?? rows.Min(one => one.ConfirmedUtc),
            Left = row.LeftUtc,
            Suppression = suppression is null ? null : new HeldSuppression(suppression.Reason, suppression.SinceUtc),
            Consent = consent,
            PrivacyTexts = await db.PrivacyTexts
                .Where(text => texts.Contains(text.Id))
                .Select(text => new HeldPrivacyText(text.Id, text.Title, text.Body))
                .ToListAsync(cancellationToken),
            Editions = await db.Deliveries
                .Where(delivery => ids.Contains(delivery.SubscriberId))
                .OrderBy(delivery => delivery.Id)
                .Select(delivery => new HeldDelivery(
                    delivery.Mailing!.Edition!.Month.ToString(), delivery.Mailing.Kind, delivery.State, delivery.SettledUtc, delivery.Address, delivery.Code, delivery.Answer))
                .ToListAsync(cancellationToken),
            OtherMails = await db.QueuedMails
                .Where(mail => ids.Contains(mail.SubscriberId!.Value))
                .OrderBy(mail => mail.Id)
                .Select(mail => new HeldMail(mail.Kind.ToString(), mail.QueuedUtc, mail.SentUtc, mail.Answer))
                .ToListAsync(cancellationToken),
            Requests = requests,
            Replies = await db.PersonReplies
                // What answers a mail that was passed on is a colleague's.
                .Where(reply => reply.From == address || (reply.From == null && ids.Contains(reply.Report!.SubscriberId!.Value)))
                .OrderBy(reply => reply.Id)
                .Select(reply => new HeldReply(reply.ReceivedUtc, reply.AsksToLeave, reply.From, reply.Subject, reply.HandledUtc))
                .ToListAsync(cancellationToken),
            CameBack = await db.ReturnReports
                .Where(report => ids.Contains(report.SubscriberId!.Value))
                .OrderBy(report => report.Id)
                .Select(report => new HeldReturn(
                    report.ReceivedUtc, report.Kind, report.Verdict, report.Status, report.Code, report.Text,
                    report.Delivery == null ? null : report.Delivery.Mailing!.Edition!.Month.ToString()))
                .ToListAsync(cancellationToken),
            ReadByStaff = await db.AuditEntries
                .Where(entry => ids.Contains(entry.SubscriberId!.Value))
                .OrderBy(entry => entry.Id)
                .Select(entry => new HeldReading(entry.AtUtc, entry.Act))
                .ToListAsync(cancellationToken),
        };
    }

    private static List<string> Names(SectorNames sectors, string wanted)
        => [.. WantedSectors.Read(wanted).Select(sector => sectors.Choices.FirstOrDefault(choice => choice.Id == sector)?.Name).OfType<string>()];

    private Task<List<HeldConsent>> ConsentAsync(List<int> ids, CancellationToken cancellationToken) => db.ConsentRecords
        .Where(record => ids.Contains(record.SubscriberId))
        .OrderBy(record => record.Id)
        .Select(record => new HeldConsent(
            record.SubscriberId, record.Event, record.AtUtc, record.Note, record.Way, record.AccountId != null, record.Network, record.SecondsSinceMail, record.PrivacyTextId,
            record.Basis == null ? null : new HeldBasis(record.Basis.Ground, record.Basis.ObtainedFrom, record.Basis.ObtainedOn, record.Basis.Told, record.Basis.Assessment)))
        .ToListAsync(cancellationToken);

    private async Task<List<HeldRequest>> RequestsAsync(List<int> ids, string email, SectorNames sectors, CancellationToken cancellationToken)
    {
        var rows = await db.AddressRequests.AsNoTracking()
            .Where(request => ids.Contains(request.SubscriberId!.Value) || request.NormalizedEmail == email)
            .OrderBy(request => request.Id)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(request => new HeldRequest(
            request.Kind, request.AskedUtc, request.SettledUtc, request.Email, request.Name, request.Organisation, Names(sectors, request.Sectors),
            // Whoever else would be written to at this address has a network of their own.
            request.SubscriberId is { } asked && !ids.Contains(asked) ? null : request.Network, request.PrivacyTextId));
    }
}
