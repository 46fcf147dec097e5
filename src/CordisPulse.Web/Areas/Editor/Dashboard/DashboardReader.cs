using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

/// <summary>What stands on the desk's first page.</summary>
public sealed class DashboardReader(PulseDbContext db, EditionChecks checks, EditionStarter starter, IOptions<MailOptions> mail)
{
    /// <summary>Editions shown as being worked on: those that are not yet published and sent.</summary>
    private const int MostCurrent = 2;

    public async Task<DashboardPage> ReadAsync(StartForm? start, CancellationToken cancellationToken)
    {
        var editions = await db.Editions
            .OrderByDescending(edition => edition.Month)
            .Select(edition => new EditionRow(
                edition.Id, edition.Month, edition.Items.Count, edition.News.Count, edition.SetAside.Count,
                edition.PublishedRevision, edition.PublishedOn, edition.ChangedUtc,
                db.Mailings.Where(mailing => mailing.EditionId == edition.Id).OrderByDescending(mailing => mailing.Id).Select(mailing => (MailingState?)mailing.State).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        var current = new List<CurrentEdition>();
        foreach (var row in editions.Where(NeedsSomething).OrderBy(Urgency).Take(MostCurrent))
        {
            var findings = await checks.RunAsync(row.Month, cancellationToken) ?? [];
            current.Add(new CurrentEdition(
                row,
                findings.Count(finding => finding.Severity == FindingSeverity.Error),
                findings.Count(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null })));
        }

        return new DashboardPage(
            current,
            editions,
            await db.Subscribers.CountAsync(subscriber => subscriber.Status == SubscriberStatus.Active, cancellationToken),
            mail.Value.Transport == MailTransportKind.Smtp
                ? $"the mail server {mail.Value.Smtp.Host}:{mail.Value.Smtp.EffectivePort}"
                : $"files in {mail.Value.PickupDirectory}",
            mail.Value.Transport == MailTransportKind.Smtp,
            start ?? new StartForm { Month = (await starter.NextMonthAsync(cancellationToken)).ToString(), SignOff = true });
    }

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
