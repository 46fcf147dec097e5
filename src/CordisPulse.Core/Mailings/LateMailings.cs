using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

/// <summary>Somebody who joined after an edition was sent gets it now.</summary>
public sealed record SendLate
{
    public required EditionMonth Month { get; init; }

    public required int SubscriberId { get; init; }

    /// <summary>Null for a command, and for a subscriber's own confirmation.</summary>
    public required int? ById { get; init; }
}

/// <summary>Sends an edition that goes out, or has gone, to single people who were not on the list at its start, each by a mailing of its own.</summary>
public sealed class LateMailings(
    PulseDbContext db, MailingVariants variants, MailingBeginning beginning, IOptions<MailOptions> options)
{
    /// <summary>So many may take a number at the same moment.</summary>
    private const int MostTries = 20;

    /// <summary>Mailings of editions that were neither stopped nor cancelled.</summary>
    private IQueryable<Mailing> Started => db.Mailings.Where(
        m => m.Kind == MailingKind.Edition && (m.State == MailingState.Sending || m.State == MailingState.Paused || m.State == MailingState.Completed));

    /// <summary>The latest edition that was sent, if this person may be sent it and has not been.</summary>
    public async Task<EditionMonth?> OfferAsync(int subscriberId, CancellationToken cancellationToken = default)
        => await LatestAsync(cancellationToken) is { } month
            && await variants.Recipients.AnyAsync(s => s.Id == subscriberId, cancellationToken)
            && !await HasAsync(month, subscriberId, cancellationToken) ? month : null;

    /// <exception cref="RefusedException">Nobody on the list has this address.</exception>
    public async Task<int> FindAsync(EmailAddress email, CancellationToken cancellationToken = default)
        => await db.Subscribers.Where(s => s.NormalizedEmail == email.Normalized).Select(s => (int?)s.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("Nobody on the list has this address.");

    /// <exception cref="RefusedException">The edition does not go out yet, or this person has it, has left or must not be mailed.</exception>
    public async Task<MailingName> SendAsync(SendLate late, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(late, cancellationToken);
            }
            catch (DbUpdateException e) when (attempt < MostTries && e.IsUniqueViolation("Mailings", "EditionId"))
            {
                // Somebody else was sent it at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>As <c>Mail:LateOnConfirmation</c> says: whoever has just confirmed gets the latest edition at once.</summary>
    public async Task WelcomeAsync(int subscriberId, CancellationToken cancellationToken = default)
    {
        if (!options.Value.LateOnConfirmation || await OfferAsync(subscriberId, cancellationToken) is not { } month)
            return;
        try
        {
            await SendAsync(new SendLate { Month = month, SubscriberId = subscriberId, ById = null }, cancellationToken);
        }
        catch (RefusedException)
        {
            // Confirming was what they asked for, and that is done.
        }
    }

    private async Task<MailingName> SendOnceAsync(SendLate late, CancellationToken cancellationToken)
    {
        var month = late.Month;
        // Of one that was cancelled in its midst, whoever was left out is sent it so as well.
        if (!await db.Mailings.AnyAsync(m => m.Edition!.Month == month && m.Kind == MailingKind.Edition && m.State == MailingState.Cancelled
                && (m.WaitUntilUtc == null || m.EndedUtc > m.WaitUntilUtc) && db.Deliveries.Any(d => d.MailingId == m.Id && MailingControl.Given.Contains(d.State)), cancellationToken)
            && !await Started.AnyAsync(m => m.Edition!.Month == month && (m.WaitUntilUtc == null || m.WaitUntilUtc <= DateTime.UtcNow), cancellationToken))
            throw new RefusedException($"{month.Title} does not go out to everybody yet, so nobody is late for it.");
        var published = await db.PublishedEditions.AsNoTracking()
            .Where(p => p.Month == month && p.Edition!.PublishedRevision == p.Revision)
            .Select(p => new { p.Id, p.EditionId, p.Document })
            .SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"{month.Title} is not published any more.");
        await variants.SettleNoticesAsync(cancellationToken);
        var wish = await variants.Recipients.Where(s => s.Id == late.SubscriberId).Select(s => new Wish(s.Sectors, s.NoticeBasisId)).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("This person is not on the list, or must not be mailed.");
        if (await HasAsync(month, late.SubscriberId, cancellationToken))
            throw new RefusedException($"This person has been sent {month.Title}.");
        var number = await db.Mailings.Where(m => m.EditionId == published.EditionId && m.Kind == MailingKind.Late).MaxAsync(m => (int?)m.Number, cancellationToken) ?? 0;
        var mailing = beginning.New(published.EditionId, published.Id, MailingKind.Late, number + 1, late.ById);
        mailing.Variants.AddRange(await variants.RenderAsync(EditionDocument.FromJson(published.Document), [wish], cancellationToken));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(mailing);
        await db.SaveChangesAsync(cancellationToken);
        if (await db.EnrolLateAsync(mailing.Id, mailing.EditionId, late.SubscriberId, cancellationToken) == 0)
        {
            db.ChangeTracker.Clear();
            throw new RefusedException("This person left, changed what they want or was sent it at this moment. Look again.");
        }

        var name = MailingName.Of(month, MailingKind.Late, mailing.Number);
        db.Add(new AuditEntry { AccountId = late.ById, Act = AuditedActs.StartMailing, SubscriberId = late.SubscriberId, Subject = name.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return name;
    }

    /// <summary>Null also while the latest goes to colleagues alone: it may be stopped yet, and an older one is none to welcome anybody with.</summary>
    private async Task<EditionMonth?> LatestAsync(CancellationToken cancellationToken)
    {
        var latest = await Started
            .Where(m => m.Edition!.PublishedRevision != null)
            .OrderByDescending(m => m.Edition!.Month)
            .Select(m => new { m.Edition!.Month, Waits = m.WaitUntilUtc != null && m.WaitUntilUtc > DateTime.UtcNow })
            .FirstOrDefaultAsync(cancellationToken);
        return latest is { Waits: false } ? latest.Month : null;
    }

    /// <summary>By their own number, or that of a row that they took over.</summary>
    private Task<bool> HasAsync(EditionMonth month, int subscriberId, CancellationToken cancellationToken)
        => db.Deliveries.AnyAsync(
            d => (d.SubscriberId == subscriberId || db.Subscribers.Any(merged => merged.Id == d.SubscriberId && merged.MergedIntoId == subscriberId))
                && d.Mailing!.Edition!.Month == month && d.Mailing.Kind != MailingKind.Correction && !MailingControl.NotGiven.Contains(d.State),
            cancellationToken);
}
