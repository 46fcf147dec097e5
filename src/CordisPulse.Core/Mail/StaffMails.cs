using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail;

/// <summary>
/// Tells staff by mail what concerns them, each what they chose to be told. It only makes rows: whoever has one of the same kind about the
/// same thing waiting gets no second. Call it once the thing itself is saved.
/// </summary>
public sealed class StaffMails(IDbContextFactory<PulseDbContext> contexts, IOptions<EditionOptions> options, TimeProvider clock)
{
    /// <summary>Whoever saved something in an edition within this time works on it.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <summary>A mail server that fails for hours is told of once.</summary>
    private static readonly TimeSpan StopIsToldAgainAfter = TimeSpan.FromDays(1);

    /// <summary>Whoever has not answered by then may be reminded.</summary>
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromDays(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>To those who work on the edition, who spoke in the thread, or who let the guest in; not to whoever wrote it.</summary>
    public async Task CommentedAsync(int commentId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var comment = await db.Comments
            .Where(comment => comment.Id == commentId)
            .Select(comment => new { comment.EditionId, comment.ById, comment.AnswersId, comment.WrittenUtc, LetInById = (int?)comment.PreviewLink!.MadeById })
            .SingleAsync(cancellationToken);
        var since = Now - Lately;
        var concerned = await db.Revisions
            .Where(revision => revision.EditionId == comment.EditionId && revision.SavedUtc > since)
            .Select(revision => revision.SavedById)
            .Union(db.Comments
                .Where(other => other.EditionId == comment.EditionId && (other.Id == comment.AnswersId || other.AnswersId == comment.AnswersId) && comment.AnswersId != null)
                .Select(other => other.ById))
            .ToListAsync(cancellationToken);
        await QueueAsync(
            db, QueuedMailKind.Commented, comment.EditionId, comment.WrittenUtc, options.Value.GatherMailFor, null,
            member => member.Id != comment.ById && (concerned.Contains(member.Id) || member.Id == comment.LetInById), cancellationToken);
    }

    /// <summary>To every publisher but whoever asks, and to none twice while nothing has been saved in the edition in between.</summary>
    /// <exception cref="RefusedException">No such edition.</exception>
    public async Task<AskedForApproval> ReadyToApproveAsync(EditionMonth month, int byId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var editionId = await db.Editions.Where(edition => edition.Month == month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no edition of {month.Title}.");
        var since = Now - AskedAgainAfter;
        var asked = await Asking(db, editionId)
            .Where(mail => mail.AccountId != byId && (mail.NextAttemptUtc != null || mail.QueuedUtc > since))
            .OrderByDescending(mail => mail.Id)
            .Select(mail => new { mail.AccountId, mail.AskedById, By = db.Users.Where(user => user.Id == mail.AskedById).Select(user => user.Email).FirstOrDefault(), mail.QueuedUtc })
            .ToListAsync(cancellationToken);
        var told = asked.Select(mail => mail.AccountId).ToHashSet();
        var people = await QueueAsync(
            db, QueuedMailKind.ReadyToApprove, editionId, Now, TimeSpan.Zero, byId,
            member => member.Publishes && member.Id != byId && !told.Contains(member.Id), cancellationToken);
        return new AskedForApproval(people, asked.Count == 0 ? null : new EarlierAsking(asked[0].AskedById == byId, asked[0].By, asked[0].QueuedUtc));
    }

    /// <summary>To whom an item is given, unless they took it themselves.</summary>
    public async Task AssignedAsync(AssignedItem assigned, CancellationToken cancellationToken = default)
    {
        if (assigned.ToId == assigned.ById)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await QueueAsync(
            db, QueuedMailKind.Assigned, assigned.ItemId, Now, TimeSpan.Zero, assigned.ById, member => member.Id == assigned.ToId, cancellationToken);
    }

    /// <summary>To every publisher.</summary>
    public async Task MailingFinishedAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await QueueAsync(db, QueuedMailKind.MailingFinished, mailingId, Now, TimeSpan.Zero, null, member => member.Publishes, cancellationToken);
    }

    /// <summary>To every publisher, after a while: most troubles with a mail server are over by then, and nobody need hear of them.</summary>
    public async Task MailingStoppedAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var told = await ToldAsync(db, QueuedMailKind.MailingStopped, mailingId, StopIsToldAgainAfter, cancellationToken);
        await QueueAsync(
            db, QueuedMailKind.MailingStopped, mailingId, Now, options.Value.GatherMailFor, null,
            member => member.Publishes && !told.Contains(member.Id), cancellationToken);
    }

