using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <param name="Email">Null of somebody who was erased.</param>
public sealed record SubscriberLine(int Id, string? Email, string? Name, string? Organisation, SubscriberStatus Status, DateTime CreatedUtc);

public sealed record SubscriberList(
    IReadOnlyList<SubscriberLine> Lines, int Found, int Page, int Pages, IReadOnlyDictionary<SubscriberStatus, int> Counts);

public sealed record ConsentLine(ConsentEvent Event, DateTime AtUtc, string Note, string Way, string? By);

public sealed record DeliveryLine(MailingName Mailing, DeliveryState State, DateTime? SettledUtc, string? Answer);

public sealed record QueuedMailLine(QueuedMailKind Kind, DateTime QueuedUtc, DateTime? SentUtc, bool IsWaiting, string? Answer);

public sealed record SubscriberPerson(
    int Id, string? Email, string? Name, string? Organisation, string Sectors, SubscriberStatus Status, DateTime CreatedUtc, DateTime? LeftUtc,
    SuppressionReason? Suppression, IReadOnlyList<ConsentLine> Consent, IReadOnlyList<DeliveryLine> Deliveries, IReadOnlyList<QueuedMailLine> Mails);

/// <summary>The list as staff see it.</summary>
public sealed class SubscriberDirectory(PulseDbContext db)
{
    public const int PageSize = 50;

    private const int MostShown = 200;

    /// <param name="search">Part of an address, a name or an organisation.</param>
    public async Task<SubscriberList> ListAsync(string? search, SubscriberStatus? status, int page, CancellationToken cancellationToken = default)
    {
        var rows = db.Subscribers.AsQueryable();
        if (status is not null)
            rows = rows.Where(row => row.Status == status);
        if (PersonText.Clean(search) is { } words)
        {
            var pattern = $"%{words.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_").Replace("[", @"\[")}%";
            rows = rows.Where(row => EF.Functions.Like(row.Email!, pattern, @"\")
                || EF.Functions.Like(row.Name!, pattern, @"\") || EF.Functions.Like(row.Organisation!, pattern, @"\"));
        }

        var found = await rows.CountAsync(cancellationToken);
        var pages = Math.Max(1, (found + PageSize - 1) / PageSize);
        var shown = Math.Clamp(page, 1, pages);
        var lines = await rows
            .OrderByDescending(row => row.Id)
            .Skip((shown - 1) * PageSize)
            .Take(PageSize)
            .Select(row => new SubscriberLine(row.Id, row.Email, row.Name, row.Organisation, row.Status, row.CreatedUtc))
            .ToListAsync(cancellationToken);
        var counts = await db.Subscribers
            .GroupBy(row => row.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new SubscriberList(lines, found, shown, pages, counts);
    }

    /// <summary>What there is to choose from.</summary>
    public async Task<IReadOnlyList<SectorChoice>> SectorsAsync(CancellationToken cancellationToken = default)
        => (await SectorNames.ReadAsync(db, cancellationToken)).Choices;

    public async Task<SubscriberPerson?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        var person = await db.Subscribers
            .Where(row => row.Id == id)
            .Select(row => new { row.Email, row.NormalizedEmail, row.Name, row.Organisation, row.Sectors, row.Status, row.CreatedUtc, row.LeftUtc })
            .SingleOrDefaultAsync(cancellationToken);
        if (person is null)
            return null;
        var suppression = await db.Suppressions
            .Where(row => row.NormalizedEmail == person.NormalizedEmail)
            .Select(row => (SuppressionReason?)row.Reason)
            .SingleOrDefaultAsync(cancellationToken);
        var consent = await db.ConsentRecords
            .Where(row => row.SubscriberId == id)
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new ConsentLine(
                row.Event, row.AtUtc, row.Note, row.Way, db.Users.Where(user => user.Id == row.AccountId).Select(user => user.Email).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        var deliveries = await db.Deliveries
            .Where(row => row.SubscriberId == id)
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new DeliveryLine(MailingName.Of(row.Mailing!.Edition!.Month, row.Mailing.Kind, row.Mailing.Number), row.State, row.SettledUtc, row.Answer))
            .ToListAsync(cancellationToken);
        var mails = await db.QueuedMails
            .Where(row => row.SubscriberId == id)
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new QueuedMailLine(row.Kind, row.QueuedUtc, row.SentUtc, row.NextAttemptUtc != null, row.Answer))
            .ToListAsync(cancellationToken);
        return new SubscriberPerson(
            id, person.Email, person.Name, person.Organisation, person.Sectors, person.Status, person.CreatedUtc, person.LeftUtc, suppression, consent, deliveries, mails);
    }
}
