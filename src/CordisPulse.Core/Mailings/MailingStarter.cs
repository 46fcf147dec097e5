using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
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
}

/// <param name="HasJoined">True when the mailing was running already.</param>
public sealed record StartedMailing(int MailingId, int Recipients, bool HasJoined);

/// <summary>Starts the mailing of an edition, or joins the one that runs.</summary>
public sealed class MailingStarter(
    PulseDbContext db, EditionMail mail, PublicAddress address, IOptions<MailOptions> options, TimeProvider time)
{
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
        if (published.FirstPublishedElsewhere && start.ConfirmMonth?.Trim() != start.Month.ToString())
            throw new RefusedException($"{start.Month.Title} first appeared elsewhere, and its readers may have had it. To send it all the same, confirm by typing {start.Month}.");

        var rendered = await mail.RenderAsync(EditionDocument.FromJson(published.Document), address.Links, cancellationToken);
        if (rendered.HtmlBytes > EditionMail.MaxHtmlBytes)
            throw new RefusedException(
                $"The e-mail of {start.Month.Title} has {MailSize.Of(rendered.HtmlBytes)} of HTML. Over {MailSize.Of(EditionMail.MaxHtmlBytes)}, Gmail hides its end, and the unsubscribe link with it. Shorten some summaries, then publish again.");
        var mailing = new Mailing
        {
            EditionId = published.EditionId,
            Kind = start.Kind,
            // From before the rendering: whoever started meanwhile has taken this number, and the index tells.
            Number = number,
            State = MailingState.Sending,
            PublishedEditionId = published.Id,
            PublicUrl = address.Base.AbsoluteUri,
            Transport = MailingTransport.Of(options.Value),
            CreatedUtc = time.GetUtcNow().UtcDateTime,
            StartedUtc = time.GetUtcNow().UtcDateTime,
            CreatedById = start.ById,
        };
        var variant = new MailingVariant
        {
            Mailing = mailing,
            Subject = rendered.Subject,
            Html = rendered.Html,
            Text = rendered.Text,
            Sha256 = rendered.Sha256,
        };
        return await EnrolAsync(start, variant, cancellationToken);
    }

    /// <summary>Whom a mailing that started now would go to.</summary>
    public Task<int> CountRecipientsAsync(CancellationToken cancellationToken = default)
        => db.Subscribers.CountAsync(
            s => s.Status == SubscriberStatus.Active && !db.Suppressions.Any(x => x.NormalizedEmail == s.NormalizedEmail), cancellationToken);

    private async Task<StartedMailing> EnrolAsync(StartMailing start, MailingVariant variant, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(variant);
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

        var recipients = await db.EnrolAsync(variant.MailingId, variant.Id, cancellationToken);
        if (recipients == 0)
            throw new RefusedException("There is nobody to send to: no subscriber is active.");
        await transaction.CommitAsync(cancellationToken);
        return new StartedMailing(variant.MailingId, recipients, HasJoined: false);
    }

    /// <summary>The mailing that runs, or the number of the next: none has begun, or one was cancelled before its first message.</summary>
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
                Recipients = db.Deliveries.Count(d => d.MailingId == m.Id),
                Sent = db.Deliveries.Count(d => d.MailingId == m.Id && d.State == DeliveryState.Sent),
                Begun = db.Deliveries.Count(d => d.MailingId == m.Id && d.AttemptedUtc != null),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return last switch
        {
            null => (null, 1),
            { State: MailingState.Cancelled, Begun: 0 } => (null, last.Number + 1),
            { State: MailingState.Completed } => throw new RefusedException(
                $"{start.Month.Title} was sent: the mailing ended on {When(last.EndedUtc)}, with {last.Sent} of {last.Recipients} messages sent."),
            { State: MailingState.Cancelled } => throw new RefusedException(
                $"{start.Month.Title} was cancelled on {When(last.EndedUtc)}, when {last.Sent} of {last.Recipients} messages had been sent; starting again would send some of them twice."),
            _ => (new StartedMailing(last.Id, last.Recipients, HasJoined: true), last.Number),
        };
    }

    private static string When(DateTime? time) => time is null ? "an unknown day" : UkTime.Minute(time);
}