    /// <summary>To every publisher, at once: what they count on does not happen.</summary>
    public async Task ScheduleHeldAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await QueueAsync(db, QueuedMailKind.ScheduleHeld, mailingId, Now, TimeSpan.Zero, null, member => member.Publishes, cancellationToken);
    }

    /// <summary>Who has been told of it within a while, or is owed the mail, whose server may be the one that fails.</summary>
    private async Task<IReadOnlyCollection<int?>> ToldAsync(PulseDbContext db, QueuedMailKind kind, int aboutId, TimeSpan lately, CancellationToken cancellationToken)
    {
        var since = Now - lately;
        return await db.QueuedMails
            .Where(mail => mail.Kind == kind && mail.AboutId == aboutId && (mail.NextAttemptUtc != null || mail.SentUtc > since))
            .Select(mail => mail.AccountId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    /// <summary>The mails that asked to approve an edition as it stands: whoever was asked for another content, and has been mailed, has not been asked for this one.</summary>
    internal static IQueryable<QueuedMail> Asking(PulseDbContext db, int editionId) => db.QueuedMails
        .Where(mail => mail.Kind == QueuedMailKind.ReadyToApprove && mail.AboutId == editionId
            && (mail.NextAttemptUtc != null || db.Editions.Any(edition => edition.Id == editionId && edition.ChangedUtc <= mail.QueuedUtc)));

    private static async Task<int> QueueAsync(
        PulseDbContext db, QueuedMailKind kind, int aboutId, DateTime queuedUtc, TimeSpan wait, int? askedById, Func<StaffMember, bool> concerns, CancellationToken cancellationToken)
    {
        var to = (await ActiveStaff.OfAsync(db, cancellationToken)).Where(member => member.Wants(kind) && concerns(member)).Select(member => member.Id).ToList();
        if (to.Count == 0)
            return 0;
        var waiting = await db.QueuedMails
            .Where(mail => mail.Kind == kind && mail.AboutId == aboutId && mail.Attempts == 0 && mail.NextAttemptUtc != null)
            .Select(mail => mail.AccountId)
            .ToListAsync(cancellationToken);
        db.AddRange(to.Where(id => !waiting.Contains(id)).Select(id => new QueuedMail
        {
            Kind = kind,
            AccountId = id,
            AboutId = aboutId,
            AskedById = askedById,
            QueuedUtc = queuedUtc,
            NextAttemptUtc = queuedUtc + wait,
        }));
        await db.SaveChangesAsync(cancellationToken);
        return to.Count;
    }
}

/// <param name="People">How many are asked now.</param>
/// <param name="Earlier">The last time that others were asked and have not been since; null when nobody was.</param>
public sealed record AskedForApproval(int People, EarlierAsking? Earlier);

/// <param name="IsOwn">By whoever asks again.</param>
/// <param name="By">Null for an account that is gone.</param>
public sealed record EarlierAsking(bool IsOwn, string? By, DateTime AtUtc);

public sealed record AssignedItem
{
    public required int ItemId { get; init; }

    /// <summary>Whose it is now.</summary>
    public required int ToId { get; init; }

    /// <summary>Who gave it; null for a command.</summary>
    public required int? ById { get; init; }
}
