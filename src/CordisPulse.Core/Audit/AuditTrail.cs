using System.Runtime.CompilerServices;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Audit;

/// <summary>Which entries are asked for.</summary>
public sealed record AuditQuery
{
    /// <summary>Null for all; otherwise some of <see cref="AuditedActs"/>.</summary>
    public IReadOnlyList<string>? Acts { get; init; }

    /// <summary>Of the staff: who did it, or to whose account it was done.</summary>
    public int? AccountId { get; init; }

    /// <summary>Stands for <see cref="AccountId"/> where no account did it.</summary>
    public const int NoAccount = 0;

    public int? SubscriberId { get; init; }

    public DateTime? FromUtc { get; init; }

    /// <summary>The first moment that is not meant any more.</summary>
    public DateTime? UntilUtc { get; init; }

    /// <summary>Those before this one.</summary>
    public long? Before { get; init; }
}

/// <param name="By">Null where no account did it, and of an account that is no more.</param>
/// <param name="Of">Address of the account that it was done to.</param>
public sealed record AuditLine(
    long Id, DateTime AtUtc, AuditWay? Way, int? AccountId, string? By, string Act, int? OfAccountId, string? Of, int? SubscriberId, string? Subject, string? Detail);

/// <param name="Older">What <see cref="AuditQuery.Before"/> is to be for the next ones; null when there are none.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Older);

/// <summary>Reads who did what to what and when.</summary>
public sealed class AuditTrail(PulseDbContext db)
{
    public const int PageSize = 100;
    private const int WrittenAtOnce = 1000;

    /// <summary>The newest first. A page costs the same however far back it is.</summary>
    public async Task<AuditPage> ListAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        var lines = await Lines(Rows(query).OrderByDescending(row => row.Id).Take(PageSize + 1)).ToListAsync(cancellationToken);
        return lines.Count > PageSize ? new AuditPage([.. lines.Take(PageSize)], lines[PageSize - 1].Id) : new AuditPage(lines, null);
    }

    /// <summary>All that match, the oldest first, some at a time.</summary>
    public async IAsyncEnumerable<AuditLine> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var last = 0L; ;)
        {
            var from = last;
            var lines = await Lines(Rows(query).Where(row => row.Id > from).OrderBy(row => row.Id).Take(WrittenAtOnce)).ToListAsync(cancellationToken);
            foreach (var line in lines)
                yield return line;
            if (lines.Count < WrittenAtOnce)
                yield break;
            last = lines[^1].Id;
        }
    }

    /// <summary>Keeps that something was done which changed no row.</summary>
    public Task NoteAsync(AuditEntry entry)
    {
        db.Add(entry);
        return db.SaveChangesAsync();
    }

    private IQueryable<AuditEntry> Rows(AuditQuery query)
    {
        var rows = db.AuditEntries.AsQueryable();
        if (query.Acts is { } acts)
            rows = rows.Where(row => EF.Parameter(acts).Contains(row.Act));
        if (query.AccountId is { } account)
            rows = account == AuditQuery.NoAccount ? rows.Where(row => row.AccountId == null) : rows.Where(row => row.AccountId == account || row.OfAccountId == account);
        if (query.SubscriberId is { } subscriber)
            rows = rows.Where(row => row.SubscriberId == subscriber);
        if (query.FromUtc is { } first)
            rows = rows.Where(row => row.AtUtc >= first);
        if (query.UntilUtc is { } until)
            rows = rows.Where(row => row.AtUtc < until);
        if (query.Before is { } before)
            rows = rows.Where(row => row.Id < before);
        return rows;
    }

    private IQueryable<AuditLine> Lines(IQueryable<AuditEntry> rows) => rows.Select(row => new AuditLine(
        row.Id, row.AtUtc, row.Way, row.AccountId, db.Users.Where(user => user.Id == row.AccountId).Select(user => user.Email).FirstOrDefault(),
        row.Act, row.OfAccountId, db.Users.Where(user => user.Id == row.OfAccountId).Select(user => user.Email).FirstOrDefault(), row.SubscriberId, row.Subject, row.Detail));
}
