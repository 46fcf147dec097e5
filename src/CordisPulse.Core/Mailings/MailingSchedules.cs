using System.Globalization;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

public sealed record ScheduleMailing
{
    public required EditionMonth Month { get; init; }

    public required DateTime AtUtc { get; init; }

    /// <summary>Null for a command.</summary>
    public required int? ById { get; init; }

    /// <summary>For the publication.</summary>
    public string? Note { get; init; }

    /// <summary><see cref="EditionDocument.FingerprintOfText"/> of the working text that the person looked at; null to schedule whatever it is.</summary>
    public string? Seen { get; init; }

    public bool ColleaguesFirst { get; init; }

    /// <inheritdoc cref="StartMailing.ConfirmMonth"/>
    public string? ConfirmMonth { get; init; }

    /// <inheritdoc cref="StartMailing.AsksForRecipients"/>
    public bool AsksForRecipients { get; init; }

    /// <inheritdoc cref="StartMailing.ConfirmRecipients"/>
    public string? ConfirmRecipients { get; init; }
}

/// <summary>A schedule that may have to act.</summary>
/// <param name="IsDue">Its hour has come.</param>
/// <param name="LastRevisionId">Nothing was saved since, anywhere, while this is the same.</param>
public sealed record WaitingSchedule(int MailingId, bool IsDue, long LastRevisionId);

