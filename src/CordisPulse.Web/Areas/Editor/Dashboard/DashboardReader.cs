using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

/// <summary>What stands on the desk's first page.</summary>
public sealed class DashboardReader(
    PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, Approvals approvals, EditionStarter starter, UsualCountsReader usual, TimeProvider time,
    IOptions<MailOptions> mail)
{
    /// <summary>Editions shown with all that is known of them, besides those whose mail is on its way; the others that wait for somebody are a line each.</summary>
    private const int MostCurrent = 2;

    /// <summary>What was published within this time is still to be sent, whatever has come since.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(31);

    public async Task<DashboardPage> ReadAsync(int accountId, StartForm? start, PlanForm? plan, CancellationToken cancellationToken)
    {
        var editions = await db.Editions
            .OrderByDescending(edition => edition.Month)
            .Select(edition => new EditionRow(
                edition.Id, edition.Month, edition.Items.Count, edition.News.Count, edition.SetAside.Count,
                edition.PublishedRevision, edition.PublishedOn,
                db.PublishedEditions.Where(published => published.EditionId == edition.Id).Max(published => (DateTime?)published.PublishedUtc), edition.DueOn, edition.Introduction != "", edition.ChangedUtc,
                db.Mailings.Where(mailing => mailing.EditionId == edition.Id && mailing.Kind == MailingKind.Edition).OrderByDescending(mailing => mailing.Id).Select(mailing => (MailingState?)mailing.State).FirstOrDefault())
            {
                ScheduledForUtc = db.Mailings.Where(mailing => mailing.EditionId == edition.Id && mailing.State == MailingState.Scheduled).Max(mailing => mailing.ScheduledForUtc),
                IsHeld = db.Mailings.Any(mailing => mailing.EditionId == edition.Id && mailing.State == MailingState.Scheduled && mailing.HeldUtc != null),
            })
            .ToListAsync(cancellationToken);
        for (var i = 0; i < editions.Count; i++)
            editions[i] = editions[i] with { IsChanged = await IsChangedAsync(editions[i], cancellationToken) };
        var lastSent = editions.Where(row => row.Mailing == MailingState.Completed).Select(row => (EditionMonth?)row.Month).FirstOrDefault();
        var justPublished = editions.Where(row => row.IsUnsent && IsOfLate(row)).MaxBy(row => row.PublishedUtc);
        var waiting = editions.Where(row => NeedsSomething(row, lastSent)).OrderBy(row => Urgency(row, justPublished)).ToList();
        var shown = waiting.Count(row => row.IsOnItsWay) + MostCurrent;
        var current = new List<CurrentEdition>();
        foreach (var row in waiting.Take(shown).OrderBy(Place))
            if (await ReadCurrentAsync(row, cancellationToken) is { } edition)
                current.Add(edition);

        return new DashboardPage(
            accountId,
            current,
            [.. waiting.Skip(shown)],
            editions,
            await db.IntakeEntries.CountAsync(cancellationToken),
            await db.Subscribers.CountAsync(subscriber => subscriber.Status == SubscriberStatus.Active, cancellationToken),
            mail.Value.Transport == MailTransportKind.Smtp
                ? $"the mail server {mail.Value.Smtp.Host}:{mail.Value.Smtp.EffectivePort}"
                : $"files in {mail.Value.PickupDirectory}",
            mail.Value.Transport == MailTransportKind.Smtp,
            start ?? new StartForm { Month = (await starter.NextMonthAsync(cancellationToken)).ToString(), SignOff = true },
            plan);
    }

    private async Task<CurrentEdition?> ReadCurrentAsync(EditionRow row, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(row.Month, cancellationToken) is not { } document)
            return null;
        var findings = await checks.RunAsync(document, cancellationToken);
        var usually = await usual.ReadAsync(row.Month, cancellationToken);
        return new CurrentEdition(
            row,
            findings.Count(finding => finding.Severity == FindingSeverity.Error),
            findings.Count(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null }),
            await ReadSectorsAsync(usually, document, cancellationToken),
            usually.Cells.Count > 0,
            await ReadSharesAsync(row, cancellationToken),
            document.Items.Select(placed => placed.Item).FirstOrDefault(IsWithoutSummary)?.ItemId,
            await db.Comments.CountAsync(comment => comment.EditionId == row.Id && comment.AnswersId == null && comment.SettledUtc == null, cancellationToken),
            row is { IsPublished: true, IsChanged: false } ? null : await approvals.ReadAsync(document, cancellationToken),
            UkTime.DateOf(time.GetUtcNow().UtcDateTime));
    }

    /// <summary>Those of the catalogue, with what the edition holds of each; items that nobody has placed yet are a sector of their own.</summary>
    private async Task<IReadOnlyList<SectorProgress>> ReadSectorsAsync(UsualCounts usually, EditionDocument document, CancellationToken cancellationToken)
    {
        var sections = await db.Sections.OrderBy(section => section.Position).Select(section => new { section.Id, section.Name, section.Slug }).ToListAsync(cancellationToken);
        var sectors = await db.Sectors.OrderBy(sector => sector.Position).Select(sector => new { sector.Id, sector.Name, sector.Slug, sector.Colour }).ToListAsync(cancellationToken);
        var held = document.Sectors.ToLookup(sector => sector.Slug);
        return [.. sectors.Select(sector => Progress(sector.Name, sector.Colour, [.. held[sector.Slug]], [.. sections
                .Where(section => (usually.Cells.Count == 0 || usually.Of(sector.Id, section.Id) > 0) && !held[sector.Slug].Any(one => one.Sections.Any(part => part.Slug == section.Slug)))
                .Select(section => section.Name)])),
            .. held[null].Select(sector => Progress(sector.Name, sector.Colour, [sector], []))];
    }

    private async Task<IReadOnlyList<WorkShare>> ReadSharesAsync(EditionRow row, CancellationToken cancellationToken)
    {
        var given = await db.ItemProgress
            .Where(progress => progress.AssigneeId != null && db.EditionItems.Any(item => item.Id == progress.ItemId && item.EditionId == row.Id))
            .GroupBy(progress => new { progress.Assignee!.Email, progress.Stage })
            .Select(share => new { share.Key.Email, share.Key.Stage, Items = share.Count() })
            .ToListAsync(cancellationToken);
        return [.. given
            .GroupBy(share => share.Email!)
            .OrderBy(shares => shares.Key, StringComparer.Ordinal)
            .Select(shares => new WorkShare(
                shares.Key, shares.GroupBy(share => share.Stage ?? ItemStage.ToRead).ToDictionary(stage => stage.Key, stage => stage.Sum(share => share.Items))))];
    }

    private static SectorProgress Progress(string name, int colour, IReadOnlyList<DocumentSector> held, IReadOnlyList<string> empty)
    {
        var items = held.SelectMany(sector => sector.Sections).SelectMany(section => section.Items).ToList();
        return new SectorProgress(name, colour, items.Count, items.Count(item => !IsWithoutSummary(item)), empty);
    }

    private static bool IsWithoutSummary(DocumentItem item) => string.IsNullOrWhiteSpace(item.Summary);

    /// <summary>
    /// Somebody has saved it since it was published, and readers would see a difference. A source that was merged stands in other words
    /// in every edition that names it, and none of these waits to be published again for that.
    /// </summary>
    private async Task<bool> IsChangedAsync(EditionRow row, CancellationToken cancellationToken)
        => row is { IsPublished: true, PublishedUtc: { } published } && row.ChangedUtc > published
            && await db.Revisions.AnyAsync(revision => revision.EditionId == row.Id && revision.SavedUtc > published, cancellationToken)
            && await documents.ReadDraftAsync(row.Month, cancellationToken) is { } draft
            && (await documents.ReadUnpublishedChangesAsync(draft, cancellationToken)).Count > 0;

    /// <summary>Which are shown with all that is known: mail on its way, then what was published last and is to be sent, then what is being written; the newest first within each.</summary>
    private static int Urgency(EditionRow row, EditionRow? justPublished) => row switch
    {
        { IsOnItsWay: true } => 0,
        _ when row == justPublished => 1,
        { IsPublished: false } or { IsChanged: true } => 2,
        _ => 3,
    };

    /// <summary>Of those that are shown, what somebody writes stands above what is done but for its sending.</summary>
    private static int Place(EditionRow row) => row switch
    {
        { IsOnItsWay: true } => 0,
        { IsPublished: false } or { IsChanged: true } => 1,
        _ => 2,
    };

    /// <summary>What was published long ago and is older than an edition that was sent is not going to be sent.</summary>
    private bool NeedsSomething(EditionRow row, EditionMonth? lastSent)
        => row is { IsPublished: false } or { IsOnItsWay: true } or { IsChanged: true } || (row.IsUnsent && (IsOfLate(row) || lastSent is null || row.Month > lastSent));

    private bool IsOfLate(EditionRow row) => row.PublishedUtc > time.GetUtcNow().UtcDateTime - Lately;
}
