using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
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
    PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, EditionStarter starter, UsualCountsReader usual, TimeProvider time, IOptions<MailOptions> mail)
{
    /// <summary>Editions shown as being worked on: those that are not yet published and sent.</summary>
    private const int MostCurrent = 2;

    public async Task<DashboardPage> ReadAsync(StartForm? start, PlanForm? plan, CancellationToken cancellationToken)
    {
        var editions = await db.Editions
            .OrderByDescending(edition => edition.Month)
            .Select(edition => new EditionRow(
                edition.Id, edition.Month, edition.Items.Count, edition.News.Count, edition.SetAside.Count,
                edition.PublishedRevision, edition.PublishedOn, edition.DueOn, edition.Introduction != "", edition.ChangedUtc,
                db.Mailings.Where(mailing => mailing.EditionId == edition.Id).OrderByDescending(mailing => mailing.Id).Select(mailing => (MailingState?)mailing.State).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        var current = new List<CurrentEdition>();
        foreach (var row in editions.Where(NeedsSomething).OrderBy(Urgency).Take(MostCurrent))
            if (await ReadCurrentAsync(row, cancellationToken) is { } edition)
                current.Add(edition);

        return new DashboardPage(
            current,
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
        return new CurrentEdition(
            row,
            findings.Count(finding => finding.Severity == FindingSeverity.Error),
            findings.Count(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null }),
            await ReadSectorsAsync(row, document, cancellationToken),
            await ReadSharesAsync(row, cancellationToken),
            document.Items.Select(placed => placed.Item).FirstOrDefault(IsWithoutSummary)?.ItemId,
            await db.Comments.CountAsync(comment => comment.EditionId == row.Id && comment.AnswersId == null && comment.SettledUtc == null, cancellationToken),
            UkTime.DateOf(time.GetUtcNow().UtcDateTime));
    }

    /// <summary>Those of the catalogue, with what the edition holds of each; items that nobody has placed yet are a sector of their own.</summary>
    private async Task<IReadOnlyList<SectorProgress>> ReadSectorsAsync(EditionRow row, EditionDocument document, CancellationToken cancellationToken)
    {
        var usually = await usual.ReadAsync(row.Month, cancellationToken);
        var sections = await db.Sections.OrderBy(section => section.Position).Select(section => new { section.Id, section.Name, section.Slug }).ToListAsync(cancellationToken);
        var sectors = await db.Sectors.OrderBy(sector => sector.Position).Select(sector => new { sector.Id, sector.Name, sector.Slug, sector.Colour }).ToListAsync(cancellationToken);
        var held = document.Sectors.ToLookup(sector => sector.Slug);
        return [.. sectors.Select(sector => Progress(sector.Name, sector.Colour, [.. held[sector.Slug]], [.. sections
                .Where(section => usually.Of(sector.Id, section.Id) > 0 && !held[sector.Slug].Any(one => one.Sections.Any(part => part.Slug == section.Slug)))
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

    private static SectorProgress Progress(string name, int colour, IReadOnlyList<DocumentSector> held, IReadOnlyList<string> gaps)
    {
        var items = held.SelectMany(sector => sector.Sections).SelectMany(section => section.Items).ToList();
        return new SectorProgress(name, colour, items.Count, items.Count(item => !IsWithoutSummary(item)), gaps);
    }

    private static bool IsWithoutSummary(DocumentItem item) => string.IsNullOrWhiteSpace(item.Summary);

    /// <summary>Mail on its way before what is being written, and that before what could still be sent; the newest first within each.</summary>
    private static int Urgency(EditionRow row) => row switch
    {
        { Mailing: MailingState.Sending or MailingState.Paused } => 0,
        { IsPublished: false } => 1,
        _ => 2,
    };

    private static bool NeedsSomething(EditionRow row) => !row.IsPublished
        || (row is { PublishedOn: null } && row.Mailing is null or MailingState.Scheduled or MailingState.Sending or MailingState.Paused);
}
