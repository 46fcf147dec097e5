using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What part of the list is looked at.</summary>
public sealed record SubscriberQuery
{
    /// <summary>Part of an address, a name or an organisation.</summary>
    public string? Search { get; init; }

    /// <summary><see cref="Search"/> as the text that is searched has it; empty for all.</summary>
    internal string Words => SubscriberSearch.Fold(Search);

    public SubscriberStatus? Status { get; init; }

    /// <summary>Who gets this sector, by its own choice or with all.</summary>
    public int? SectorId { get; init; }

    public ConsentGround? Ground { get; init; }

    /// <summary>What stands behind the at sign, whole.</summary>
    public string? Domain { get; init; }

    /// <summary>Whole, in small letters or capitals.</summary>
    public string? Organisation { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
}

/// <param name="Email">Null of somebody who was erased.</param>
public sealed record SubscriberLine(
    int Id, string? Email, string? Name, string? Organisation, SubscriberStatus Status, DateTime? PausedUntilUtc, DateTime CreatedUtc)
{
    /// <inheritdoc cref="SubscriberWords.IsTakenBack"/>
    public bool IsTakenBack { get; init; }
}

public sealed record SubscriberList(
    IReadOnlyList<SubscriberLine> Lines, int Found, int Page, int Pages, IReadOnlyDictionary<SubscriberStatus, int> Counts);

/// <param name="SubscriberId">The person, or a row that they took over.</param>
public sealed record ConsentLine(
    int SubscriberId, ConsentEvent Event, DateTime AtUtc, string Note, string Way, string? By, string? Network, int? SecondsSinceMail, int? PrivacyText, BasisLine? Basis);

public sealed record BasisLine(ConsentGround Ground, string ObtainedFrom, DateOnly? ObtainedOn, string? Told, string? Assessment);

public sealed record DeliveryLine(MailingName Mailing, DeliveryState State, DateTime? SettledUtc, string? Answer);

public sealed record QueuedMailLine(QueuedMailKind Kind, DateTime QueuedUtc, DateTime? SentUtc, bool IsWaiting, string? Answer);

/// <param name="Email">Null of somebody who was erased, or whose row was merged into another.</param>
/// <param name="Readings">How often the page was opened before.</param>
/// <param name="LastReadings">What staff did last with what is held: opened, exported or erased it.</param>
public sealed record SubscriberPerson(
    int Id, string? Email, string? Name, string? Organisation, string Sectors, SubscriberStatus Status, DateTime? PausedUntilUtc, DateTime CreatedUtc, DateTime? LeftUtc,
    DateTime? ErasedUtc, int? MergedIntoId, BasisLine? Basis, bool IsNoticeOwed, SuppressionReason? Suppression, IReadOnlyList<ConsentLine> Consent,
    IReadOnlyList<DeliveryLine> Deliveries, IReadOnlyList<QueuedMailLine> Mails, int Readings, IReadOnlyList<ReadingLine> LastReadings)
{
    /// <inheritdoc cref="SubscriberWords.IsTakenBack"/>
    public bool IsTakenBack => SubscriberWords.IsTakenBack(Status, Consent.Select(line => line.Event));
}

/// <summary>The list as staff see it.</summary>
public sealed class SubscriberDirectory(PulseDbContext db, SuppressionList suppressions, StaffReadings readings)
{
    public const int PageSize = 50;

    private const int MostShown = 200;

    /// <summary>Of a search that finds no more, the numbers of all are read in the one pass that finds them.</summary>
    private const int MostReadAtOnce = 10_000;

    private const int ReadingsShown = 5;

    /// <summary>The newest first.</summary>
    public async Task<SubscriberList> ListAsync(SubscriberQuery query, CancellationToken cancellationToken = default)
    {
        var rows = Filtered(query);
        var few = query.Words.Length > 0 ? await FewAsync(rows, cancellationToken) : null;
        var found = few?.Count ?? await rows.CountAsync(cancellationToken);
        var pages = Math.Max(1, (found + PageSize - 1) / PageSize);
        var shown = Math.Clamp(query.Page, 1, pages);
        var before = (shown - 1) * PageSize;
        var page = rows.OrderByDescending(row => row.Id).Skip(before).Take(PageSize);
        if (few is not null)
        {
            var ids = few.OrderDescending().Skip(before).Take(PageSize).ToList();
            page = db.Subscribers.Where(row => ids.Contains(row.Id)).OrderByDescending(row => row.Id);
        }

        var lines = await page
            .Select(row => new SubscriberLine(row.Id, row.Email, row.Name, row.Organisation, row.Status, row.PausedUntilUtc, row.CreatedUtc))
            .ToListAsync(cancellationToken);
        var counts = await db.Subscribers
            .GroupBy(row => row.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new SubscriberList(await WithTakenBackAsync(lines, cancellationToken), found, shown, pages, counts);
    }

    /// <summary>Whose address it is; null for nobody's.</summary>
    public Task<int?> NumberAtAsync(EmailAddress address, CancellationToken cancellationToken = default)
        => db.Subscribers.Where(row => row.NormalizedEmail == address.Normalized).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);

    /// <summary>What there is to choose from.</summary>
    public async Task<IReadOnlyList<SectorChoice>> SectorsAsync(CancellationToken cancellationToken = default)
        => (await SectorNames.ReadAsync(db, cancellationToken)).Choices;

