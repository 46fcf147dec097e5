using CordisPulse.Core.Subscriptions;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings;

/// <summary>How many deliveries are in each state. Property order is the order of the JSON.</summary>
public sealed record DeliveryCounts
{
    public int Pending { get; init; }

    public int Attempting { get; init; }

    public int Deferred { get; init; }

    public int Sent { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    public int Uncertain { get; init; }

    [JsonIgnore]
    public int Total => Pending + Attempting + Deferred + Sent + Failed + Skipped + Uncertain;

    [JsonIgnore]
    public int Settled => Sent + Failed + Skipped;
}

/// <summary>The answer of <c>mailing status --json</c>.</summary>
public sealed record MailingStatus(EditionMonth Edition, MailingState State, DeliveryCounts Deliveries)
{
    [JsonIgnore]
    public DateTime? ScheduledForUtc { get; init; }

    /// <summary>Why it does not go on, in an editor's words.</summary>
    [JsonIgnore]
    public string? Notice { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter<MailingState>() } };

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>A mailing while and after it runs.</summary>
public sealed record MailingProgress
{
    public required int Id { get; init; }

    public required MailingName Name { get; init; }

    public required MailingState State { get; init; }

    public required string Transport { get; init; }

    public required string Subject { get; init; }

    public DateTime? StartedUtc { get; init; }

    public DateTime? EndedUtc { get; init; }

    /// <summary>Set while the mail server keeps everybody waiting.</summary>
    public DateTime? HoldUntilUtc { get; init; }

    public string? Notice { get; init; }

    public DeliveryCounts Counts { get; init; } = new();

    /// <summary>Messages begun in the last ten seconds, a second.</summary>
    public double PerSecond { get; init; }

    public DateTime? NextRetryUtc { get; init; }

    /// <summary>Of those that were sent, so many came back later.</summary>
    public int CameBack { get; init; }

    /// <summary>When those that were put off are tried again, in words.</summary>
    public string? Retries { get; init; }

    /// <summary>No message was taken, or may have been.</summary>
    public bool HasReachedNobody { get; init; }

    /// <summary>Null for one that was started by hand.</summary>
    public DateTime? ScheduledForUtc { get; init; }

    /// <summary>Until then it goes to colleagues alone; null when there is no wait.</summary>
    public DateTime? WaitUntilUtc { get; init; }

    /// <summary>By the database's clock.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>What the mail server answered last.</summary>
    public ServerAnswer? LatestAnswer { get; init; }

    /// <summary>It was stopped before anybody but colleagues got it, so that the edition may be sent again.</summary>
    public bool IsStoppedInTime => State == MailingState.Cancelled && (HasReachedNobody || EndedUtc <= WaitUntilUtc);

    public TimeSpan? TimeLeft => this is { State: MailingState.Sending, IsWaiting: false, HoldUntilUtc: null } && PerSecond > 0 && Counts.Pending > 0
        ? TimeSpan.FromSeconds(Math.Ceiling(Counts.Pending / PerSecond))
        : null;

    /// <summary>Nothing goes on until a person decides.</summary>
    public bool WaitsForPerson => State == MailingState.Sending && NextRetryUtc is null
        && Counts is { Uncertain: > 0, Pending: 0, Attempting: 0, Deferred: 0 };

    public bool HasEnded => State is MailingState.Completed or MailingState.Cancelled;
}

/// <param name="Code">Null where none was read.</param>
/// <param name="Text">What it said, or what happened instead.</param>
public sealed record ServerAnswer(int? Code, string Text)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}").Trim();
}

public sealed record MailingListEntry(EditionMonth Month, MailingKind Kind, int Number, MailingState State, DateTime? ScheduledForUtc, DateTime? StartedUtc, DateTime? EndedUtc, int Recipients, int Sent, int Failed)
{
    public MailingName Name => MailingName.Of(Month, Kind, Number);
}

/// <summary>One delivery as a person who looks for it sees it.</summary>
public sealed record DeliveryStory
{
    public required long Id { get; init; }

    public required int SubscriberId { get; init; }

    public required string Address { get; init; }

    public string? Name { get; init; }

    /// <summary>By which the log of a mail server knows the message.</summary>
    public required string MessageId { get; init; }

    public required DeliveryState State { get; init; }

    public int Attempts { get; init; }

    public DateTime? AttemptedUtc { get; init; }

    public DateTime? NextAttemptUtc { get; init; }

    public DateTime? SettledUtc { get; init; }

    /// <inheritdoc cref="MailingVariant.Sectors"/>
    public string Sectors { get; init; } = "";

    public int? Code { get; init; }

    public string? Answer { get; init; }

    /// <inheritdoc cref="Delivery.Decided"/>
    public DeliveryAct? Decided { get; init; }

    public DateTime? DecidedUtc { get; init; }

    /// <summary>Null for a command, or an account that is gone.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What came back later, last; null when nothing did.</summary>
    public ReturnedDelivery? Returned { get; init; }
}

