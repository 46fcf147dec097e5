using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

public sealed record HeldConsent(
    ConsentEvent Event, DateTime At, string Words, string Way, bool ByStaff, string? Network, int? SecondsSinceMail, int? PrivacyText, HeldBasis? Basis);

public sealed record HeldBasis(ConsentGround Ground, string ObtainedFrom, DateOnly? ObtainedOn, string? Told, string? Assessment);

public sealed record HeldPrivacyText(int Version, string Title, string Body);

public sealed record HeldDelivery(string Edition, MailingKind Kind, DeliveryState State, DateTime? At, string? Address, int? Code, string? Answer);

public sealed record HeldMail(string Kind, DateTime Asked, DateTime? Sent, string? Answer);

public sealed record HeldReading(DateTime At, string Act);

public sealed record HeldSuppression(SuppressionReason Reason, DateTime Since);

/// <summary>All that is held about one person: article 15 and 20 of the UK GDPR.</summary>
public sealed record HeldPerson
{
    public required int Number { get; init; }

    public required string? Email { get; init; }

    public required string? Name { get; init; }

    public required string? Organisation { get; init; }

    public required SubscriberStatus Status { get; init; }

    /// <summary>Names of sectors; none for all.</summary>
    public required IReadOnlyList<string> Sectors { get; init; }

    public required DateTime? PausedUntil { get; init; }

    public required DateTime KnownSince { get; init; }

    public required DateTime? Confirmed { get; init; }

    public required DateTime? Left { get; init; }

    public required HeldSuppression? Suppression { get; init; }

    public required IReadOnlyList<HeldConsent> Consent { get; init; }

    public required IReadOnlyList<HeldPrivacyText> PrivacyTexts { get; init; }

    public required IReadOnlyList<HeldDelivery> Editions { get; init; }

    public required IReadOnlyList<HeldMail> OtherMails { get; init; }

    public required IReadOnlyList<HeldReading> ReadByStaff { get; init; }
}

/// <summary>Gathers what is held about one person.</summary>
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
        var consent = await db.ConsentRecords
            .Where(record => record.SubscriberId == id)
            .OrderBy(record => record.Id)
            .Select(record => new HeldConsent(
                record.Event, record.AtUtc, record.Note, record.Way, record.AccountId != null, record.Network, record.SecondsSinceMail, record.PrivacyTextId,
                record.Basis == null ? null : new HeldBasis(record.Basis.Ground, record.Basis.ObtainedFrom, record.Basis.ObtainedOn, record.Basis.Told, record.Basis.Assessment)))
            .ToListAsync(cancellationToken);
        var texts = consent.Select(record => record.PrivacyText).OfType<int>().Distinct().ToList();
        var suppression = row.NormalizedEmail is { } email ? await suppressions.FindAsync(email, cancellationToken) : null;
        var sectors = await SectorNames.ReadAsync(db, cancellationToken);
        return new HeldPerson
        {
            Number = id,
            Email = row.Email,
            Name = row.Name,
            Organisation = row.Organisation,
            Status = row.Status,
            Sectors = [.. WantedSectors.Read(row.Sectors).Select(sector => sectors.Choices.FirstOrDefault(choice => choice.Id == sector)?.Name).OfType<string>()],
            PausedUntil = row.PausedUntilUtc,
            KnownSince = row.CreatedUtc,
            Confirmed = row.ConfirmedUtc,
            Left = row.LeftUtc,
            Suppression = suppression is null ? null : new HeldSuppression(suppression.Reason, suppression.SinceUtc),
            Consent = consent,
            PrivacyTexts = await db.PrivacyTexts
                .Where(text => texts.Contains(text.Id))
                .Select(text => new HeldPrivacyText(text.Id, text.Title, text.Body))
                .ToListAsync(cancellationToken),
            Editions = await db.Deliveries
                .Where(delivery => delivery.SubscriberId == id)
                .OrderBy(delivery => delivery.Id)
                .Select(delivery => new HeldDelivery(
                    delivery.Mailing!.Edition!.Month.ToString(), delivery.Mailing.Kind, delivery.State, delivery.SettledUtc, delivery.Address, delivery.Code, delivery.Answer))
                .ToListAsync(cancellationToken),
            OtherMails = await db.QueuedMails
                .Where(mail => mail.SubscriberId == id)
                .OrderBy(mail => mail.Id)
                .Select(mail => new HeldMail(mail.Kind.ToString(), mail.QueuedUtc, mail.SentUtc, mail.Answer))
                .ToListAsync(cancellationToken),
            ReadByStaff = await db.AuditEntries
                .Where(entry => entry.SubscriberId == id)
                .OrderBy(entry => entry.Id)
                .Select(entry => new HeldReading(entry.AtUtc, entry.Act))
                .ToListAsync(cancellationToken),
        };
    }
}
