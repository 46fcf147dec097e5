using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Which of the looks are asked for.</summary>
public sealed record ReadingQuery
{
    /// <summary>Stands for <see cref="AccountId"/> where no account did it: the program, a command or the person.</summary>
    public const int NoAccount = 0;

    /// <summary>Stands for the rows that were merged into it, too.</summary>
    public int? SubscriberId { get; init; }

    public int? AccountId { get; init; }

    /// <summary>One of <see cref="AuditedActs"/>.</summary>
    public string? Act { get; init; }

    /// <summary>Those before this one.</summary>
    public long? Before { get; init; }
}

/// <param name="By">Null where no account did it, and of an account that is no more.</param>
public sealed record ReadingLine(long Id, DateTime AtUtc, int? AccountId, string? By, string Act, int? SubscriberId);

/// <param name="Older">What <see cref="ReadingQuery.Before"/> is to be for the next ones; null when there are none.</param>
public sealed record ReadingPage(IReadOnlyList<ReadingLine> Lines, long? Older);

public sealed record StaffAccount(int Id, string Email);

/// <summary>Who of the staff opened, exported or erased what is held about whom.</summary>
public sealed class StaffReadings(PulseDbContext db)
{
    public const int PageSize = 50;

    /// <summary>The newest first. A page costs the same however far back it is.</summary>
    public async Task<ReadingPage> ListAsync(ReadingQuery query, CancellationToken cancellationToken = default)
    {
        var lines = await LinesAsync(query, PageSize + 1, cancellationToken);
        return lines.Count > PageSize ? new ReadingPage([.. lines.Take(PageSize)], lines[PageSize - 1].Id) : new ReadingPage(lines, null);
    }

    /// <summary>The last of one person, of the rows that were merged into theirs too.</summary>
    public async Task<IReadOnlyList<ReadingLine>> LastAsync(int subscriberId, int count, CancellationToken cancellationToken = default)
        => await LinesAsync(new ReadingQuery { SubscriberId = subscriberId }, count, cancellationToken);

    /// <summary>Whom there is to choose from.</summary>
    public async Task<IReadOnlyList<StaffAccount>> AccountsAsync(CancellationToken cancellationToken = default)
        => await db.Users.OrderBy(user => user.Email).Select(user => new StaffAccount(user.Id, user.Email!)).ToListAsync(cancellationToken);

    private async Task<List<ReadingLine>> LinesAsync(ReadingQuery query, int count, CancellationToken cancellationToken)
    {
        var readings = AuditedActs.Readings;
        var rows = db.AuditEntries.Where(row => EF.Parameter(readings).Contains(row.Act));
        if (query.SubscriberId is { } subscriber)
        {
            var ids = await SubscriberRow.NumbersAsync(db, subscriber, cancellationToken);
            rows = rows.Where(row => ids.Contains(row.SubscriberId!.Value));
        }

        if (query.AccountId is { } account)
            rows = account == ReadingQuery.NoAccount ? rows.Where(row => row.AccountId == null) : rows.Where(row => row.AccountId == account);
        if (query.Act is { } act)
            rows = rows.Where(row => row.Act == act);
        if (query.Before is { } before)
            rows = rows.Where(row => row.Id < before);
        return await rows
            .OrderByDescending(row => row.Id)
            .Take(count)
            .Select(row => new ReadingLine(
                row.Id, row.AtUtc, row.AccountId, db.Users.Where(user => user.Id == row.AccountId).Select(user => user.Email).FirstOrDefault(), row.Act, row.SubscriberId))
            .ToListAsync(cancellationToken);
    }
}
