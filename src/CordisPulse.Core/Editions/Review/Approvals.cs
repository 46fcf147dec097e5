using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions.Review;

/// <summary>
/// Who has approved an edition as it stands. An approval is of exactly one content: an edit afterwards leaves it behind, and whoever saved
/// the edition last can't be the one whose approval counts.
/// </summary>
public sealed class Approvals(PulseDbContext db, EditionDocumentReader documents, IOptions<EditionOptions> options, TimeProvider clock)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<ApprovalState?> ReadAsync(EditionMonth month, CancellationToken cancellationToken = default)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } draft)
            return null;
        var editionId = await db.Editions.Where(edition => edition.Month == month).Select(edition => edition.Id).SingleAsync(cancellationToken);
        var present = draft.AsReadersWouldGetIt();
        var sha256 = present.Fingerprint();
        var lastAuthor = await LastAuthorAsync(editionId, cancellationToken);
        var staff = await ActiveStaff.OfAsync(db, cancellationToken);
        var standing = await db.Approvals
            .Where(approval => approval.EditionId == editionId && approval.WithdrawnUtc == null && approval.Sha256 == sha256)
            .OrderBy(approval => approval.Id)
            .Select(approval => new GivenApproval(approval.ApprovedById, db.Users.Where(user => user.Id == approval.ApprovedById).Select(user => user.Email).FirstOrDefault(), approval.ApprovedUtc))
            .ToListAsync(cancellationToken);
        var before = standing.Count > 0 ? null : await db.Approvals.AsNoTracking()
            .Where(approval => approval.EditionId == editionId && approval.WithdrawnUtc == null)
            .OrderByDescending(approval => approval.Id)
            .Select(approval => new OutdatedApproval(
                db.Users.Where(user => user.Id == approval.ApprovedById).Select(user => user.Email).FirstOrDefault(), approval.ApprovedUtc, approval.Document))
            .FirstOrDefaultAsync(cancellationToken);
        return new ApprovalState
        {
            Month = month,
            Present = present,
            Sha256 = sha256,
            IsRequired = options.Value.TwoPersonRule,
            Counts = standing.Any(given => Counts(given.ById, lastAuthor, staff)),
            Standing = standing,
            Before = before,
            LastAuthorId = lastAuthor,
            LastAuthor = staff.FirstOrDefault(member => member.Id == lastAuthor)?.Email,
            MayApprove = [.. staff.Where(member => member.Publishes && member.Id != lastAuthor).Select(member => member.Email)],
        };
    }

    /// <exception cref="RefusedException">No such edition, another content than was looked at, or one's own work under the two-person rule.</exception>
    public async Task ApproveAsync(ApproveEdition approve, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await HoldAsync(approve.Month, cancellationToken);
        var draft = await documents.ReadDraftAsync(approve.Month, cancellationToken) ?? throw new RefusedException($"There is no edition of {approve.Month.Title}.");
        var document = draft.AsReadersWouldGetIt();
        var sha256 = document.Fingerprint();
        if (sha256 != approve.Seen)
            throw new RefusedException("Somebody changed the edition after you opened this page. Look at what it says now, then approve it.");
        var editionId = await db.Editions.Where(edition => edition.Month == approve.Month).Select(edition => edition.Id).SingleAsync(cancellationToken);
        if (options.Value.TwoPersonRule && await LastAuthorAsync(editionId, cancellationToken) == approve.ById)
            throw new RefusedException("You saved this edition last, so somebody else must approve it.");
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
        var state = (await ReadAsync(draft.Month, cancellationToken))!;
        if (!state.Counts)
            throw new RefusedException($"{draft.Month.Title} was not published: {state.Wanted}");
        // An approval is of the text. What a correction says is read by nobody before readers, so it is not the author's to say alone.
        if (publish.Correction is not null && (publish.ById is null || publish.ById == state.LastAuthorId))
            throw new RefusedException($"{draft.Month.Title} was not published: a correction must be written by somebody other than {state.LastAuthor ?? "whoever saved the edition last"}, at the desk.");
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static bool Counts(int byId, int? lastAuthor, IReadOnlyList<StaffMember> staff)
        => byId != lastAuthor && staff.Any(member => member.Id == byId && member.Publishes);

    /// <summary>Null when a command, or an import at first start, saved it last.</summary>
    private Task<int?> LastAuthorAsync(int editionId, CancellationToken cancellationToken)
        => db.Revisions
            .Where(revision => revision.EditionId == editionId && revision.Text != RevisedText.Finding && revision.Text != RevisedText.SetAside)
            .OrderByDescending(revision => revision.Id).Select(revision => revision.SavedById).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Holds the edition's row until the transaction ends, as <see cref="EditionComposer"/> does before every change.</summary>
    private Task<int> HoldAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.Where(edition => edition.Month == month).ExecuteUpdateAsync(row => row.SetProperty(edition => edition.ChangedUtc, edition => edition.ChangedUtc), cancellationToken);
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

/// <summary>The last approval, of a content that has been changed since.</summary>
/// <param name="By">Null for an account that is gone.</param>
public sealed record OutdatedApproval(string? By, DateTime ApprovedUtc, string Document);

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

    public required int? LastAuthorId { get; init; }

    /// <summary>Null when a command saved it last, and for an account that is no longer in use.</summary>
    public required string? LastAuthor { get; init; }

    /// <summary>Addresses of those whose approval would count.</summary>
    public required IReadOnlyList<string> MayApprove { get; init; }

    /// <summary>Who must still approve, as a sentence's end.</summary>
    public string Wanted => $"it needs the approval of a publisher{(LastAuthor is null ? "" : $" other than {LastAuthor}, who saved it last")}"
        + (MayApprove.Count == 0 ? "; there is no such account yet." : $": {string.Join(", ", MayApprove)}.");
}
