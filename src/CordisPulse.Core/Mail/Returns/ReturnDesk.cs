using CordisPulse.Core.Data;
using CordisPulse.Core.Mail.Returns.Mailbox;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>A message that came back, as staff see it.</summary>
/// <param name="Email">Of the person whom it is about; null where that is not known, and once they are erased.</param>
public sealed record ReturnLine(
    ReturnKind Kind, BounceVerdict? Verdict, string? Status, string? Text, int? SubscriberId, string? Email, MailingName? Mailing, DateTime ReceivedUtc)
{
    /// <summary>It is about nobody that we know of.</summary>
    public bool IsUnplaced => SubscriberId is null && Kind is ReturnKind.Bounce or ReturnKind.Complaint;
}

/// <param name="SubscriberId">The person on the list who has this address now; null when nobody has.</param>
public sealed record ReplyLine(long Id, bool AsksToLeave, string From, string Subject, DateTime ReceivedUtc, int? SubscriberId, SubscriberStatus? Status);

/// <param name="IsHeld">A node reads the mailbox now.</param>
public sealed record MailboxState(DateTime? LookedUtc, string? Problem, DateTime? ProblemUtc, bool IsHeld);

public sealed record ReturnList(
    MailboxState Mailbox, IReadOnlyDictionary<ReturnKind, int> Counts, IReadOnlyList<ReplyLine> Replies, int Waiting, IReadOnlyList<ReturnLine> Latest);

/// <summary>What came back, for staff: they see it, and deal with what people wrote.</summary>
public sealed class ReturnDesk(PulseDbContext db, SubscriberEditor editor, TimeProvider time)
{
    public const int MostListed = 100;

    /// <summary>What the figures are about.</summary>
    public static readonly TimeSpan Counted = TimeSpan.FromDays(90);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<ReturnList> ReadAsync(CancellationToken cancellationToken)
    {
        var since = Now - Counted;
        var counts = await db.ReturnReports
            .Where(row => row.ReceivedUtc > since)
            // What is about nobody that we know of proves no mail of ours that came back.
            .GroupBy(row => row.SubscriberId == null && (row.Kind == ReturnKind.Bounce || row.Kind == ReturnKind.Complaint) ? ReturnKind.NotUnderstood : row.Kind)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var replies = await db.PersonReplies
            .Where(row => row.HandledUtc == null && row.From != null)
            .OrderByDescending(row => row.AsksToLeave).ThenBy(row => row.Id)
            .Take(MostListed)
            .Select(row => new
            {
                row.Id,
                row.AsksToLeave,
                row.From,
                row.Subject,
                row.ReceivedUtc,
                Person = db.Subscribers.Where(person => person.NormalizedEmail == row.From).Select(person => new { person.Id, person.Status }).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return new ReturnList(
            await MailboxAsync(cancellationToken),
            counts,
            [.. replies.Select(row => new ReplyLine(row.Id, row.AsksToLeave, row.From!, row.Subject ?? "", row.ReceivedUtc, row.Person?.Id, row.Person?.Status))],
            await WaitingAsync(cancellationToken),
            await Lines(db.ReturnReports).ToListAsync(cancellationToken));
    }

    public async Task<MailboxState> MailboxAsync(CancellationToken cancellationToken)
        => await db.MailboxReadings
            .Where(row => row.Id == MailboxReading.OnlyId)
            .Select(row => new MailboxState(row.LookedUtc, row.Problem, row.ProblemUtc, row.LeaseEndUtc > DateTime.UtcNow))
            .SingleAsync(cancellationToken);

    /// <summary>Replies that nobody has dealt with.</summary>
    public Task<int> WaitingAsync(CancellationToken cancellationToken) => db.PersonReplies.CountAsync(row => row.HandledUtc == null, cancellationToken);

    /// <summary>What came back from one person, and from rows that they took over; the newest first.</summary>
    public async Task<List<ReturnLine>> OfAsync(int subscriberId, CancellationToken cancellationToken)
    {
        var ids = await SubscriberRow.NumbersAsync(db, subscriberId, cancellationToken);
        return await Lines(db.ReturnReports.Where(row => ids.Contains(row.SubscriberId!.Value))).ToListAsync(cancellationToken);
    }

    /// <summary>Somebody has dealt with a reply; what it said is kept no longer.</summary>
    /// <exception cref="RefusedException">There is no such reply.</exception>
    public async Task SettleAsync(long id, int accountId, CancellationToken cancellationToken)
    {
        var now = Now;
        var settled = await db.PersonReplies
            .Where(row => row.Id == id && row.HandledUtc == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.HandledUtc, now)
                    .SetProperty(row => row.HandledById, accountId)
                    .SetProperty(row => row.From, (string?)null)
                    .SetProperty(row => row.Subject, (string?)null),
                cancellationToken);
        if (settled == 0)
            throw new RefusedException("Somebody has dealt with this reply already.");
    }

    /// <summary>Takes off the list whoever has the address that the reply came from.</summary>
    /// <exception cref="RefusedException">Nobody has it, or somebody has dealt with the reply already.</exception>
    public async Task TakeOffAsync(long id, int accountId, CancellationToken cancellationToken)
    {
        var reply = await db.PersonReplies
            .Where(row => row.Id == id && row.HandledUtc == null && row.From != null)
            .Select(row => new { row.From, row.ReceivedUtc })
            .SingleOrDefaultAsync(cancellationToken) ?? throw new RefusedException("Somebody has dealt with this reply already.");
        var person = await db.Subscribers.Where(row => row.NormalizedEmail == reply.From).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("Nobody on the list has the address that this came from. Look for the person among the subscribers.");
        await editor.UnsubscribeAsync(new UnsubscribeOnRequest { SubscriberId = person, AccountId = accountId, Note = $"Asked by mail on {reply.ReceivedUtc:d MMMM yyyy}." });
        await SettleAsync(id, accountId, cancellationToken);
    }

    private static IQueryable<ReturnLine> Lines(IQueryable<ReturnReport> reports) => reports.AsNoTracking()
        .OrderByDescending(row => row.Id)
        .Take(MostListed)
        .Select(row => new ReturnLine(
            row.Kind, row.Verdict, row.Status, row.Text, row.SubscriberId, row.Subscriber!.Email,
            row.Delivery == null ? null : MailingName.Of(row.Delivery.Mailing!.Edition!.Month, row.Delivery.Mailing.Kind, row.Delivery.Mailing.Number), row.ReceivedUtc));
}
