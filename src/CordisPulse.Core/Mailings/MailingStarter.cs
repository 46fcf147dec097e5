using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

public sealed record StartMailing
{
    public required EditionMonth Month { get; init; }

    public MailingKind Kind { get; init; }

    /// <summary>Null when the command line starts it.</summary>
    public required int? ById { get; init; }

    /// <summary>The month typed once more, which an edition that first appeared elsewhere asks for.</summary>
    public string? ConfirmMonth { get; init; }

    /// <summary>The number of recipients has to be typed when it is over <c>Mail:ConfirmAbove</c>.</summary>
    public bool AsksForRecipients { get; init; }

    /// <summary>That number, as it was typed.</summary>
    public string? ConfirmRecipients { get; init; }

    /// <summary>Send to <see cref="Colleague"/>s, then wait as <c>Mail:WaitBeforeSending</c> says.</summary>
    public bool ColleaguesFirst { get; init; }

    /// <summary>The scheduled mailing whose hour has come; null when it is started by hand.</summary>
    public int? ScheduledId { get; init; }
}

/// <param name="HasJoined">True when the mailing was running already.</param>
public sealed record StartedMailing(int MailingId, int Recipients, bool HasJoined)
{
    /// <summary>How long only colleagues are sent to.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Recipients who are colleagues.</summary>
    public int Colleagues { get; init; }

    /// <summary>Why a colleague who is no recipient got no copy; null when all did.</summary>
    public string? CopiesRefused { get; init; }
}

