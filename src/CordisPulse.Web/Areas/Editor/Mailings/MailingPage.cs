using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Mailings;

/// <summary>An edition's mailing before, while and after it runs.</summary>
public sealed record MailingPage
{
    public required MailingName Name { get; init; }

    public EditionMonth Month => Name.Month;

    /// <summary>The page itself.</summary>
    public string Here => MailingAddress.Of(Name);

    /// <summary>What readers see, and what goes out; null while it is nothing.</summary>
    public required int? PublishedRevision { get; init; }

    public bool IsPublished => PublishedRevision is not null;

    /// <summary>What of the working text is not in that, a line each.</summary>
    public IReadOnlyList<string> Unpublished { get; init; } = [];

    /// <summary>It first appeared elsewhere, so its month must be typed to send it.</summary>
    public bool NeedsMonthTyped { get; init; }

    /// <summary>Null while it has not been started, or was cancelled before its first message.</summary>
    public MailingProgress? Progress { get; init; }

    /// <summary>Goes out by itself, is held, or was taken back by an edit; null when none of these.</summary>
    public EditionSchedule? Schedule { get; init; }

    /// <summary>A mailing that was stopped before anybody but colleagues got it; null when there is none.</summary>
    public MailingProgress? Stopped { get; init; }

    /// <summary>What to know before it is sent; null once it was started.</summary>
    public MailingGuard? Guard { get; init; }

    public StartForm Start { get; init; } = new();

    public ScheduleForm Scheduling { get; init; } = new();

    /// <summary>An address a line.</summary>
    public string? ColleaguesTyped { get; init; }

    public IReadOnlyList<MailedVariant> Variants { get; init; } = [];

    /// <summary>The edition's other mailings that have started, the newest first.</summary>
    public IReadOnlyList<MailingName> Others { get; init; } = [];

    public int Recipients => Guard?.Recipients ?? 0;

    public bool IsScheduled => Schedule is { IsOver: false };

    /// <summary>Where mail goes, in words.</summary>
    public required string Destination { get; init; }

    public IReadOnlyList<DeliveryStory> Uncertain { get; init; } = [];

    public IReadOnlyList<DeliveryStory> Failed { get; init; } = [];

    /// <summary>At most so many deliveries are listed.</summary>
    public const int MostLatest = 50;

    public SectorNames SectorNames { get; init; } = new([]);

    public DeliverySearch Sought { get; init; } = DeliverySearch.Nothing;

    public DeliveryStory? Found { get; init; }

    /// <summary>Those that were tried last, in the state that is looked for.</summary>
    public IReadOnlyList<LatestDelivery> Latest { get; init; } = [];

    public string? Refusal { get; init; }

    /// <summary>Its figures change by themselves, and nobody reads what they looked for or has to decide.</summary>
    public bool IsMoving => this is { Sought: { Address: null, State: null }, Progress: { State: MailingState.Sending, WaitsForPerson: false } };

    /// <summary>Changes with what can be done and with the lists of deliveries, and not with every figure.</summary>
    public string ActsVersion => $"{Progress?.State} {Progress?.Counts.Failed} {Progress?.IsWaiting} {string.Join(',', Uncertain.Select(delivery => delivery.Id))}";
}

/// <param name="Address">Null for any.</param>
/// <param name="State">Null for any.</param>
/// <param name="Words">The address as that of the page holds it: see <see cref="SearchWords"/>.</param>
public sealed record DeliverySearch([StringLength(Limits.Email, ErrorMessage = "That is longer than any address.")] string? Address, DeliveryState? State, string? Words)
{
    public static DeliverySearch Nothing { get; } = new(null, null, null);

    /// <summary>Where it is shown. Whom somebody looks for is no part of an address.</summary>
    public string AddressOn(MailingName name, SearchWords words)
    {
        var query = new QueryBuilder();
        if (!string.IsNullOrWhiteSpace(Address))
            query.Add(nameof(Words), words.Seal(Address.Trim()));
        if (State is { } state)
            query.Add(nameof(State), state.ToString());
        return $"{MailingAddress.Of(name)}{query}#find";
    }
}

