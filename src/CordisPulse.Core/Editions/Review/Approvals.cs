using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions.Review;

/// <summary>
/// Who has approved an edition as it stands. An approval is of exactly one content: an edit afterwards leaves it behind, and whoever saved
/// the edition last, or has renamed or moved its sectors, sections and sources since, can't be the one whose approval counts.
/// </summary>
public sealed class Approvals(PulseDbContext db, EditionDocumentReader documents, IOptions<EditionOptions> options, TimeProvider clock)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<ApprovalState?> ReadAsync(EditionMonth month, CancellationToken cancellationToken = default)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } draft ? await ReadAsync(draft, cancellationToken) : null;

    /// <summary>Of the edition as it stands in the document that was read.</summary>
    public async Task<ApprovalState> ReadAsync(EditionDocument draft, CancellationToken cancellationToken = default)
    {
        var editionId = await KeyAsync(draft.Month, cancellationToken);
        var present = draft.AsReadersWouldGetIt();
        var sha256 = await PrintAsync(present, editionId, cancellationToken);
        var authors = await AuthorsAsync(editionId, cancellationToken);
        var staff = await ActiveStaff.OfAsync(db, cancellationToken);
        var standing = await db.Approvals
            .Where(approval => approval.EditionId == editionId && approval.WithdrawnUtc == null && approval.Sha256 == sha256)
            .OrderBy(approval => approval.Id)
            .Select(approval => new GivenApproval(approval.ApprovedById, db.Users.Where(user => user.Id == approval.ApprovedById).Select(user => user.Email).FirstOrDefault(), approval.ApprovedUtc))
            .ToListAsync(cancellationToken);
        var before = standing.Count > 0 ? null : await db.Approvals.AsNoTracking()
            .Where(approval => approval.EditionId == editionId && approval.WithdrawnUtc == null)
            .OrderByDescending(approval => approval.Id)
            .Select(approval => new
            {
                By = db.Users.Where(user => user.Id == approval.ApprovedById).Select(user => user.Email).FirstOrDefault(),
                approval.ApprovedUtc,
                approval.Document,
            })
            .FirstOrDefaultAsync(cancellationToken);
        return new ApprovalState
        {
            Month = draft.Month,
            Present = present,
            Sha256 = sha256,
            IsRequired = options.Value.TwoPersonRule,
            Counts = standing.Any(given => !authors.Contains(given.ById) && staff.Any(member => member.Id == given.ById && member.Publishes)),
            Standing = standing,
            Before = before is null
                ? null
                : new OutdatedApproval(
                    before.By, before.ApprovedUtc, EditionDocument.FromJson(before.Document).With(await FormerKeys.ReadAsync(db, editionId, RevisedText.Item, cancellationToken))),
            Asked = await StaffMails.Asking(db, editionId)
                .OrderByDescending(mail => mail.Id)
                .Select(mail => new AskedApproval(mail.AskedById, db.Users.Where(user => user.Id == mail.AskedById).Select(user => user.Email).FirstOrDefault(), mail.QueuedUtc))
                .FirstOrDefaultAsync(cancellationToken),
            AuthorIds = authors,
            Authors = [.. staff.Where(member => authors.Contains(member.Id)).Select(member => member.Email)],
            MayApprove = [.. staff.Where(member => member.Publishes && !authors.Contains(member.Id)).Select(member => member.Email)],
        };
    }

    /// <exception cref="RefusedException">No such edition, another content than was looked at, or one's own work under the two-person rule.</exception>
    public async Task ApproveAsync(ApproveEdition approve, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldEditionAsync(approve.Month, null, cancellationToken);
        var draft = await documents.ReadDraftAsync(approve.Month, cancellationToken) ?? throw new RefusedException($"There is no edition of {approve.Month.Title}.");
        var document = draft.AsReadersWouldGetIt();
        var editionId = await KeyAsync(approve.Month, cancellationToken);
        var sha256 = await PrintAsync(document, editionId, cancellationToken);
        if (sha256 != approve.Seen)
            throw new RefusedException("Somebody changed the edition after you opened this page. Look at what it says now, then approve it.");
        if (options.Value.TwoPersonRule && (await AuthorsAsync(editionId, cancellationToken)).Contains(approve.ById))
            throw new RefusedException("You changed this edition last, so somebody else must approve it.");
        if (!await db.Approvals.AnyAsync(
            given => given.EditionId == editionId && given.ApprovedById == approve.ById && given.Sha256 == sha256 && given.WithdrawnUtc == null, cancellationToken))
            db.Add(new Approval { EditionId = editionId, ApprovedById = approve.ById, ApprovedUtc = Now, Document = document.ToJson(), Sha256 = sha256 });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes back every approval of this edition that somebody has given.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task WithdrawAsync(EditionMonth month, int byId, CancellationToken cancellationToken = default)
    {
        var now = Now;
        if (await db.Approvals
            .Where(approval => approval.Edition!.Month == month && approval.ApprovedById == byId && approval.WithdrawnUtc == null)
            .ExecuteUpdateAsync(row => row.SetProperty(approval => approval.WithdrawnUtc, now), cancellationToken) == 0)
            throw new RefusedException("You have not approved this edition.");
    }

    /// <summary>For publishing, which holds the edition's row.</summary>
    /// <exception cref="RefusedException">The two-person rule holds, and nobody whose approval counts has approved this content.</exception>
    internal async Task RefuseUnapprovedAsync(EditionDocument draft, PublishEdition publish, CancellationToken cancellationToken)
    {
        if (!options.Value.TwoPersonRule)
            return;
        var state = await ReadAsync(draft, cancellationToken);
        if (!state.Counts)
            throw new RefusedException($"{draft.Month.Title} was not published: {state.Wanted}");
        // An approval is of the text. What a correction says is read by nobody before readers, so it is not the author's to say alone.
        if (publish.Correction is not null && (publish.ById is not { } byId || state.AuthorIds.Contains(byId)))
            throw new RefusedException($"{draft.Month.Title} was not published: a correction must be written by somebody other than {state.Author ?? "whoever changed the edition last"}, at the desk.");
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task<int> KeyAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.Where(edition => edition.Month == month).Select(edition => edition.Id).SingleAsync(cancellationToken);

    /// <summary>Hash of what is approved: what readers would get, and until when which of it is held back, which only staff see.</summary>
    private async Task<string> PrintAsync(EditionDocument document, int editionId, CancellationToken cancellationToken)
    {
        var embargoes = await db.EditionItems
            .Where(item => item.EditionId == editionId && item.NotBeforeUtc != null)
            .OrderBy(item => item.Id)
            .Select(item => new { item.Slug, item.NotBeforeUtc })
            .ToListAsync(cancellationToken);
        var text = document.Fingerprint();
        return embargoes.Count == 0
            ? text
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
                string.Join('\n', embargoes.Select(held => string.Create(CultureInfo.InvariantCulture, $"{held.Slug} {held.NotBeforeUtc:O}")).Prepend(text)))));
    }

    /// <summary>Who saved it last, and who has given its sectors, sections, sources and topics another name or place since; not those who did it by a command, or by an import at first start.</summary>
    private async Task<IReadOnlyCollection<int>> AuthorsAsync(int editionId, CancellationToken cancellationToken)
    {
        var last = await db.Revisions
            .Where(revision => revision.EditionId == editionId && revision.Text != RevisedText.Finding && revision.Text != RevisedText.SetAside)
            .OrderByDescending(revision => revision.Id).Select(revision => new { revision.Id, revision.SavedById }).FirstOrDefaultAsync(cancellationToken);
        var after = last?.Id ?? 0;
        var headings = await db.Revisions
            .Where(revision => revision.Id > after
                && ((revision.Text == RevisedText.Sector && db.EditionItems.Any(item => item.EditionId == editionId && item.SectorId == revision.TextId))
                    || (revision.Text == RevisedText.Section && db.EditionItems.Any(item => item.EditionId == editionId && item.SectionId == revision.TextId))
                    || (revision.Text == RevisedText.Source && db.EditionItems.Any(item => item.EditionId == editionId && item.SourceId == revision.TextId))
                    || (revision.Text == RevisedText.Topic && db.Topics.Any(topic => topic.Id == revision.TextId && db.EditionItems.Any(item => item.EditionId == editionId
                        && (item.Topics.Contains(topic.Slug) || db.MergedTopics.Any(merged => merged.TopicId == topic.Id && item.Topics.Contains(merged.Slug))))))))
            .Select(revision => new
            {
                revision.SavedById,
                revision.Text,
                revision.Content,
                Before = db.Revisions
                    .Where(earlier => earlier.Text == revision.Text && earlier.TextId == revision.TextId && earlier.Id < revision.Id)
                    .OrderByDescending(earlier => earlier.Id).Select(earlier => earlier.Content).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return [.. headings
            .Where(heading => heading.Before is null || Heading.Read(heading.Text, heading.Content) != Heading.Read(heading.Text, heading.Before))
            .Select(heading => heading.SavedById).Append(last?.SavedById).OfType<int>().Distinct()];
    }

    /// <summary>What readers see of a sector, a section, a source or a topic.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Position">Its place; null of what has none.</param>
    /// <param name="Merged">Other names of a source or a topic, among which are those of all that were merged into it; other names of the rest are for imports alone.</param>
    private sealed record Heading(string Name, int? Position, string? Merged)
    {
        public static Heading Read(RevisedText text, string content)
        {
            var saved = Revisions.Read<Saved>(content);
            return new Heading(saved.Name, saved.Position, text is RevisedText.Source or RevisedText.Topic ? string.Join('\n', saved.OtherNames) : null);
        }

        private sealed record Saved(string Name, int? Position, IReadOnlyList<string> OtherNames);
    }
}

public sealed record ApproveEdition
{
    public required EditionMonth Month { get; init; }

    public required int ById { get; init; }

    /// <summary><see cref="ApprovalState.Sha256"/> of what the person looked at.</summary>
    public required string? Seen { get; init; }
}

/// <param name="By">Null for an account that is gone.</param>
public sealed record GivenApproval(int ById, string? By, DateTime ApprovedUtc);

/// <summary>That others were asked to approve the present content.</summary>
/// <param name="ById">Null where nobody in particular did.</param>
/// <param name="By">Null for an account that is gone.</param>
public sealed record AskedApproval(int? ById, string? By, DateTime AtUtc);

/// <summary>The last approval, of a content that has been changed since.</summary>
/// <param name="By">Null for an account that is gone.</param>
/// <param name="Document">That content, with the keys of today.</param>
public sealed record OutdatedApproval(string? By, DateTime ApprovedUtc, EditionDocument Document);

/// <summary>Whether an edition is approved as it stands now.</summary>
public sealed record ApprovalState
{
    public required EditionMonth Month { get; init; }

    /// <summary>What would be approved now.</summary>
    public required EditionDocument Present { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>The two-person rule holds.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Somebody whose approval counts under the two-person rule has given it.</summary>
    public required bool Counts { get; init; }

    /// <summary>All approvals of the present content.</summary>
    public required IReadOnlyList<GivenApproval> Standing { get; init; }

    /// <summary>Null when the present content is approved, or nothing ever was.</summary>
    public required OutdatedApproval? Before { get; init; }

    /// <summary>The last time; null while nobody has asked.</summary>
    public required AskedApproval? Asked { get; init; }

    /// <summary>Whose approval does not count, since what readers would get is their work.</summary>
    public required IReadOnlyCollection<int> AuthorIds { get; init; }

    /// <summary>Their addresses; without those whose accounts are no longer in use.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>Addresses of those whose approval would count.</summary>
    public required IReadOnlyList<string> MayApprove { get; init; }

    /// <summary>All of <see cref="Authors"/> in words; null when there is none.</summary>
    public string? Author => Authors.Count == 0 ? null : string.Join(" and ", Authors);

    /// <summary>Whose approval does not count, and who can still give it, as sentences after a colon.</summary>
    public string Wanted => $"{(Author is null ? "it needs an approval" : $"{Author} changed it last")}. " + MayApprove switch
    {
        [] => "Another publisher must approve it, and there is no such account yet.",
        [var only] => $"{only} can approve it.",
        _ => $"One of these can approve it: {string.Join(", ", MayApprove)}.",
    };
}
