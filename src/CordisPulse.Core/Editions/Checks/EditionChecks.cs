using System.Text.RegularExpressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>Runs every check on the working text of an edition.</summary>
public sealed class EditionChecks(
    PulseDbContext db, EditionDocumentReader documents, CoveredBefore coveredBefore, LinkLooks looks, EditionMail mail, Publisher publisher, PublicAddress address,
    IEnumerable<IEditionCheck> checks, TimeProvider clock)
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
        var covered = new Dictionary<int, List<CoveredItem>>();
        foreach (var (_, _, item) in document.Items)
            covered[item.ItemId] = [.. await coveredBefore.FindAsync(
                new CoveredQuestion { ItemId = item.ItemId, Title = item.Title, Url = item.Url, Doi = item.Doi }, cancellationToken)];
        var left = await LeftAsync(document.Month, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var edition = new CheckedEdition
        {
            Document = document,
            Covered = covered,
            Seen = (await looks.OfAsync(document, cancellationToken)).Seen,
            Publisher = await publisher.GetAsync(cancellationToken),
            NowUtc = now,
            Embargoes = await db.EditionItems.AsNoTracking()
                .Where(item => item.Edition!.Month == document.Month && item.NotBeforeUtc > now)
                .Select(item => new { item.Id, item.NotBeforeUtc })
                .ToDictionaryAsync(item => item.Id, item => item.NotBeforeUtc!.Value, cancellationToken),
            ReadOn = ReadOn(document, now),
            MailHtmlBytes = (await mail.RenderAsync(document, address.Links, cancellationToken)).HtmlBytes,
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
        var edition = new CheckedEdition { Document = document, Publisher = await publisher.GetAsync(cancellationToken), NowUtc = now, ReadOn = ReadOn(document, now) };
        return [.. checks.OfType<ITextCheck>()
            .SelectMany(check => FindingsOf(check, edition))
            .Where(finding => finding.Place == place && finding.Id == id && !left.ContainsKey(finding.Key) && (id != 0 || !FindingKinds.OfNewTexts.Contains(finding.Kind)))
            .OrderBy(finding => finding.Severity)];
    }

    /// <summary>Notes why a warning is left as it is.</summary>
    /// <exception cref="RefusedException">No such edition, no such warning in it, or no reason.</exception>
    public async Task AcknowledgeAsync(AcknowledgeFinding finding, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(finding.Reason))
            throw new RefusedException("Say why it can stay as it is.");
        var edition = await db.Editions.Where(e => e.Month == finding.Month).Select(e => (int?)e.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no edition of {finding.Month}.");
        var findings = await RunAsync(finding.Month, cancellationToken) ?? [];
        if (!findings.Any(one => one.Severity == FindingSeverity.Warning && one.Key == finding.Key))
            throw new RefusedException("This warning is no longer there.");
        var row = await db.Acknowledgements.SingleOrDefaultAsync(a => a.EditionId == edition && a.FindingKey == finding.Key, cancellationToken);
        if (row is null)
            db.Add(row = new Acknowledgement { EditionId = edition, FindingKey = finding.Key, Reason = "" });
        row.Reason = finding.Reason.Trim();
        row.AcknowledgedById = finding.ById;
        row.AcknowledgedUtc = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Shows a warning again that was left.</summary>
    public Task TakeBackAsync(EditionMonth month, string key, CancellationToken cancellationToken = default)
        => db.Acknowledgements.Where(a => a.Edition!.Month == month && a.FindingKey == key).ExecuteDeleteAsync(cancellationToken);

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

public sealed record AcknowledgeFinding
{
    public required EditionMonth Month { get; init; }

    /// <summary><see cref="Finding.Key"/>.</summary>
    public required string Key { get; init; }

    public required string Reason { get; init; }

    public required int? ById { get; init; }
}