/// <summary>Gathers what the page shows.</summary>
public sealed class MailingPageReader(
    PulseDbContext db, EditionDocumentReader editions, MailingReports reports, MailingGuardReader guard, SearchWords words, IOptions<MailOptions> mail)
{
    private const int MostListed = 100;
    private const int MostOthers = 20;

    /// <summary>As <see cref="ReadAsync"/>, for what is looked for by an address as the page's own holds it.</summary>
    public Task<MailingPage?> SearchAsync(MailingName name, DeliverySearch sought, CancellationToken cancellationToken)
    {
        var address = string.IsNullOrEmpty(sought.Words) ? "" : words.Open(sought.Words);
        return ReadAsync(name, sought with { Address = address }, address is null ? SearchWords.Ended : null, cancellationToken);
    }

    /// <returns>Null when there is no such edition or, but for its own, no such mailing.</returns>
    public async Task<MailingPage?> ReadAsync(MailingName name, DeliverySearch sought, string? refusal, CancellationToken cancellationToken)
    {
        if (await editions.ReadDraftAsync(name.Month, cancellationToken) is not { } draft || await ReadMailingAsync(name, sought, refusal, cancellationToken) is not { } page)
            return null;
        page = page with { Unpublished = await editions.ReadUnpublishedChangesAsync(draft, cancellationToken) };
        if (page.Progress is not null)
            return page with { Variants = await reports.VariantsAsync(page.Progress.Id, cancellationToken), Others = await reports.OthersAsync(name, MostOthers, cancellationToken) };
        var known = await guard.ReadAsync(draft, cancellationToken);
        var schedule = await EditionSchedule.ReadAsync(db, name.Month, cancellationToken);
        return page with
        {
            Schedule = schedule,
            Guard = known,
            Scheduling = new ScheduleForm { Seen = known.Seen, At = UkTime.Write(schedule is { IsOver: false } ? schedule.AtUtc : null), Clock = schedule is { IsOver: false } ? UkTime.ClockShown(schedule.AtUtc) : null, Note = schedule?.Note },
            ColleaguesTyped = string.Join('\n', known.Colleagues.Select(colleague => colleague.Email)),
        };
    }

    /// <summary>The page without what of the working text is not published, and without what to know before, for those who look every moment.</summary>
    /// <returns>Null when there is no such edition or, but for its own, no such mailing.</returns>
    public async Task<MailingPage?> ReadMailingAsync(MailingName name, DeliverySearch sought, string? refusal, CancellationToken cancellationToken)
    {
        var edition = await db.Editions.Where(row => row.Month == name.Month).Select(row => new { row.PublishedRevision, row.PublishedOn }).SingleOrDefaultAsync(cancellationToken);
        if (edition is null)
            return null;
        var progress = await reports.ProgressAsync(name, cancellationToken);
        var isOwn = name.Kind == MailingKind.Edition;
        if (progress is null && !isOwn)
            return null;
        var page = new MailingPage
        {
            Name = name,
            PublishedRevision = edition.PublishedRevision,
            NeedsMonthTyped = edition.PublishedOn is not null,
            Destination = MailingTransport.Describe(mail.Value),
            // One that nobody but colleagues has got is as good as none: the edition may be sent.
            Progress = isOwn && progress is ({ State: MailingState.Scheduled } or { IsStoppedInTime: true }) ? null : progress,
            Stopped = isOwn && progress is { IsStoppedInTime: true, StartedUtc: not null } ? progress : null,
            Sought = sought with { Address = string.IsNullOrWhiteSpace(sought.Address) ? null : sought.Address.Trim() },
            Refusal = refusal,
        };
        if (page.Progress is null)
            return page;
        return page with
        {
            SectorNames = await SectorNames.ReadAsync(db, cancellationToken),
            Progress = page.Progress with { Retries = new RetrySchedule(mail.Value.Retry).Describe() },
            Uncertain = await reports.InStateAsync(page.Progress.Id, DeliveryState.Uncertain, MostListed, cancellationToken),
            Failed = await reports.InStateAsync(page.Progress.Id, DeliveryState.Failed, MostListed, cancellationToken),
            Found = page.Sought.Address is null ? null : await reports.FindAsync(page.Progress.Id, page.Sought.Address, cancellationToken),
            Latest = page.IsMoving ? [] : await reports.LatestAsync(page.Progress.Id, page.Sought.State, MailingPage.MostLatest, cancellationToken),
        };
    }
}