/// <summary>What another mail server made of a message that ours had taken.</summary>
public sealed record ReturnedDelivery(ReturnKind Kind, BounceVerdict? Verdict, string? Status, string? Text, DateTime ReceivedUtc);

/// <summary>One mail of a mailing, and how many get it.</summary>
/// <param name="Sectors">Slugs, comma-separated; empty for all.</param>
/// <param name="Ground">Of those whom the mail tells how they came to be on the list; null where it tells nobody.</param>
/// <param name="ObtainedFrom">Where it says that their addresses are from.</param>
public sealed record MailedVariant(string Sectors, string Subject, ConsentGround? Ground, string? ObtainedFrom, int Recipients);

/// <param name="Address">Empty once the person was erased or merged, or it was held for long enough.</param>
public sealed record LatestDelivery(int SubscriberId, string Address, DeliveryState State, DateTime? AttemptedUtc, int? Code, string? Answer);

/// <summary>Reads mailings for pages and commands.</summary>
public sealed class MailingReports(PulseDbContext db)
{
    private const int RateWindow = 10;

    /// <summary>Null when there is no such mailing.</summary>
    public async Task<MailingProgress?> ProgressAsync(MailingName name, CancellationToken cancellationToken = default)
    {
        var progress = await db.Mailings.AsNoTracking()
            .Named(name)
            .Select(m => new MailingProgress
            {
                Id = m.Id,
                Name = MailingName.Of(m.Edition!.Month, m.Kind, m.Number),
                State = m.State,
                Transport = m.Transport,
                Subject = m.Variants.Min(v => v.Subject)!,
                StartedUtc = m.StartedUtc,
                EndedUtc = m.EndedUtc,
                Notice = m.Notice,
                HoldUntilUtc = m.HoldUntilUtc > DateTime.UtcNow ? m.HoldUntilUtc : null,
                PerSecond = db.Deliveries.Count(d => d.MailingId == m.Id && d.AttemptedUtc > DateTime.UtcNow.AddSeconds(-RateWindow)) / (double)RateWindow,
                HasReachedNobody = !db.Deliveries.Any(d => d.MailingId == m.Id && MailingControl.Given.Contains(d.State)),
                ScheduledForUtc = m.ScheduledForUtc,
                WaitUntilUtc = m.WaitUntilUtc,
                IsWaiting = m.State == MailingState.Sending && m.WaitUntilUtc > DateTime.UtcNow,
                LatestAnswer = db.Deliveries.Where(d => d.MailingId == m.Id && d.Answer != null && d.Code != null)
                    .OrderByDescending(d => d.AttemptedUtc).Select(d => new ServerAnswer(d.Code, d.Answer!)).FirstOrDefault(),
                NextRetryUtc = db.Deliveries.Where(d => d.MailingId == m.Id).Min(d => d.NextAttemptUtc),
                CameBack = db.ReturnReports.Where(r => r.MailingId == m.Id && r.Kind == ReturnKind.Bounce).Select(r => r.DeliveryId).Distinct().Count(),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return progress is null ? null : progress with { Counts = await CountAsync(progress.Id, cancellationToken) };
    }

    /// <exception cref="RefusedException">There is no such mailing.</exception>
    public async Task<MailingStatus> StatusAsync(MailingName name, CancellationToken cancellationToken = default)
    {
        var mailing = await db.Mailings.AsNoTracking()
            .Named(name)
            .Select(m => new { m.Id, m.State, m.ScheduledForUtc, m.Notice })
            .FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no mailing of {name.Title}.");
        return new MailingStatus(name.Month, mailing.State, await CountAsync(mailing.Id, cancellationToken)) { ScheduledForUtc = mailing.ScheduledForUtc, Notice = mailing.Notice };
    }

    public Task<List<MailingListEntry>> ListAsync(CancellationToken cancellationToken = default)
        => db.Mailings.AsNoTracking()
            // A schedule that was taken back has mailed nobody.
            .Where(m => m.StartedUtc != null || m.State == MailingState.Scheduled)
            .OrderByDescending(m => m.Id)
            .Select(m => new MailingListEntry(
                m.Edition!.Month, m.Kind, m.Number, m.State, m.ScheduledForUtc, m.StartedUtc, m.EndedUtc,
                db.Deliveries.Count(d => d.MailingId == m.Id),
                db.Deliveries.Count(d => d.MailingId == m.Id && d.State == DeliveryState.Sent),
                db.Deliveries.Count(d => d.MailingId == m.Id && d.State == DeliveryState.Failed)))
            .ToListAsync(cancellationToken);

    /// <summary>Deliveries in one state, the first <paramref name="most"/>.</summary>
    public Task<List<DeliveryStory>> InStateAsync(int mailingId, DeliveryState state, int most, CancellationToken cancellationToken = default)
        => Stories(db.Deliveries.Where(d => d.MailingId == mailingId && d.State == state).OrderBy(d => d.Id).Take(most)).ToListAsync(cancellationToken);

    /// <summary>The delivery to an address, in whatever letter case it is typed; null when there is none.</summary>
    public Task<DeliveryStory?> FindAsync(int mailingId, string address, CancellationToken cancellationToken = default)
    {
        var normalized = EmailAddress.TryParse(address, out var parsed, out _) ? parsed.Normalized : address.Trim().ToLowerInvariant();
        return Stories(db.Deliveries.Where(d => d.MailingId == mailingId && d.Subscriber!.NormalizedEmail == normalized)).FirstOrDefaultAsync(cancellationToken);
    }

    public Task<List<MailedVariant>> VariantsAsync(int mailingId, CancellationToken cancellationToken = default)
        => db.MailingVariants.AsNoTracking()
            .Where(variant => variant.MailingId == mailingId)
            .OrderBy(variant => variant.Id)
            .Select(variant => new MailedVariant(
                variant.Sectors, variant.Subject, variant.Basis == null ? null : variant.Basis.Ground, variant.Basis == null ? null : variant.Basis.ObtainedFrom,
                db.Deliveries.Count(delivery => delivery.MailingId == mailingId && delivery.VariantId == variant.Id)))
            .ToListAsync(cancellationToken);

    /// <summary>The edition's other mailings that have started, the newest first.</summary>
    public async Task<IReadOnlyList<MailingName>> OthersAsync(MailingName name, int most, CancellationToken cancellationToken = default)
    {
        var others = await db.Mailings.AsNoTracking()
            .Where(m => m.Edition!.Month == name.Month && m.StartedUtc != null && (m.Kind != name.Kind || (name.Number != null && m.Number != name.Number)))
            .OrderByDescending(m => m.Id)
            .Take(most)
            .Select(m => MailingName.Of(m.Edition!.Month, m.Kind, m.Number))
            .ToListAsync(cancellationToken);
        // The edition's own are one by name, however often it was stopped and started.
        return [.. others.Distinct()];
    }

    /// <summary>Those that were tried last.</summary>
    /// <param name="mailingId">Of this mailing.</param>
    /// <param name="state">Null for any.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<List<LatestDelivery>> LatestAsync(int mailingId, DeliveryState? state, int most, CancellationToken cancellationToken = default)
        => db.Deliveries.AsNoTracking()
            .Where(delivery => delivery.MailingId == mailingId && (state == null || delivery.State == state))
            .OrderByDescending(delivery => delivery.AttemptedUtc).ThenByDescending(delivery => delivery.Id)
            .Take(most)
            .Select(delivery => new LatestDelivery(delivery.SubscriberId, delivery.Address, delivery.State, delivery.AttemptedUtc, delivery.Code, delivery.Answer))
            .ToListAsync(cancellationToken);

    private IQueryable<DeliveryStory> Stories(IQueryable<Delivery> deliveries) => deliveries.AsNoTracking().Select(d => new DeliveryStory
    {
        Id = d.Id,
        SubscriberId = d.SubscriberId,
        Address = d.Address,
        Name = d.Name,
        MessageId = new MessageIds(d.Mailing!.Edition!.Month, d.Mailing.Kind, d.Mailing.Number, d.Mailing.PublicUrl).Of(d.SubscriberId),
        State = d.State,
        Attempts = d.Attempts,
        AttemptedUtc = d.AttemptedUtc,
        NextAttemptUtc = d.NextAttemptUtc,
        SettledUtc = d.SettledUtc,
        Sectors = d.Variant!.Sectors,
        Code = d.Code,
        Answer = d.Answer,
        Decided = d.Decided,
        DecidedUtc = d.DecidedUtc,
        DecidedBy = db.Users.Where(user => user.Id == d.DecidedById).Select(user => user.Email).FirstOrDefault(),
        Returned = db.ReturnReports
            .Where(r => r.DeliveryId == d.Id && (r.Kind == ReturnKind.Bounce || r.Kind == ReturnKind.Complaint || r.Kind == ReturnKind.Delay))
            .OrderByDescending(r => r.Id)
            .Select(r => new ReturnedDelivery(r.Kind, r.Verdict, r.Status, r.Text, r.ReceivedUtc))
            .FirstOrDefault(),
    });

    private async Task<DeliveryCounts> CountAsync(int mailingId, CancellationToken cancellationToken)
    {
        var counts = await db.Deliveries
            .Where(d => d.MailingId == mailingId)
            .GroupBy(d => d.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        int Of(DeliveryState state) => counts.GetValueOrDefault(state);
        return new DeliveryCounts
        {
            Pending = Of(DeliveryState.Pending),
            Attempting = Of(DeliveryState.Attempting),
            Deferred = Of(DeliveryState.Deferred),
            Sent = Of(DeliveryState.Sent),
            Failed = Of(DeliveryState.Failed),
            Skipped = Of(DeliveryState.Skipped),
            Uncertain = Of(DeliveryState.Uncertain),
        };
    }
}