/// <summary>
/// Publishes and mails an edition at an hour: exactly the working text that was looked at, or nothing. What stands in its way at the hour
/// holds it, and the publishers are told.
/// </summary>
public sealed class MailingSchedules(
    PulseDbContext db,
    EditionDocumentReader documents,
    EditionChecks checks,
    Approvals approvals,
    EditionPublisher publisher,
    MailingVariants variants,
    MailingStarter starter,
    StaffMails staff,
    PublicAddress address,
    IOptions<MailOptions> options,
    TimeProvider time)
{
    /// <summary>Longer than publishing and starting take; when the program ends meanwhile, another goes on after it.</summary>
    private static readonly double ClaimSeconds = TimeSpan.FromMinutes(2).TotalSeconds;

    /// <summary>The field of a form that holds the time.</summary>
    private const string At = "At";

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>Schedules the edition, or changes when.</summary>
    /// <exception cref="FieldRefusedException">The time, or what had to be typed, is wrong.</exception>
    /// <exception cref="RefusedException">It can't go out as it is, was sent, or is not what was looked at.</exception>
    public async Task ScheduleAsync(ScheduleMailing schedule, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (schedule.AtUtc <= now)
            throw new FieldRefusedException(At, $"{UkTime.Minute(schedule.AtUtc)} has passed; it is {UkTime.Minute(now)} in the United Kingdom. Choose a time to come.");
        if (schedule.AtUtc > now + Farthest)
            throw new FieldRefusedException(At, "Choose a time within a year.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldEditionAsync(schedule.Month, null, cancellationToken);
        var draft = await documents.ReadDraftAsync(schedule.Month, cancellationToken) ?? throw new RefusedException($"There is no edition of {schedule.Month.Title}.");
        var text = draft.FingerprintOfText();
        if (schedule.Seen is not null && schedule.Seen != text)
            throw new RefusedException("Somebody changed the edition after you opened this page. Look at what it says now, then schedule it.");
        var mailing = await db.Mailings.SingleOrDefaultAsync(m => m.Edition!.Month == schedule.Month && m.State == MailingState.Scheduled, cancellationToken);
        var number = await starter.NextNumberAsync(schedule.Month, mailing?.Id, cancellationToken);
        if (await ObstacleAsync(draft, cancellationToken) is { } obstacle)
            throw new RefusedException($"{schedule.Month.Title} was not scheduled. {obstacle}");
        if (draft.FirstPublishedElsewhere)
            MailingStarter.RefuseUnconfirmedMonth(schedule.Month, schedule.ConfirmMonth);
        if (schedule.AsksForRecipients)
            await starter.RefuseUnconfirmedRecipientsAsync(schedule.ConfirmRecipients, cancellationToken);
        if (mailing is null)
            db.Add(mailing = new Mailing
            {
                EditionId = await db.Editions.Where(edition => edition.Month == schedule.Month).Select(edition => edition.Id).SingleAsync(cancellationToken),
                Kind = MailingKind.Edition,
                Number = number,
                PublicUrl = address.Base.AbsoluteUri,
                Transport = MailingTransport.Of(options.Value),
            });
        else
            await RefuseActingAsync(mailing.Id, schedule.Month, cancellationToken);
        mailing.State = MailingState.Scheduled;
        mailing.Transport = MailingTransport.Of(options.Value);
        mailing.ScheduledForUtc = schedule.AtUtc;
        mailing.ScheduledText = text;
        mailing.ScheduleNote = schedule.Note;
        mailing.ColleaguesFirst = schedule.ColleaguesFirst;
        mailing.CreatedUtc = now;
        mailing.CreatedById = schedule.ById;
        mailing.HeldUtc = null;
        mailing.Notice = null;
        db.Add(new AuditEntry { AccountId = schedule.ById, Act = AuditedActs.ScheduleMailing, Subject = schedule.Month.ToString(), Detail = $"for {schedule.AtUtc:yyyy-MM-ddTHH:mm}Z" });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("Mailings", "EditionId"))
        {
            throw new RefusedException($"Somebody else scheduled or sent {schedule.Month.Title} at this moment. Look again.");
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Nothing goes out by itself any more.</summary>
    /// <exception cref="RefusedException">It is not scheduled, or is going out at this moment.</exception>
    public async Task UnscheduleAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var id = await db.Mailings.Where(m => m.Edition!.Month == month && m.State == MailingState.Scheduled).Select(m => (int?)m.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"{month.Title} is not scheduled.");
        await RefuseActingAsync(id, month, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.UnscheduleAsync(id, null, cancellationToken))
            throw new RefusedException($"{month.Title} is no longer scheduled.");
        db.Add(new AuditEntry { Act = AuditedActs.UnscheduleMailing, Subject = month.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What is scheduled and not held.</summary>
    public Task<List<WaitingSchedule>> FindAsync(CancellationToken cancellationToken = default)
        => db.Mailings
            .Where(m => m.State == MailingState.Scheduled && m.HeldUtc == null)
            .OrderBy(m => m.ScheduledForUtc)
            .Select(m => new WaitingSchedule(m.Id, m.ScheduledForUtc <= DateTime.UtcNow, db.Revisions.Max(revision => (long?)revision.Id) ?? 0))
            .ToListAsync(cancellationToken);

    /// <summary>For changes that reach the edition from elsewhere: a sector renamed, a source merged, an import.</summary>
    public async Task UnscheduleIfChangedAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        var mailing = await db.Mailings.AsNoTracking().Where(m => m.Id == mailingId).Select(m => new { m.EditionId, m.Edition!.Month, m.ScheduledText }).SingleAsync(cancellationToken);
        if (await documents.ReadDraftAsync(mailing.Month, cancellationToken) is { } draft && draft.FingerprintOfText() == mailing.ScheduledText)
            return;
        if (await db.UnscheduleEditedAsync(mailing.EditionId, cancellationToken) is { } id)
            await staff.ScheduleHeldAsync(id, cancellationToken);
    }

    /// <summary>Publishes and mails what is due, unless another node does.</summary>
    public async Task ActAsync(int mailingId, CancellationToken cancellationToken = default)
    {
        var transport = MailingTransport.Of(options.Value);
        var late = -options.Value.ScheduleGrace.TotalSeconds;
        // One that is late is held by whoever finds it, since no node may be left that sends as it was to be sent.
        var claimed = await db.Mailings
            .Where(m => m.Id == mailingId && m.State == MailingState.Scheduled && m.HeldUtc == null && m.ScheduledForUtc <= DateTime.UtcNow
                && (m.HoldUntilUtc == null || m.HoldUntilUtc <= DateTime.UtcNow)
                && (m.Transport == transport || m.ScheduledForUtc < DateTime.UtcNow.AddSeconds(late)))
            .ExecuteUpdateAsync(
                set => set.SetProperty(m => m.HoldUntilUtc, m => DateTime.UtcNow.AddSeconds(ClaimSeconds)).SetProperty(m => m.Version, m => m.Version + 1), cancellationToken);
        if (claimed == 0)
            return;
        try
        {
            if (await db.Mailings.AnyAsync(m => m.Id == mailingId && m.ScheduledForUtc < DateTime.UtcNow.AddSeconds(late), cancellationToken))
                throw new RefusedException("The program that sends was not running at the hour, and too much time has passed for readers to get it unexpectedly. Choose another time, or send it now.");
            // Its version, as it is now, is what starting it is conditional on.
            await PublishAndStartAsync(await db.Mailings.SingleAsync(m => m.Id == mailingId, cancellationToken), cancellationToken);
        }
        catch (RefusedException e)
        {
            db.ChangeTracker.Clear();
            await HoldAsync(mailingId, e.Message, cancellationToken);
        }
    }

    private async Task PublishAndStartAsync(Mailing mailing, CancellationToken cancellationToken)
    {
        var month = await db.Editions.Where(edition => edition.Id == mailing.EditionId).Select(edition => edition.Month).SingleAsync(cancellationToken);
        var draft = await documents.ReadDraftAsync(month, cancellationToken) ?? throw new RefusedException($"There is no edition of {month.Title}.");
        if (draft.FingerprintOfText() != mailing.ScheduledText)
        {
            await UnscheduleIfChangedAsync(mailing.Id, cancellationToken);
            return;
        }

        if (await ObstacleAsync(draft, cancellationToken) is { } obstacle)
            throw new RefusedException(obstacle);
        if (!await IsAsReadersSeeItAsync(draft, cancellationToken))
            await publisher.PublishAsync(
                new PublishEdition { Month = month, ById = mailing.CreatedById, Note = mailing.ScheduleNote, Seen = mailing.ScheduledText }, cancellationToken);
        await starter.StartAsync(
            new StartMailing { Month = month, ById = mailing.CreatedById, ConfirmMonth = month.ToString(), ColleaguesFirst = mailing.ColleaguesFirst, ScheduledId = mailing.Id },
            cancellationToken);
    }

    /// <summary>Why the edition can't go out as it stands, in a sentence or two; null when nothing is in the way.</summary>
    /// <exception cref="RefusedException">A mail is too large.</exception>
    private async Task<string?> ObstacleAsync(EditionDocument draft, CancellationToken cancellationToken)
    {
        var errors = (await checks.RunAsync(draft, cancellationToken)).Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        if (errors.Count > 0)
            return string.Create(CultureInfo.InvariantCulture, $"The checks find {errors.Count} error{(errors.Count == 1 ? "" : "s")}, which must be mended first:\n")
                + string.Join('\n', errors.Select(error => $"{(error.Title is null ? "" : $"“{error.Title}”: ")}{error.Message}"));
        if (!await IsAsReadersSeeItAsync(draft, cancellationToken) && await approvals.ReadAsync(draft, cancellationToken) is { IsRequired: true, Counts: false } wanting)
            return $"It is not approved as it stands: {wanting.Wanted}";
        // Refuses what mail programs would not show whole, in each of the mails that there would be.
        await variants.RenderAsync(draft, cancellationToken);
        return await starter.CountRecipientsAsync(cancellationToken) == 0 ? MailingStarter.NobodyToSendTo : null;
    }

    private async Task<bool> IsAsReadersSeeItAsync(EditionDocument draft, CancellationToken cancellationToken)
        => draft.Status == EditionStatus.Published && (await documents.ReadUnpublishedChangesAsync(draft, cancellationToken)).Count == 0;

    /// <exception cref="RefusedException">A node is at it.</exception>
    private async Task RefuseActingAsync(int mailingId, EditionMonth month, CancellationToken cancellationToken)
    {
        if (await db.Mailings.AnyAsync(m => m.Id == mailingId && m.HeldUtc == null && m.HoldUntilUtc > DateTime.UtcNow, cancellationToken))
            throw new RefusedException($"{month.Title} is being published and sent at this moment. Look again.");
    }

    private async Task HoldAsync(int mailingId, string reason, CancellationToken cancellationToken)
    {
        var notice = ShortText.Of(reason, Limits.Note);
        var held = await db.Mailings.Where(m => m.Id == mailingId && m.State == MailingState.Scheduled && m.HeldUtc == null).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.HeldUtc, m => DateTime.UtcNow)
                .SetProperty(m => m.HoldUntilUtc, (DateTime?)null)
                .SetProperty(m => m.Notice, notice)
                .SetProperty(m => m.Version, m => m.Version + 1),
            cancellationToken);
        if (held == 1)
            await staff.ScheduleHeldAsync(mailingId, cancellationToken);
    }
}
