using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
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
    public const int MostMonths = 240;
    public const int FewestDays = 7;
    public const int MostDays = 366;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Whoever was mailed the question since then is not asked again, however that round ended.</summary>
    private DateTime AskedSince => Now.AddMonths(-FewestMonths);

    /// <summary>Whom a round that began now would ask.</summary>
    public Task<int> CountAsync(int agreedMonthsAgo, CancellationToken cancellationToken = default)
        => db.CountForPermissionAsync(Now.AddMonths(-agreedMonthsAgo), AskedSince, cancellationToken);

    public Task<List<PermissionRoundLine>> ListAsync(CancellationToken cancellationToken = default)
        => db.PermissionRounds
            .OrderByDescending(row => row.Id)
            .Select(row => new PermissionRoundLine(
                row.Id, row.AskedUtc, db.Users.Where(user => user.Id == row.AskedById).Select(user => user.Email).FirstOrDefault(), row.AnswerByUtc, row.Silence, row.SettledUtc, row.Asked,
                db.QueuedMails.Count(mail => mail.Kind == QueuedMailKind.StillWanted && mail.AboutId == row.Id && mail.SentUtc != null),
                // Of those who were asked, however often they said it.
                db.ConsentRecords
                    .Where(record => record.Event == ConsentEvent.Kept && record.AtUtc >= row.AskedUtc && record.AtUtc <= row.AnswerByUtc
                        && db.QueuedMails.Any(mail => mail.Kind == QueuedMailKind.StillWanted && mail.AboutId == row.Id && mail.SubscriberId == record.SubscriberId))
                    .Select(record => record.SubscriberId)
                    .Distinct()
                    .Count(),
                row.Left))
            .ToListAsync(cancellationToken);

    /// <returns>How many are asked.</returns>
    /// <exception cref="RefusedException">A round is open, nobody is to be asked, or the time is too short.</exception>
    public async Task<int> AskAsync(AskWhetherWanted ask, CancellationToken cancellationToken = default)
    {
        RefuseOdd(ask.AgreedMonthsAgo, ask.AnswerWithinDays);
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
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("PermissionRounds", nameof(PermissionRound.IsOpen)))
        {
            throw new RefusedException("Answers to an earlier asking are still awaited.");
        }

        round.Asked = await db.AskForPermissionAsync(round.Id, round.AgreedBeforeUtc, AskedSince, now, cancellationToken);
        if (round.Asked == 0)
            throw new RefusedException("There is nobody to ask: everybody on the list has agreed, or said so again, since then, or was asked within the last half-year.");
        db.Add(new AuditEntry { AccountId = ask.AccountId, Act = AuditedActs.AskAgain, Subject = $"round {round.Id}", Detail = $"{round.Asked} asked" });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return round.Asked;
    }

    /// <summary>Somebody was mailed the question, and the time to answer is not over.</summary>
    internal static Task<bool> IsAskedAsync(PulseDbContext db, int subscriberId)
        => db.QueuedMails.AnyAsync(mail => mail.SubscriberId == subscriberId && mail.Kind == QueuedMailKind.StillWanted && mail.SentUtc != null
            && db.PermissionRounds.Any(round => round.Id == mail.AboutId && round.IsOpen == true));

    /// <exception cref="FieldRefusedException">Too few or too many of either, named as in <see cref="AskWhetherWanted"/>.</exception>
    public static void RefuseOdd(int agreedMonthsAgo, int answerWithinDays)
    {
        if (agreedMonthsAgo is < FewestMonths or > MostMonths)
            throw new FieldRefusedException(nameof(AskWhetherWanted.AgreedMonthsAgo), $"Enter a number of months from {FewestMonths} to {MostMonths}.");
        if (answerWithinDays is < FewestDays or > MostDays)
            throw new FieldRefusedException(nameof(AskWhetherWanted.AnswerWithinDays), $"Enter a number of days from {FewestDays} to {MostDays}.");
    }

    /// <summary>Waits for no more answers: whoever has not been mailed yet is not asked, and silence changes nothing.</summary>
    /// <exception cref="RefusedException">The round is over.</exception>
    public async Task StopAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var round = await db.PermissionRounds.SingleOrDefaultAsync(row => row.Id == id && row.IsOpen == true, cancellationToken)
            ?? throw new RefusedException("That asking is over already.");
        round.Silence = Silence.Keep;
        round.Settle(Now);
        db.Add(new AuditEntry { Act = AuditedActs.StopAsking, Subject = $"round {id}" });
        await db.QueuedMails
            .Where(mail => mail.Kind == QueuedMailKind.StillWanted && mail.AboutId == id && mail.NextAttemptUtc != null)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.NextAttemptUtc, (DateTime?)null).SetProperty(mail => mail.Answer, "Staff stopped asking."), cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException("That asking has just ended.");
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
