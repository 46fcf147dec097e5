using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Staff ask those who agreed long ago whether they still want the digest.</summary>
public sealed record AskWhetherWanted
{
    /// <summary>Whoever has agreed, or said so again, since then is not asked.</summary>
    public required int AgreedMonthsAgo { get; init; }

    /// <summary>How long they have to answer.</summary>
    public required int AnswerWithinDays { get; init; }

    public required Silence Silence { get; init; }

    public required int AccountId { get; init; }
}

public sealed record PermissionRoundLine(
    int Id, DateTime AskedUtc, string? AskedBy, DateTime AnswerByUtc, Silence Silence, DateTime? SettledUtc, int Asked, int Sent, int Kept, int Left);

/// <summary>The rounds of asking, and the asking.</summary>
public sealed class PermissionRounds(PulseDbContext db, TimeProvider time)
{
    public const int FewestMonths = 6;
    public const int FewestDays = 7;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Whom a round that began now would ask.</summary>
    public Task<int> CountAsync(int agreedMonthsAgo, CancellationToken cancellationToken = default) => db.CountForPermissionAsync(Now.AddMonths(-agreedMonthsAgo), cancellationToken);

    public Task<List<PermissionRoundLine>> ListAsync(CancellationToken cancellationToken = default)
        => db.PermissionRounds
            .OrderByDescending(row => row.Id)
            .Select(row => new PermissionRoundLine(
                row.Id, row.AskedUtc, db.Users.Where(user => user.Id == row.AskedById).Select(user => user.Email).FirstOrDefault(), row.AnswerByUtc, row.Silence, row.SettledUtc, row.Asked,
                db.QueuedMails.Count(mail => mail.Kind == Mail.QueuedMailKind.StillWanted && mail.AboutId == row.Id && mail.SentUtc != null),
                // Of those who were asked, however often they said it.
                db.QueuedMails.Count(mail => mail.Kind == Mail.QueuedMailKind.StillWanted && mail.AboutId == row.Id
                    && db.ConsentRecords.Any(record => record.SubscriberId == mail.SubscriberId && record.Event == ConsentEvent.Kept && record.AtUtc >= row.AskedUtc && record.AtUtc <= row.AnswerByUtc)),
                row.Left))
            .ToListAsync(cancellationToken);

    /// <returns>How many are asked.</returns>
    /// <exception cref="RefusedException">A round is open, nobody is to be asked, or the time is too short.</exception>
    public async Task<int> AskAsync(AskWhetherWanted ask, CancellationToken cancellationToken = default)
    {
        if (ask.AgreedMonthsAgo < FewestMonths)
            throw new FieldRefusedException(nameof(ask.AgreedMonthsAgo), $"Ask nobody who agreed less than {FewestMonths} months ago.");
        if (ask.AnswerWithinDays < FewestDays)
            throw new FieldRefusedException(nameof(ask.AnswerWithinDays), $"Give them {FewestDays} days or more.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = Now;
        var round = db.Add(new PermissionRound
        {
            AskedUtc = now,
            AskedById = ask.AccountId,
            AgreedBeforeUtc = now.AddMonths(-ask.AgreedMonthsAgo),
            AnswerByUtc = now.AddDays(ask.AnswerWithinDays),
            Silence = ask.Silence,
        }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        // Looked for behind the new row, so that of two at once one gives way.
        if (await db.PermissionRounds.AnyAsync(row => row.SettledUtc == null && row.Id != round.Id, cancellationToken))
            throw new RefusedException("Answers to an earlier asking are still awaited.");
        round.Asked = await db.AskForPermissionAsync(round.Id, round.AgreedBeforeUtc, now, cancellationToken);
        if (round.Asked == 0)
            throw new RefusedException("There is nobody to ask: everybody on the list has agreed, or said so again, since then.");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return round.Asked;
    }
}
