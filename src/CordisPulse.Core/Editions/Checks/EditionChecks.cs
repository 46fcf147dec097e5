using System.Text.RegularExpressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>Runs every check on the working text of an edition.</summary>
public sealed class EditionChecks(
    PulseDbContext db, EditionDocumentReader documents, CoveredBefore coveredBefore, LinkLooks looks, EditionMail mail, Publisher publisher, PublicAddress address,
    IOptions<SiteOptions> site, IEnumerable<IEditionCheck> checks, TimeProvider clock)
{
    /// <summary>Errors first, each group in the order of the edition; null when there is no such edition.</summary>
    public async Task<IReadOnlyList<Finding>?> RunAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        var document = await documents.ReadDraftAsync(month, cancellationToken);
        return document is null ? null : await RunAsync(document, cancellationToken);
    }

    /// <param name="document">The edition's working text.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(EditionDocument document, CancellationToken cancellationToken = default)
    {
        var items = document.Items.Select(placed => placed.Item).ToList();
        var found = await coveredBefore.FindAllAsync(
            [.. items.Select(item => new CoveredQuestion { ItemId = item.ItemId, Title = item.Title, Url = item.Url, Doi = item.Doi })], cancellationToken);
        var covered = items.Zip(found).ToDictionary(pair => pair.First.ItemId, pair => pair.Second);
        var left = await LeftAsync(document.Month, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var edition = new CheckedEdition
        {
            Document = document,
            Covered = covered,
            Seen = (await looks.OfAsync(document, cancellationToken)).Seen,
            SiteName = site.Value.Name,
            Publisher = await publisher.GetAsync(cancellationToken),
            NowUtc = now,
            Embargoes = await db.EditionItems.AsNoTracking()
                .Where(item => item.Edition!.Month == document.Month && item.NotBeforeUtc > now)
                .Select(item => new { item.Id, item.NotBeforeUtc })
                .ToDictionaryAsync(item => item.Id, item => item.NotBeforeUtc!.Value, cancellationToken),
            ReadOn = ReadOn(document, now),
            MailHtmlBytes = (await mail.RenderAsync(document, address.Links, cancellationToken: cancellationToken)).HtmlBytes,
        };

        var places = document.Items.Select((placed, index) => (placed.Item.ItemId, index)).ToDictionary(entry => entry.ItemId, entry => entry.index);
        return [.. checks
            .SelectMany(check => FindingsOf(check, edition))
            .Select(finding => finding with { LeftBecause = finding.Severity == FindingSeverity.Warning ? left.GetValueOrDefault(finding.Key) : null })
            .OrderBy(finding => finding.Severity)
            .ThenBy(finding => finding.Place)
            .ThenBy(finding => finding is { Place: FindingPlace.Item, Id: { } id } ? places.GetValueOrDefault(id) : finding.Id ?? 0)];
    }

    /// <summary>What the words of one text say while it is typed: no other site is asked and nothing is rendered.</summary>
    /// <param name="document">The edition with the text as it stands in the form.</param>
    /// <param name="place">The text's.</param>
    /// <param name="id">Its key; 0 for one that was never saved, of which nobody is told yet what is missing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Finding>> RunOnTypedAsync(EditionDocument document, FindingPlace place, int? id, CancellationToken cancellationToken = default)
    {
        var left = await LeftAsync(document.Month, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var edition = new CheckedEdition { Document = document, SiteName = site.Value.Name, Publisher = await publisher.GetAsync(cancellationToken), NowUtc = now, ReadOn = ReadOn(document, now) };
        return [.. checks.OfType<ITextCheck>()
            .SelectMany(check => FindingsOf(check, edition))
            .Where(finding => finding.Place == place && finding.Id == id && !left.ContainsKey(finding.Key) && (id != 0 || !FindingKinds.OfNewTexts.Contains(finding.Kind)))
            .OrderBy(finding => finding.Severity)];
    }

    /// <summary>Notes why a warning is left as it is, and keeps that in the history.</summary>
    /// <returns>Key of the revision that it made.</returns>
    /// <exception cref="RefusedException">No such edition, no such warning in it, or no reason.</exception>
    public async Task<long> AcknowledgeAsync(AcknowledgeFinding finding, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(finding.Reason))
            throw new RefusedException("Say why it can stay as it is.");
        var edition = await db.Editions.Where(e => e.Month == finding.Month).Select(e => (int?)e.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no edition of {finding.Month}.");
        var findings = await RunAsync(finding.Month, cancellationToken) ?? [];
        var warning = findings.FirstOrDefault(one => one.Severity == FindingSeverity.Warning && one.Key == finding.Key)
            ?? throw new RefusedException("This warning is no longer there.");
        var row = await db.Acknowledgements.SingleOrDefaultAsync(a => a.EditionId == edition && a.FindingKey == finding.Key, cancellationToken);
        if (row is null)
            db.Add(row = new Acknowledgement { EditionId = edition, FindingKey = finding.Key, Reason = "" });
        var decided = new LeftFinding(finding.Key, warning.Title, warning.Message, warning.LeftBecause, finding.Reason.Trim());
        row.Reason = decided.Reason!;
        row.AcknowledgedById = finding.ById;
        row.AcknowledgedUtc = clock.GetUtcNow().UtcDateTime;
        return await KeepAsync(decided, edition, finding.ById, row.AcknowledgedUtc, cancellationToken);
    }

    /// <summary>Shows a warning again that was left; for what reason it was left stays in the history.</summary>
    /// <returns>Key of the revision that it made; null when the warning is not left.</returns>
    public async Task<long?> TakeBackAsync(ShowFindingAgain again, CancellationToken cancellationToken = default)
    {
        if (await db.Acknowledgements.SingleOrDefaultAsync(a => a.Edition!.Month == again.Month && a.FindingKey == again.Key, cancellationToken) is not { } row)
            return null;
        var warning = (await RunAsync(again.Month, cancellationToken) ?? []).FirstOrDefault(one => one.Key == again.Key);
        db.Remove(row);
        // What the checks do not find any more is known by its kind alone.
        var decided = new LeftFinding(again.Key, warning?.Title, warning?.Message ?? again.Key.Split(':')[0].Replace('-', ' '), row.Reason, null);
        return await KeepAsync(decided, row.EditionId, again.ById, clock.GetUtcNow().UtcDateTime, cancellationToken);
    }

    private async Task<long> KeepAsync(LeftFinding decided, int editionId, int? byId, DateTime now, CancellationToken cancellationToken)
    {
        var version = await db.Revisions.CountAsync(r => r.Text == RevisedText.Finding && r.TextId == editionId, cancellationToken) + 1;
        var revision = Revisions.Of(decided, editionId, version, byId, now);
        db.Add(revision);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("Acknowledgements", "FindingKey"))
        {
            throw new RefusedException("Somebody else left this warning, or showed it again, at the same moment.");
        }

        return revision.Id;
    }

    private static List<Finding> FindingsOf(IEditionCheck check, CheckedEdition edition)
    {
        try
        {
            return [.. check.Check(edition).Select(finding => finding with { IsOfWords = check is ITextCheck })];
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that is made to be slow is no text for proof-readers; the other checks read it all the same.
            return [];
        }
    }

    private Task<Dictionary<string, string>> LeftAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Acknowledgements.AsNoTracking()
            .Where(acknowledgement => acknowledgement.Edition!.Month == month)
            .ToDictionaryAsync(acknowledgement => acknowledgement.FindingKey, acknowledgement => acknowledgement.Reason, cancellationToken);

    private static DateOnly ReadOn(EditionDocument document, DateTime nowUtc)
        => DateOnly.FromDateTime(document is { FirstPublishedElsewhere: true, PublishedAt: { } first } ? first : nowUtc);
}

public sealed record ShowFindingAgain
{
    public required EditionMonth Month { get; init; }

    /// <summary><see cref="Finding.Key"/>.</summary>
    public required string Key { get; init; }

    public required int ById { get; init; }
}

public sealed record AcknowledgeFinding
{
    public required EditionMonth Month { get; init; }

    /// <summary><see cref="Finding.Key"/>.</summary>
    public required string Key { get; init; }

    public required string Reason { get; init; }

    public required int? ById { get; init; }
}