    /// <summary>The whole person: what happened under the numbers that they took over as well.</summary>
    public async Task<SubscriberPerson?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        var person = await db.Subscribers
            .Where(row => row.Id == id)
            .Select(row => new
            {
                row.Email,
                row.NormalizedEmail,
                row.Name,
                row.Organisation,
                row.Sectors,
                row.Status,
                row.PausedUntilUtc,
                CreatedUtc = db.Subscribers.Where(one => one.Id == id || one.MergedIntoId == id).Min(one => one.CreatedUtc),
                row.LeftUtc,
                row.ErasedUtc,
                row.MergedIntoId,
                Basis = row.Basis == null ? null : new BasisLine(row.Basis.Ground, row.Basis.ObtainedFrom, row.Basis.ObtainedOn, row.Basis.Told, row.Basis.Assessment),
                IsNoticeOwed = row.NoticeBasisId != null,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (person is null)
            return null;
        var ids = await SubscriberRow.NumbersAsync(db, id, cancellationToken);
        var suppression = person.NormalizedEmail is { } email ? (await suppressions.FindAsync(email, cancellationToken))?.Reason : null;
        var consent = await db.ConsentRecords
            .Where(row => ids.Contains(row.SubscriberId))
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new ConsentLine(
                row.SubscriberId, row.Event, row.AtUtc, row.Note, row.Way, db.Users.Where(user => user.Id == row.AccountId).Select(user => user.Email).FirstOrDefault(),
                row.Network, row.SecondsSinceMail, row.PrivacyTextId,
                row.Basis == null ? null : new BasisLine(row.Basis.Ground, row.Basis.ObtainedFrom, row.Basis.ObtainedOn, row.Basis.Told, row.Basis.Assessment)))
            .ToListAsync(cancellationToken);
        var deliveries = await db.Deliveries
            .Where(row => ids.Contains(row.SubscriberId))
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new DeliveryLine(MailingName.Of(row.Mailing!.Edition!.Month, row.Mailing.Kind, row.Mailing.Number), row.State, row.SettledUtc, row.Answer))
            .ToListAsync(cancellationToken);
        var mails = await db.QueuedMails
            .Where(row => ids.Contains(row.SubscriberId!.Value))
            .OrderByDescending(row => row.Id)
            .Take(MostShown)
            .Select(row => new QueuedMailLine(row.Kind, row.QueuedUtc, row.SentUtc, row.NextAttemptUtc != null, row.Answer))
            .ToListAsync(cancellationToken);
        return new SubscriberPerson(
            id, person.Email, person.Name, person.Organisation, person.Sectors, person.Status, person.PausedUntilUtc, person.CreatedUtc, person.LeftUtc, person.ErasedUtc,
            person.MergedIntoId, person.Basis, person.IsNoticeOwed, suppression, consent, deliveries, mails,
            await db.AuditEntries.CountAsync(row => ids.Contains(row.SubscriberId!.Value) && row.Act == AuditedActs.ReadPerson, cancellationToken),
            await readings.LastAsync(id, ReadingsShown, cancellationToken));
    }

    /// <summary>The privacy page as it stood; null for a version that there is none of.</summary>
    public Task<PrivacyText?> PrivacyTextAsync(int version, CancellationToken cancellationToken = default)
        => db.PrivacyTexts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == version, cancellationToken);

    /// <summary>Keeps that somebody read what is held about a person, or about all.</summary>
    /// <param name="act">One of <see cref="AuditedActs"/>.</param>
    public Task NoteAsync(string act, int? subscriberId, int? accountId)
    {
        // What an act had begun before it was refused is not to be saved with this.
        db.ChangeTracker.Clear();
        db.Add(new AuditEntry { AccountId = accountId, Act = act, SubscriberId = subscriberId });
        return db.SaveChangesAsync();
    }

    /// <summary>Asked of the few that are shown.</summary>
    private async Task<IReadOnlyList<SubscriberLine>> WithTakenBackAsync(List<SubscriberLine> lines, CancellationToken cancellationToken)
    {
        var pending = lines.Where(line => line.Status == SubscriberStatus.Pending).Select(line => line.Id).ToList();
        if (pending.Count == 0)
            return lines;
        var events = (await db.ConsentRecords
            .Where(row => pending.Contains(row.SubscriberId) && (row.Event == ConsentEvent.Requested || row.Event == ConsentEvent.ImportUndone))
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.SubscriberId, row.Event })
            .ToListAsync(cancellationToken)).ToLookup(row => row.SubscriberId, row => row.Event);
        return lines.ConvertAll(line => line with { IsTakenBack = SubscriberWords.IsTakenBack(line.Status, events[line.Id]) });
    }

    /// <summary>
    /// The numbers of all who are found, in one pass over the text alone. Null when they are many: the pass ends early then, and the database
    /// counts and pages them.
    /// </summary>
    private static async Task<List<int>?> FewAsync(IQueryable<Subscriber> rows, CancellationToken cancellationToken)
    {
        // In the order of the index that holds the text, so that nothing else is read.
        var ids = await rows.OrderBy(row => row.SearchText).Select(row => row.Id).Take(MostReadAtOnce + 1).ToListAsync(cancellationToken);
        return ids.Count > MostReadAtOnce ? null : ids;
    }

    private IQueryable<Subscriber> Filtered(SubscriberQuery query)
    {
        var rows = db.Subscribers.AsQueryable();
        if (query.Status is { } status)
            rows = rows.Where(row => row.Status == status);
        if (query.SectorId is { } sector)
            rows = WantedSectors.Wanting(rows, sector);
        if (query.Ground is { } ground)
            rows = rows.Where(row => row.Basis!.Ground == ground);
        if (EmailAddress.DomainOf(query.Domain) is { } domain)
            rows = rows.Where(row => row.Domain == domain);
        if (SubscriberSearch.OrganisationKey(query.Organisation) is { } organisation)
            rows = rows.Where(row => row.OrganisationKey == organisation);
        if (query.Words is { Length: > 0 } words)
            rows = rows.Where(row => row.SearchText!.Contains(words));
        return query.IsPaused ? rows.Where(row => row.PausedUntilUtc != null) : rows;
    }
}
