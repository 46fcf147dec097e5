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
public sealed class SubscriberFigures(PulseDbContext db, CountedList counted, TimeProvider time)
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
        var today = DateOnly.FromDateTime(now);
        var stand = await CountedList.StandAsync(db, today, cancellationToken);
        // One that is no more narrows nothing.
        sectorId = sectors.Choices.FirstOrDefault(sector => sector.Id == sectorId)?.Id;
        var key = SubscriberSearch.OrganisationKey(organisation);
        var months = await counted.AskAsync(stand, $"months {sectorId} {key}", () => key is null ? MonthsAsync(sectorId, today, cancellationToken) : MonthsOfAsync(key, sectorId, today, cancellationToken));
        var wishes = await counted.AskAsync(stand, $"wishes {key}", () => WishesAsync(key is null ? db.Subscribers : At(key), cancellationToken));
        var asked = wishes.Where(wish => sectorId is not { } sector || Wants(wish.Key, sector)).ToList();
        return new FiguresView(
            months,
            asked.Sum(wish => wish.Value),
            [.. sectors.Choices.Select(sector => new ShareFigures(sector.Name, asked.Where(wish => Wants(wish.Key, sector.Id)).Sum(wish => wish.Value)))],
            await counted.AskAsync(stand, "organisations", () => OrganisationsAsync(cancellationToken)),
            await ReasonsAsync(now.AddYears(-1), cancellationToken));
    }

    private async Task<IReadOnlyList<MonthFigures>> MonthsAsync(int? sectorId, DateOnly today, CancellationToken cancellationToken)
    {
        var records = db.ConsentRecords.AsQueryable();
        if (sectorId is { } sector)
            records = records.Join(WantedSectors.Wanting(db.Subscribers, sector), record => record.SubscriberId, row => row.Id, (record, _) => record);
        var months = new List<MonthFigures>();
        foreach (var month in LastMonths(today))
        {
            var (from, to) = (Start(month), Start(month.FirstDay.AddMonths(1)));
            // Of each event a stretch of an index.
            months.Add(Figures(month, await Counted(records)
                .Where(row => row.AtUtc >= from && row.AtUtc < to)
                .GroupBy(row => row.Event)
                .Select(group => new { What = group.Key, Count = group.Count() })
                .ToDictionaryAsync(group => group.What, group => group.Count, cancellationToken)));
        }

        return months;
    }

    /// <summary>Those of an organisation are few beside what happened in a month: their stories are gone through, not the months.</summary>
    private async Task<IReadOnlyList<MonthFigures>> MonthsOfAsync(string organisation, int? sectorId, DateOnly today, CancellationToken cancellationToken)
    {
        var people = At(organisation);
        if (sectorId is { } sector)
            people = WantedSectors.Wanting(people, sector);
        var months = LastMonths(today);
        var from = Start(months[^1]);
        var records = Counted(db.ConsentRecords);
        // Written as a cross join, whose order SQLite keeps.
        var counts = await (
                from person in people
                from record in records
                where record.SubscriberId == person.Id && record.AtUtc >= @from
                group record by new { record.AtUtc.Year, record.AtUtc.Month, record.Event } into same
                select new { same.Key.Year, same.Key.Month, same.Key.Event, Count = same.Count() })
            .ToListAsync(cancellationToken);
        var byMonth = counts.ToLookup(count => new EditionMonth(count.Year, count.Month));
        return [.. months.Select(month => Figures(month, byMonth[month].ToDictionary(count => count.Event, count => count.Count)))];
    }

    private static MonthFigures Figures(EditionMonth month, Dictionary<ConsentEvent, int> counts) => new(
        month, Joining.Sum(what => counts.GetValueOrDefault(what)), counts.GetValueOrDefault(ConsentEvent.Unsubscribed), counts.GetValueOrDefault(ConsentEvent.Suppressed));

    private static IQueryable<ConsentRecord> Counted(IQueryable<ConsentRecord> records)
        => records.Where(row => CountedEvents.Contains(row.Event) && (row.Event != ConsentEvent.Suppressed || row.Way != Ways.Upkeep));

    /// <summary>The newest first.</summary>
    private static List<EditionMonth> LastMonths(DateOnly today) => [.. Enumerable.Range(0, Months).Select(back => EditionMonth.Of(today.AddMonths(-back)))];

    /// <summary>How many on the list have each wish (<see cref="WantedSectors"/>).</summary>
    private static Task<Dictionary<string, int>> WishesAsync(IQueryable<Subscriber> people, CancellationToken cancellationToken) => people
        .Where(row => row.Status == SubscriberStatus.Active)
        .GroupBy(row => row.Sectors)
        .Select(group => new { Wish = group.Key, Count = group.Count() })
        .ToDictionaryAsync(group => group.Wish, group => group.Count, cancellationToken);

    private Task<List<ReasonFigures>> ReasonsAsync(DateTime since, CancellationToken cancellationToken) => db.ConsentRecords
        .Where(row => row.Event == ConsentEvent.GaveReason && row.AtUtc >= since)
        .GroupBy(row => row.Note)
        .Select(group => new { Reason = group.Key, Count = group.Count() })
        .OrderByDescending(group => group.Count)
        .Select(group => new ReasonFigures(group.Reason, group.Count))
        .ToListAsync(cancellationToken);

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

    private static DateTime Start(EditionMonth month) => Start(month.FirstDay);

    private IQueryable<Subscriber> At(string organisation) => db.Subscribers.Where(row => row.OrganisationKey == organisation);

    private static bool Wants(string wish, int sector) => wish.Length == 0 || WantedSectors.Read(wish).Contains(sector);

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
