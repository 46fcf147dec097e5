using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>Where a message goes once it was taken in.</summary>
public enum ReturnPlace
{
    Done,
    Replies,
    NotUnderstood,
}

/// <summary>A message of the mailbox that has been read and is to be taken in.</summary>
public sealed record TakeIn
{
    public required ReturnedMail Mail { get; init; }

    public required DateTime ReceivedUtc { get; init; }

    /// <inheritdoc cref="ReturnReport.Source"/>
    public required string Source { get; init; }

    /// <inheritdoc cref="ReturnReport.Content"/>
    public required string Content { get; init; }
}

/// <summary>
/// Takes in what came back: looks up whom it is about, writes it down, and takes off the list whom it says to. Twice changes nothing. The
/// ledger keeps what the mail server answered; what came later stands in a row of its own.
/// </summary>
public sealed class ReturnBook(IDbContextFactory<PulseDbContext> contexts, IServiceScopeFactory scopes, IOptions<MailOptions> mail, TimeProvider time)
{
    private const int MostTries = 5;

    public async Task<ReturnPlace> TakeInAsync(TakeIn take, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TakeInOnceAsync(take, cancellationToken);
            }
            catch (DbUpdateException e) when (attempt < MostTries && (SubscriberRow.WasOvertaken(e) || e.IsUniqueViolation("ReturnReports", nameof(ReturnReport.Source))))
            {
                // Somebody left, or another node took it in, at the same moment; the second look sees it.
            }
        }
    }

    private async Task<ReturnPlace> TakeInOnceAsync(TakeIn take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.ReturnReports
            .Where(row => row.Source == take.Source || (row.Content == take.Content && row.Kind != ReturnKind.NotUnderstood))
            .Select(row => new { row.Kind, row.SubscriberId })
            .FirstOrDefaultAsync(cancellationToken);
        if (known is not null)
            return Place(known.Kind, known.SubscriberId);

        var returned = take.Mail;
        var found = await FindAsync(db, returned.Origin, cancellationToken);
        returned = AsFarAsProved(WhereItWent(returned, found.Address), found);
        if (returned is { Kind: ReturnKind.Complaint, Origin.Token: { } theirs } && !found.IsSigned)
            await LeaveAsync(theirs, Ways.Returned);
        if (returned is { Kind: ReturnKind.Leave, Token: { } token })
        {
            if (await LeaveAsync(token, Ways.Mailto))
                found = new Found(null, null, await OwnerAsync(db, token, cancellationToken), null, IsItsAddress: true);
            else
                // Nobody has this token: a person of flesh may know what was meant.
                returned = returned with { Kind = returned.Words is null ? ReturnKind.NotUnderstood : ReturnKind.AsksToLeave };
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var report = new ReturnReport
        {
            Kind = returned.Kind,
            Verdict = returned.Kind == ReturnKind.Bounce ? returned.Reason?.Verdict : null,
            Status = returned.Reason?.Status,
            Code = returned.Reason?.Code,
            Text = returned.Reason?.Text,
            DeliveryId = found.Delivery,
            MailingId = found.Mailing,
            SubscriberId = found.Subscriber,
            ReceivedUtc = take.ReceivedUtc,
            TakenUtc = time.GetUtcNow().UtcDateTime,
            Source = take.Source,
            Content = take.Content,
        };
        db.Add(report);
        if (returned is { Kind: ReturnKind.AsksToLeave or ReturnKind.Reply, Words: { } words })
            db.Add(new PersonReply { Report = report, AsksToLeave = returned.Kind == ReturnKind.AsksToLeave, From = words.From, Subject = words.Subject, ReceivedUtc = take.ReceivedUtc });
        await db.SaveChangesAsync(cancellationToken);
        if (found.Subscriber is { } subscriber)
            await SuppressAsync(db, report, subscriber, found, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Place(report.Kind, report.SubscriberId);
    }

    /// <summary>
    /// Behind an address others may stand, whom only its own mail system knows: when one of these is gone for good, the address itself need not
    /// be, and it counts as what may pass.
    /// </summary>
    private static ReturnedMail WhereItWent(ReturnedMail returned, string? address)
        => returned is { Reason: { Verdict: BounceVerdict.Hard } reason, Recipients.Count: > 0 } && address is not null
            && !returned.Recipients.Contains(address, StringComparer.OrdinalIgnoreCase)
            ? returned with { Reason = reason with { Verdict = BounceVerdict.Soft } }
            : returned;

    /// <summary>
    /// Digests are forwarded, so whoever has a reader's token may be somebody else: known by it alone, an address that is gone counts as what may
    /// pass, and a complaint does what the token can do, which is to leave and to come back.
    /// </summary>
    private static ReturnedMail AsFarAsProved(ReturnedMail returned, Found found)
        => returned is { Reason: { Verdict: BounceVerdict.Hard } reason } && !found.IsSigned ? returned with { Reason = reason with { Verdict = BounceVerdict.Soft } } : returned;

    private static ReturnPlace Place(ReturnKind kind, int? subscriber) => kind switch
    {
        ReturnKind.AsksToLeave or ReturnKind.Reply => ReturnPlace.Replies,
        ReturnKind.NotUnderstood => ReturnPlace.NotUnderstood,
        // It is about nobody that we know of: who looks after the mailbox may see why.
        ReturnKind.Bounce or ReturnKind.Complaint when subscriber is null => ReturnPlace.NotUnderstood,
        _ => ReturnPlace.Done,
    };

    private async Task SuppressAsync(PulseDbContext db, ReturnReport report, int subscriber, Found found, CancellationToken cancellationToken)
    {
        if (report.Kind == ReturnKind.Complaint && found.IsSigned)
            await Suppressing.SuppressAsync(db, subscriber, SuppressionReason.Complained, "Reported one of our mails as unwanted.", Ways.Returned, cancellationToken);
        // What went to an address that the person has left says nothing of the one they have.
        else if (report.Kind == ReturnKind.Bounce && found.IsItsAddress && await WhyAsync(db, report, subscriber, cancellationToken) is { } note)
            await Suppressing.SuppressAsync(db, subscriber, SuppressionReason.Bounced, note, Ways.Returned, cancellationToken);
    }

    /// <summary>Why the address is mailed no more; null while it is.</summary>
    private async Task<string?> WhyAsync(PulseDbContext db, ReturnReport report, int subscriber, CancellationToken cancellationToken)
    {
        var limit = mail.Value.Bounces.SoftLimit;
        return report.Verdict switch
        {
            BounceVerdict.Hard => $"A mail came back for good{Code(report)}.",
            BounceVerdict.Soft when limit > 0 && report.DeliveryId is { } delivery && await InARowAsync(db, subscriber, delivery, cancellationToken) >= limit
                => $"The mails of {Counted(limit)} in a row came back, the last{Code(report)}.",
            _ => null,
        };
    }

    private static string Counted(int mailings) => mailings == 1 ? "one mailing" : string.Create(CultureInfo.InvariantCulture, $"{mailings} mailings");

    private static string Code(ReturnReport report) => (report.Status ?? report.Code?.ToString(CultureInfo.InvariantCulture)) is { } code ? $" ({code})" : "";

    /// <summary>
    /// Mailings up to this one that came back for a reason that may pass, since the last that was sent and has not come back. A delivery is one
    /// mailing, however often it was reported.
    /// </summary>
    private static Task<int> InARowAsync(PulseDbContext db, int subscriber, long delivery, CancellationToken cancellationToken)
        => db.Deliveries.CountAsync(
            d => d.SubscriberId == subscriber && d.Id <= delivery
                && db.ReturnReports.Any(r => r.DeliveryId == d.Id && r.Kind == ReturnKind.Bounce && r.Verdict == BounceVerdict.Soft)
                && !db.Deliveries.Any(between => between.SubscriberId == subscriber && between.Id > d.Id && between.Id < delivery && between.State == DeliveryState.Sent
                    && !db.ReturnReports.Any(r => r.DeliveryId == between.Id && r.Kind == ReturnKind.Bounce)),
            cancellationToken);

    private async Task<bool> LeaveAsync(string token, string way)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Leaving>().LeaveAsync(new ActWithToken { Token = token, Way = way });
    }

    private static Task<int?> OwnerAsync(PulseDbContext db, string token, CancellationToken cancellationToken)
        => SubscriberRow.OwnerOf(db, token).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);

    private static async Task<Found> FindAsync(PulseDbContext db, ReturnedOrigin origin, CancellationToken cancellationToken)
    {
        if (origin.Mail is { Kind: BouncedKind.Delivery, Id: var signed })
            return (await ReadAsync(db.Deliveries.Where(row => row.Id == signed), cancellationToken))?.Signed() ?? Found.Nobody;
        if (origin.Mail is { Kind: BouncedKind.SingleMail, Id: var single })
            return (await ReadAsync(db, single, cancellationToken))?.Signed() ?? Found.Nobody;
        if (origin.Token is not { } token || await OwnerAsync(db, token, cancellationToken) is not { } subscriber)
            return Found.Nobody;
        // The Message-ID alone proves nothing; with the token of the same person it tells which of their mails it was.
        var parts = (origin.MessageId ?? "").Split('@')[0].Split('.');
        if (parts is [var month, var kind, var number, var person]
            && EditionMonth.TryParse(month, out var edition) && Enum.TryParse<MailingKind>(kind, ignoreCase: true, out var which) && Enum.IsDefined(which)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && person == subscriber.ToString(CultureInfo.InvariantCulture)
            && await ReadAsync(
                db.Deliveries.Where(row => row.SubscriberId == subscriber && row.Mailing!.Edition!.Month == edition && row.Mailing.Kind == which && row.Mailing.Number == count),
                cancellationToken) is { } delivery)
            return delivery;
        return new Found(null, null, subscriber, await db.Subscribers.Where(row => row.Id == subscriber).Select(row => row.Email).SingleAsync(cancellationToken), IsItsAddress: true);
    }

    private static async Task<Found?> ReadAsync(IQueryable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var row = await deliveries
            .OrderByDescending(delivery => delivery.Id)
            // What went to a row that was merged is about the person who goes on.
            .Select(delivery => new
            {
                delivery.Id,
                delivery.MailingId,
                Owner = delivery.Subscriber!.MergedIntoId ?? delivery.SubscriberId,
                delivery.Address,
                Email = delivery.Subscriber.MergedIntoId == null ? delivery.Subscriber.Email : delivery.Subscriber.MergedInto!.Email,
            })
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : new Found(row.Id, row.MailingId, row.Owner, row.Address, string.Equals(row.Address, row.Email, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A single mail is kept without its address: it went to the person's, unless that has changed since or was to be confirmed by it.</summary>
    private static async Task<Found?> ReadAsync(PulseDbContext db, long singleMail, CancellationToken cancellationToken)
    {
        var row = await db.QueuedMails
            .Where(mail => mail.Id == singleMail && mail.SubscriberId != null)
            .Select(mail => new
            {
                Owner = mail.Subscriber!.MergedIntoId ?? mail.SubscriberId,
                mail.Subscriber.Email,
                WentElsewhere = mail.Kind == QueuedMailKind.ConfirmAddress || mail.Subscriber.MergedIntoId != null
                    || db.ConsentRecords.Any(record => record.SubscriberId == mail.SubscriberId && record.Event == ConsentEvent.AddressChanged && record.AtUtc >= mail.QueuedUtc),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new Found(null, null, row.Owner, row.WentElsewhere ? null : row.Email, !row.WentElsewhere);
    }

    /// <param name="Address">Where the mail went; null where nobody knows any more.</param>
    /// <param name="IsItsAddress">The person still has that address.</param>
    private sealed record Found(long? Delivery, int? Mailing, int? Subscriber, string? Address, bool IsItsAddress)
    {
        public static Found Nobody { get; } = new(null, null, null, null, IsItsAddress: false);

        /// <summary>Known by an address that we signed, and not by the reader's token alone.</summary>
        public bool IsSigned { get; private init; }

        public Found Signed() => this with { IsSigned = true };
    }
}
