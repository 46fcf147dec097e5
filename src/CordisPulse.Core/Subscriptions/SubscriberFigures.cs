using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>How the list changed in one month.</summary>
/// <param name="Joined">Confirmed, were added or came back.</param>
/// <param name="Left">By themselves or on request.</param>
/// <param name="Bounced">Suppressed: mail came back, or was complained of. Not who is kept off the list when a backup is restored.</param>
public sealed record MonthFigures(EditionMonth Month, int Joined, int Left, int Bounced);

/// <param name="Name">Of a sector or an organisation.</param>
public sealed record ShareFigures(string Name, int Active);

public sealed record ReasonFigures(string Reason, int People);

/// <param name="Months">The newest first.</param>
/// <param name="Active">How many on the list are asked about.</param>
/// <param name="Sectors">How many of these get each sector, by their own choice or with all.</param>
/// <param name="Organisations">Those with most people on the list, whatever is asked about.</param>
/// <param name="Reasons">Why people left, likewise.</param>
public sealed record FiguresView(
    IReadOnlyList<MonthFigures> Months, int Active, IReadOnlyList<ShareFigures> Sectors, IReadOnlyList<ShareFigures> Organisations, IReadOnlyList<ReasonFigures> Reasons);

/// <summary>Counts over time, of all or of one sector or organisation.</summary>
public sealed class SubscriberFigures(PulseDbContext db, TimeProvider time)
{
    public const int Months = 24;

    private const int MostOrganisations = 25;

    private static readonly ConsentEvent[] Joining = [ConsentEvent.Imported, ConsentEvent.Confirmed, ConsentEvent.CameBack];
    private static readonly ConsentEvent[] CountedEvents = [.. Joining, ConsentEvent.Unsubscribed, ConsentEvent.Suppressed];

    /// <param name="sectorId">Of those who get it; null for all.</param>
    /// <param name="organisation">Of those who are there; null for all.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<FiguresView> ReadAsync(int? sectorId, string? organisation, CancellationToken cancellationToken = default)
    {
        var sectors = await SectorNames.ReadAsync(db, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var months = new List<MonthFigures>();
        var records = Of(sectorId, organisation);
        for (var month = EditionMonth.Of(DateOnly.FromDateTime(now)); months.Count < Months; month = EditionMonth.Of(month.FirstDay.AddMonths(-1)))
        {
            var (from, to) = (Start(month.FirstDay), Start(month.FirstDay.AddMonths(1)));
            // Of each event a stretch of an index.
            var counts = await records
                .Where(row => CountedEvents.Contains(row.Event) && row.AtUtc >= from && row.AtUtc < to && (row.Event != ConsentEvent.Suppressed || row.Way != Ways.Upkeep))
                .GroupBy(row => row.Event)
                .Select(group => new { What = group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.What, group => group.Count, cancellationToken);
            months.Add(new MonthFigures(
                month, Joining.Sum(what => counts.GetValueOrDefault(what)), counts.GetValueOrDefault(ConsentEvent.Unsubscribed), counts.GetValueOrDefault(ConsentEvent.Suppressed)));
        }

        var wishes = (await At(organisation)
            .Where(row => row.Status == SubscriberStatus.Active)
            .GroupBy(row => row.Sectors)
            .Select(group => new { Wish = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken))
            .FindAll(wish => sectorId is not { } asked || Wants(wish.Wish, asked));
        var year = now.AddYears(-1);
        var reasons = await db.ConsentRecords
            .Where(row => row.Event == ConsentEvent.GaveReason && row.AtUtc >= year)
            .GroupBy(row => row.Note)
            .Select(group => new { Reason = group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count)
            .Select(group => new ReasonFigures(group.Reason, group.Count))
            .ToListAsync(cancellationToken);
        return new FiguresView(
            months,
            wishes.Sum(wish => wish.Count),
            [.. sectors.Choices.Select(sector => new ShareFigures(sector.Name, wishes.Where(wish => Wants(wish.Wish, sector.Id)).Sum(wish => wish.Count)))],
            await OrganisationsAsync(cancellationToken),
            reasons);
    }

    /// <summary>Each spelt as the first of its people has it, who is looked up for these few alone.</summary>
    private async Task<IReadOnlyList<ShareFigures>> OrganisationsAsync(CancellationToken cancellationToken)
    {
        // All of an organisation are gone through, in the order of its index: asked for those on the list alone, SQLite reads the row of each.
        var largest = await db.Subscribers
            .Where(row => row.OrganisationKey != null)
            .GroupBy(row => row.OrganisationKey!)
            .Select(group => new { group.Key, Count = group.Count(row => row.Status == SubscriberStatus.Active) })
            .Where(group => group.Count > 0)
            .OrderByDescending(group => group.Count).ThenBy(group => group.Key)
            .Take(MostOrganisations)
            .ToListAsync(cancellationToken);
        var keys = largest.ConvertAll(group => group.Key);
        var names = await db.Subscribers
            .Where(row => row.Status == SubscriberStatus.Active && keys.Contains(row.OrganisationKey!))
            .GroupBy(row => row.OrganisationKey!)
            .Select(group => group.Min(row => row.Id))
            .Join(db.Subscribers, first => first, row => row.Id, (first, row) => new { row.OrganisationKey, row.Organisation })
            .ToDictionaryAsync(row => row.OrganisationKey!, row => row.Organisation!, cancellationToken);
        // Somebody may have gone between the two questions.
        return [.. largest.Where(group => names.ContainsKey(group.Key)).Select(group => new ShareFigures(names[group.Key], group.Count))];
    }

    private IQueryable<ConsentRecord> Of(int? sectorId, string? organisation)
    {
        var people = At(organisation);
        if (sectorId is { } sector)
            people = WantedSectors.Wanting(people, sector);
        return sectorId is null && SubscriberSearch.OrganisationKey(organisation) is null
            ? db.ConsentRecords
            : db.ConsentRecords.Join(people, record => record.SubscriberId, row => row.Id, (record, _) => record);
    }

    private IQueryable<Subscriber> At(string? organisation)
        => SubscriberSearch.OrganisationKey(organisation) is { } key ? db.Subscribers.Where(row => row.OrganisationKey == key) : db.Subscribers;

    private static bool Wants(string wish, int sector) => wish.Length == 0 || WantedSectors.Read(wish).Contains(sector);

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
