using CordisPulse.Core.Audit;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

/// <summary>Puts an edition before readers and takes it back.</summary>
public sealed class EditionPublisher(
    PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, CoveredBefore covered, Approvals approvals, StaffMails staff, TimeProvider clock)
{
    /// <summary>A page that many editions led to says no more with every one of them.</summary>
    private const int MostCoveredAgain = 12;

    /// <summary>Publishes the working text as it stands, for the first time or anew. Readers see it once this returns.</summary>
    /// <returns>The number of the revision.</returns>
    /// <exception cref="RefusedException">No such edition, errors that were not allowed, an approval that is missing, nothing to publish that readers do not see, or somebody published at the same moment.</exception>
    public async Task<int> PublishAsync(PublishEdition publish, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldEditionAsync(publish.Month, null, cancellationToken);
        // Not before: an approval that came first must not be dated after what it allowed.
        var now = clock.GetUtcNow().UtcDateTime;
        var draft = await documents.ReadDraftAsync(publish.Month, cancellationToken)
            ?? throw new RefusedException($"There is no edition of {publish.Month.Title}.");
        if (publish.Seen is not null && publish.Seen != draft.FingerprintOfText())
            throw new RefusedException("Somebody changed the edition after you opened this page. Look at what changes now, then publish.");
        await RefuseErrorsAsync(draft, publish, cancellationToken);
        if (!publish.ComesWithTheProgram)
            await approvals.RefuseUnapprovedAsync(draft, publish, cancellationToken);
        var edition = await db.Editions.SingleAsync(e => e.Month == publish.Month, cancellationToken);
        var earlier = await db.PublishedEditions
            .Where(p => p.EditionId == edition.Id)
            .OrderBy(p => p.Revision)
            .Select(p => new { p.Revision, p.PublishedUtc, p.Sha256 })
            .ToListAsync(cancellationToken);
        var before = await ReadLastAsync(edition.Id, cancellationToken);
        var publishedUtc = publish.AtUtc ?? now;
        var document = await KeepAddressesAsync(draft, cancellationToken) with
        {
            Status = EditionStatus.Published,
            PublishedAt = draft.FirstPublishedElsewhere ? draft.PublishedAt : earlier.FirstOrDefault()?.PublishedUtc ?? publishedUtc,
            // What nobody has settled is the desk's business.
            SetAside = [],
            Corrections = before?.Corrections,
        };
        if (publish.Correction is { } correction)
            document = Corrected(document, before, correction, publishedUtc);
        var json = document.ToJson();
        var sha256 = document.Fingerprint();
        if (earlier.LastOrDefault() is { } last && last.Revision == edition.PublishedRevision && last.Sha256 == sha256)
            throw new RefusedException($"Readers see this text of {publish.Month.Title} already: nothing has changed since revision {last.Revision}.");
        await db.RaiseContentVersionAsync(now, cancellationToken);
        var published = new PublishedEdition
        {
            Edition = edition,
            Month = edition.Month,
            Revision = (earlier.LastOrDefault()?.Revision ?? 0) + 1,
            PublishedUtc = publishedUtc,
            PublishedById = publish.ById,
            Note = publish.Note,
            Correction = publish.Correction,
            Document = json,
            Sha256 = sha256,
        };
        db.Add(published);
        edition.PublishedRevision = published.Revision;
        await db.TextDrafts
            .Where(draft => draft.EditionId == edition.Id && draft.Text == RevisedText.Publication && draft.AccountId == publish.ById)
            .ExecuteDeleteAsync(cancellationToken);
        await ReplaceItemsAsync(published, document, cancellationToken);
        await TellWhatIsCoveredAgainAsync(document, cancellationToken);
        db.Add(new AuditEntry
        {
            AccountId = publish.ById,
            Act = publish.Correction is null ? AuditedActs.PublishEdition : AuditedActs.CorrectEdition,
            Subject = edition.Month.ToString(),
            Detail = $"revision {published.Revision}",
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("PublishedEditions", "EditionId"))
        {
            throw new RefusedException($"Somebody else changed or published {publish.Month.Title} at this moment. Look again, then publish.");
        }

        await transaction.CommitAsync(cancellationToken);
        return published.Revision;
    }

    /// <summary>Takes an edition back from readers. Its text, its revisions and its addresses stay, so that it can be published again.</summary>
    /// <exception cref="RefusedException">Not published, or no reason.</exception>
    public async Task WithdrawAsync(WithdrawEdition withdraw, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(withdraw.Reason))
            throw new RefusedException("Say why the edition is taken back.");
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldEditionAsync(withdraw.Month, null, cancellationToken);
        await db.RaiseContentVersionAsync(now, cancellationToken);
        var edition = await db.Editions.SingleOrDefaultAsync(e => e.Month == withdraw.Month, cancellationToken);
        if (edition?.PublishedRevision is not { } revision)
            throw new RefusedException($"{withdraw.Month.Title} is not published.");
        edition.PublishedRevision = null;
        db.RemoveRange(await db.PublishedItems.Where(item => item.Month == withdraw.Month).ToListAsync(cancellationToken));
        db.Add(new Withdrawal
        {
            EditionId = edition.Id,
            Revision = revision,
            WithdrawnUtc = now,
            WithdrawnById = withdraw.ById,
            Reason = withdraw.Reason.Trim(),
        });
        db.Add(new AuditEntry { AccountId = withdraw.ById, Act = AuditedActs.WithdrawEdition, Subject = withdraw.Month.ToString(), Detail = $"revision {revision}" });
        await db.SaveChangesAsync(cancellationToken);
        var unscheduled = await db.UnscheduleWithdrawnAsync(edition.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (unscheduled is { } mailingId)
            await staff.ScheduleHeldAsync(mailingId, cancellationToken);
    }

    private async Task RefuseErrorsAsync(EditionDocument draft, PublishEdition publish, CancellationToken cancellationToken)
    {
        if (publish.Allow.Contains(PublishEdition.AllowAll))
            return;
        var errors = (await checks.RunAsync(draft, cancellationToken))
            .Where(finding => finding.Severity == FindingSeverity.Error && !publish.Allow.Contains(finding.Kind))
            .ToList();
        if (errors.Count > 0)
            throw new EditionHasErrorsException(publish.Month, errors);
    }

    /// <summary>What readers saw last, be it that it was taken back since, with the keys of today.</summary>
    private async Task<EditionDocument?> ReadLastAsync(int editionId, CancellationToken cancellationToken)
        => await db.PublishedEditions.Where(p => p.EditionId == editionId).OrderByDescending(p => p.Revision).Select(p => p.Document).FirstOrDefaultAsync(cancellationToken) is { } json
            ? EditionDocument.FromJson(json).With(await FormerKeys.ReadAsync(db, editionId, RevisedText.Item, cancellationToken))
            : null;

    /// <exception cref="RefusedException">Readers have not seen anything that could be corrected.</exception>
    private static EditionDocument Corrected(EditionDocument document, EditionDocument? before, string correction, DateTime atUtc)
        => before is null
            ? throw new RefusedException($"{document.Month.Title} has not been published before, so there is nothing to correct. Leave the correction empty.")
            : document with
            {
                Corrections = [.. before.Corrections ?? [], new DocumentCorrection { At = atUtc, Text = correction, ItemIds = EditionChanges.ItemsBetween(before, document) }],
            };

    /// <summary>
    /// An address belongs for ever to the item that was first published under it; an item whose address is another's gets the
    /// next free one. The address of an item that is no longer in the edition goes to the item that has its words now.
    /// </summary>
    private async Task<EditionDocument> KeepAddressesAsync(EditionDocument draft, CancellationToken cancellationToken)
    {
        var present = draft.Items.Select(placed => placed.Item.ItemId).ToHashSet();
        var known = await db.PublishedAddresses.Where(address => address.Month == draft.Month).ToDictionaryAsync(address => address.Slug, cancellationToken);
        var slugs = new Dictionary<int, string>();
        foreach (var (_, _, item) in draft.Items)
        {
            var slug = Slug.Unique(item.Slug, candidate =>
                slugs.ContainsValue(candidate)
                || (known.TryGetValue(candidate, out var address) && address.EditionItemId != item.ItemId && present.Contains(address.EditionItemId)));
            slugs.Add(item.ItemId, slug);
            if (known.TryGetValue(slug, out var owned))
                owned.EditionItemId = item.ItemId;
            else
                db.Add(new PublishedAddress { Month = draft.Month, Slug = slug, EditionItemId = item.ItemId });
        }

        return draft.MapItems(item => item with { Slug = slugs[item.ItemId] });
    }

    private async Task ReplaceItemsAsync(PublishedEdition published, EditionDocument document, CancellationToken cancellationToken)
    {
        db.RemoveRange(await db.PublishedItems.Where(item => item.Month == published.Month).ToListAsync(cancellationToken));
        var ids = document.Items.Select(placed => placed.Item.ItemId).ToList();
        var places = await db.EditionItems
            .Where(item => ids.Contains(item.Id))
            .Select(item => new { item.Id, item.SectorId, item.SectionId, item.SourceId })
            .ToDictionaryAsync(item => item.Id, cancellationToken);
        var topics = await KnownTopics.ReadAsync(db, cancellationToken);
        var position = 0;
        foreach (var (_, _, item) in document.Items)
        {
            position++;
            var place = places[item.ItemId];
            var correction = document.CorrectionsOf(item).LastOrDefault();
            db.Add(new PublishedItem
            {
                PublishedEdition = published,
                Month = published.Month,
                EditionItemId = item.ItemId,
                Position = position,
                Slug = item.Slug,
                Title = item.Title,
                Url = item.Url,
                SourceId = place.SourceId,
                SectorId = place.SectorId,
                SectionId = place.SectionId,
                Words = MarkdownRenderer.CountWords(item.Summary),
                SummaryText = MarkdownRenderer.ToPlainText(item.Summary),
                PublishedUtc = document.PublishedAt ?? published.PublishedUtc,
                CorrectedUtc = correction?.At,
                Correction = correction?.Text,
                FirstPublishedElsewhere = document.FirstPublishedElsewhere,
                Topics = [.. topics.Of((item.Topics ?? []).Select(topic => topic.Slug))
                    .Select(topic => new PublishedItemTopic { TopicId = topic.Id, Month = published.Month, Position = position })],
            });
        }
    }

    /// <summary>Of each item, what other editions have on the same thing; both are told.</summary>
    private async Task TellWhatIsCoveredAgainAsync(EditionDocument document, CancellationToken cancellationToken)
    {
        var items = document.Items.Select(placed => placed.Item).ToList();
        var found = await covered.FindAllAsync(
            [.. items.Select(item => new CoveredQuestion { ItemId = item.ItemId, Title = item.Title, Url = item.Url, Doi = item.Doi })], cancellationToken);
        var ids = items.Select(item => item.ItemId).ToList();
        await db.CoveredAgain.Where(pair => ids.Contains(pair.ItemId) || ids.Contains(pair.OtherId)).ExecuteDeleteAsync(cancellationToken);
        var pairs = items.Zip(found, (item, others) => others
            .Where(other => other.Month is { } month && month != document.Month)
            .OrderByDescending(other => other.Month)
            .Take(MostCoveredAgain)
            .Select(other => (item.ItemId, OtherId: other.ItemId)));
        foreach (var (itemId, otherId) in pairs.SelectMany(some => some).SelectMany(((int One, int Other) pair) => new[] { pair, (pair.Other, pair.One) }).Distinct())
            db.Add(new CoveredAgain { ItemId = itemId, OtherId = otherId });
    }
}

public sealed record PublishEdition
{
    /// <summary>Among <see cref="Allow"/>: every kind of finding.</summary>
    public const string AllowAll = "all";

    public required EditionMonth Month { get; init; }

    /// <summary>Null for a command.</summary>
    public required int? ById { get; init; }

    public string? Note { get; init; }

    /// <summary>What was wrong in what readers have seen and is right now, told to them; null when there is nothing to tell.</summary>
    public string? Correction { get; init; }

    /// <summary><see cref="EditionDocument.FingerprintOfText"/> of the working text that the person looked at; null to publish whatever it is.</summary>
    public string? Seen { get; init; }

    /// <summary>Kinds of errors that do not block this time.</summary>
    public IReadOnlyCollection<string> Allow { get; init; } = [];

    /// <summary>An edition for trying the program, which nobody on the staff wrote: it needs no approval.</summary>
    public bool ComesWithTheProgram { get; init; }

    /// <summary>For editions that come with the program: when they were published. Null for now.</summary>
    public DateTime? AtUtc { get; init; }
}

public sealed record WithdrawEdition
{
    public required EditionMonth Month { get; init; }

    public required int? ById { get; init; }

    public required string Reason { get; init; }
}