/// <summary>Starts the mailing of an edition, or joins the one that runs.</summary>
public sealed class MailingStarter(
    PulseDbContext db, MailingVariants variants, MailingBeginning beginning, TestSend copies, IOptions<MailOptions> options)
{
    internal const string NobodyToSendTo = "There is nobody to send to: no subscriber is active.";

    /// <exception cref="RefusedException">It may not be sent now; the message says why.</exception>
    public async Task<StartedMailing> StartAsync(StartMailing start, CancellationToken cancellationToken = default)
    {
        var (running, number) = await LookAsync(start, cancellationToken);
        if (running is not null)
            return running;
        var published = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Month == start.Month && p.Edition!.PublishedRevision == p.Revision)
            .Select(p => new { p.Id, p.EditionId, p.Document, FirstPublishedElsewhere = p.Edition!.PublishedOn != null })
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"{start.Month.Title} is not published; publish it before you send it.");
        if (published.FirstPublishedElsewhere)
            RefuseUnconfirmedMonth(start.Month, start.ConfirmMonth);
        if (start.AsksForRecipients)
            await RefuseUnconfirmedRecipientsAsync(start.ConfirmRecipients, cancellationToken);

        var document = EditionDocument.FromJson(published.Document);
        await variants.SettleNoticesAsync(cancellationToken);
        var rendered = await variants.RenderAsync(document, cancellationToken);
        // The number is from before the rendering: whoever started meanwhile has taken it, and the index tells.
        var mailing = start.ScheduledId is { } id
            ? beginning.Begin(await db.Mailings.SingleAsync(m => m.Id == id, cancellationToken), published.Id)
            : beginning.New(published.EditionId, published.Id, start.Kind, number, start.ById);
        mailing.ColleaguesFirst = start.ColleaguesFirst;
        mailing.Variants.AddRange(rendered);
        var started = await EnrolAsync(start, mailing, document, cancellationToken);
        return start.ColleaguesFirst && !started.HasJoined
            ? started with { CopiesRefused = await SendCopiesAsync(started.MailingId, document, cancellationToken) }
            : started;
    }

    /// <exception cref="FieldRefusedException">It is another month.</exception>
    internal static void RefuseUnconfirmedMonth(EditionMonth month, string? typed)
    {
        if (typed?.Trim() != month.ToString())
            throw new FieldRefusedException(nameof(StartMailing.ConfirmMonth), $"{month.Title} first appeared elsewhere, and its readers may have had it. To send it all the same, confirm by typing {month}.");
    }

    /// <exception cref="FieldRefusedException">There are many, and it is another number.</exception>
    internal async Task RefuseUnconfirmedRecipientsAsync(string? typed, CancellationToken cancellationToken)
        => RecipientConfirmation.Refuse(options.Value, await CountRecipientsAsync(cancellationToken), typed, nameof(StartMailing.ConfirmRecipients));

    /// <summary>The number that a mailing of the edition would have.</summary>
    /// <exception cref="RefusedException">It was sent, or is being sent.</exception>
    internal async Task<int> NextNumberAsync(EditionMonth month, int? scheduledId, CancellationToken cancellationToken)
    {
        var (running, number) = await LookAsync(new StartMailing { Month = month, ById = null, ScheduledId = scheduledId }, cancellationToken);
        return running is null ? number : throw new RefusedException($"{month.Title} is being sent already.");
    }

    /// <summary>Whom a mailing that started now would go to.</summary>
    public Task<int> CountRecipientsAsync(CancellationToken cancellationToken = default)
        => variants.Recipients.CountAsync(cancellationToken);

    private async Task<StartedMailing> EnrolAsync(StartMailing start, Mailing mailing, EditionDocument document, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (start.ScheduledId is null)
            db.Add(mailing);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Mailings", "EditionId"))
        {
            // Somebody else pressed the button at the same moment and was first.
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            return (await LookAsync(start, cancellationToken)).Running
                ?? throw new RefusedException($"{start.Month.Title} has just been sent by somebody else.");
        }
        catch (DbUpdateConcurrencyException)
        {
            await transaction.RollbackAsync(cancellationToken);
            throw new RefusedException($"The schedule of {start.Month.Title} was changed or taken back at this moment.");
        }

        var recipients = await variants.EnrolAsync(mailing.Id, document, cancellationToken);
        if (recipients == 0)
            throw new RefusedException(NobodyToSendTo);
        var started = new StartedMailing(mailing.Id, recipients, HasJoined: false);
        db.Add(new AuditEntry { AccountId = start.ById, Act = AuditedActs.StartMailing, Subject = MailingName.Of(start.Month, mailing.Kind, mailing.Number).ToString(), Detail = $"to {recipients}" });
        await db.SaveChangesAsync(cancellationToken);
        if (start.ColleaguesFirst)
            started = started with { Wait = options.Value.WaitBeforeSending, Colleagues = await beginning.WaitAsync(db, started.MailingId, cancellationToken) };
        await transaction.CommitAsync(cancellationToken);
        return started;
    }

    /// <summary>Colleagues who are no recipients get the same mail, marked as a test.</summary>
    /// <returns>Why not all got it; the mailing runs all the same.</returns>
    private async Task<string?> SendCopiesAsync(int mailingId, EditionDocument document, CancellationToken cancellationToken)
    {
        var others = await db.Colleagues
            .Where(colleague => !db.Deliveries.Any(d => d.MailingId == mailingId && d.Subscriber!.NormalizedEmail == colleague.NormalizedEmail))
            .Select(colleague => colleague.Email)
            .ToListAsync(cancellationToken);
        var addresses = others.Select(email => EmailAddress.TryParse(email, out var address, out _) ? address : null).OfType<EmailAddress>();
        try
        {
            var refused = new List<string>();
            foreach (var some in addresses.Chunk(TestSend.MostAddresses))
                refused.AddRange(from answer in await copies.SendAsync(document, some, cancellationToken) where answer.Refusal is not null select $"{answer.Address.Address}: {answer.Refusal}");
            return refused.Count == 0 ? null : string.Join(" ", refused);
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    /// <summary>The mailing that runs, or the number of the next: none has begun, or one was cancelled before anybody had got it.</summary>
    /// <exception cref="RefusedException">It was sent.</exception>
    private async Task<(StartedMailing? Running, int Number)> LookAsync(StartMailing start, CancellationToken cancellationToken)
    {
        var last = await db.Mailings.AsNoTracking()
            .Where(m => m.Edition!.Month == start.Month && m.Kind == start.Kind)
            .OrderByDescending(m => m.Number)
            .Select(m => new
            {
                m.Id,
                m.Number,
                m.State,
                m.EndedUtc,
                m.ScheduledForUtc,
                // Nobody but colleagues had got it when it was stopped.
                IsStoppedInTime = m.WaitUntilUtc != null && m.EndedUtc <= m.WaitUntilUtc,
                Recipients = db.Deliveries.Count(d => d.MailingId == m.Id),
                Sent = db.Deliveries.Count(d => d.MailingId == m.Id && d.State == DeliveryState.Sent),
                HasReachedNobody = !db.Deliveries.Any(d => d.MailingId == m.Id && MailingControl.Given.Contains(d.State)),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return last switch
        {
            null => (null, 1),
            { State: MailingState.Cancelled, HasReachedNobody: true } or { State: MailingState.Cancelled, IsStoppedInTime: true } => (null, last.Number + 1),
            { State: MailingState.Scheduled } when last.Id == start.ScheduledId => (null, last.Number),
            { State: MailingState.Scheduled } => throw new RefusedException(
                $"{start.Month.Title} is scheduled for {When(last.ScheduledForUtc)}, UK time. Take the schedule back before you send it by hand."),
            { State: MailingState.Completed } => throw new RefusedException(
                $"{start.Month.Title} was sent: the mailing ended on {When(last.EndedUtc)}, with {last.Sent} of {last.Recipients} messages sent."),
            { State: MailingState.Cancelled } => throw new RefusedException(
                $"{start.Month.Title} was cancelled on {When(last.EndedUtc)}, when {last.Sent} of {last.Recipients} messages had been sent; starting again would send some of them twice."),
            _ => (new StartedMailing(last.Id, last.Recipients, HasJoined: true), last.Number),
        };
    }

    private static string When(DateTime? time) => time is null ? "an unknown day" : UkTime.Minute(time);
}
