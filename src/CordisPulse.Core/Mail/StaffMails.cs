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

    /// <summary>A button that is pressed twice asks once.</summary>
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(10);

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
            db, QueuedMailKind.Commented, comment.EditionId, comment.WrittenUtc, options.Value.GatherMailFor,
            member => member.Id != comment.ById && (concerned.Contains(member.Id) || member.Id == comment.LetInById), cancellationToken);
    }

    /// <summary>To every publisher but whoever asks.</summary>
    /// <returns>How many people it goes to, with those to whom it is on its way already.</returns>
    /// <exception cref="RefusedException">No such edition.</exception>
    public async Task<int> ReadyToApproveAsync(EditionMonth month, int byId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var editionId = await db.Editions.Where(edition => edition.Month == month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no edition of {month.Title}.");
        var asked = await ToldAsync(db, QueuedMailKind.ReadyToApprove, editionId, AskedAgainAfter, cancellationToken);
        return asked.Count(id => id != byId) + await QueueAsync(
            db, QueuedMailKind.ReadyToApprove, editionId, Now, TimeSpan.Zero,
            member => member.Publishes && member.Id != byId && !asked.Contains(member.Id), cancellationToken);
    }

    /// <summary>To whom an item is given, unless they took it themselves.</summary>
    public async Task AssignedAsync(AssignedItem assigned, CancellationToken cancellationToken = default)
    {
        if (assigned.ToId == assigned.ById)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await QueueAsync(
            db, QueuedMailKind.Assigned, assigned.ItemId, Now, TimeSpan.Zero, member => member.Id == assigned.ToId, cancellationToken);
    }

    /// <summary>To every publisher.</summary>
    public async Task MailingFinishedAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await QueueAsync(db, QueuedMailKind.MailingFinished, mailingId, Now, TimeSpan.Zero, member => member.Publishes, cancellationToken);
    }

    /// <summary>To every publisher, after a while: most troubles with a mail server are over by then, and nobody need hear of them.</summary>
    public async Task MailingStoppedAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var told = await ToldAsync(db, QueuedMailKind.MailingStopped, mailingId, StopIsToldAgainAfter, cancellationToken);
        await QueueAsync(
            db, QueuedMailKind.MailingStopped, mailingId, Now, options.Value.GatherMailFor,
            member => member.Publishes && !told.Contains(member.Id), cancellationToken);
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

    private static async Task<int> QueueAsync(
        PulseDbContext db, QueuedMailKind kind, int aboutId, DateTime queuedUtc, TimeSpan wait, Func<StaffMember, bool> concerns, CancellationToken cancellationToken)
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
            QueuedUtc = queuedUtc,
            NextAttemptUtc = queuedUtc + wait,
        }));
        await db.SaveChangesAsync(cancellationToken);
        return to.Count;
    }
}

public sealed record AssignedItem
{
    public required int ItemId { get; init; }

    /// <summary>Whose it is now.</summary>
    public required int ToId { get; init; }

    /// <summary>Who gave it; null for a command.</summary>
    public required int? ById { get; init; }
}
