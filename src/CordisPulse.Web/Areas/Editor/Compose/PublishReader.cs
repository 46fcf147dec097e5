using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

public sealed class PublishForm
{
    [StringLength(Limits.Note, ErrorMessage = "The note can have 1,000 characters.")]
    public string? Note { get; set; }

    [StringLength(Limits.Note, ErrorMessage = "The correction can have 1,000 characters.")]
    public string? Correction { get; set; }

    /// <summary>What of the edition the person saw.</summary>
    public string? Seen { get; set; }

    public PublishEdition ToPublish(EditionMonth month, int byId)
        => new() { Month = month, ById = byId, Note = Blank.ToNull(Note), Correction = Blank.ToNull(Correction), Seen = Seen };
}

public sealed class UnpublishForm
{
    [Written(ErrorMessage = "Say why the edition is taken back.")]
    [StringLength(Limits.Note, ErrorMessage = "The reason can have 1,000 characters.")]
    public string? Reason { get; set; }
}

/// <param name="Revision">What readers see now; null while they see nothing.</param>
/// <param name="WasPublished">Readers have seen it, be it that it was taken back since.</param>
/// <param name="Changes">What is different from what readers see, a line each.</param>
/// <param name="Approval">Of the text as it stands.</param>
/// <param name="Publishers">Addresses of those who may publish.</param>
/// <param name="Seen">Tells the text on this page from what somebody may save meanwhile.</param>
public sealed record PublishPage(
    EditionMonth Month, int? Revision, bool WasPublished, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Changes, ApprovalState Approval, IReadOnlyList<string> Publishers, PublishForm Form, string Seen)
{
    public string Board => $"/editor/editions/{Month}";

    /// <summary>Publishing would change nothing that readers see.</summary>
    public bool IsAsPublished => Revision is not null && Changes.Count == 0;

    /// <summary>It would be refused for want of an approval.</summary>
    public bool IsUnapproved => Approval is { IsRequired: true, Counts: false };

    /// <summary>What must be done before it can be published, as the ends of a sentence; none when nothing stands in its way.</summary>
    public IReadOnlyList<string> Obstacles => [.. new[]
    {
        Errors.Any() ? $"{Counted.Of(Errors.Count(), "error is", "errors are")} mended" : null,
        IsUnapproved ? "it is approved as it stands" : null,
    }.OfType<string>()];

    /// <summary>What was typed before somebody else got in its way stays.</summary>
    public bool IsOffered => Obstacles.Count == 0 || Form is not { Note: null, Correction: null };

    public IEnumerable<Finding> Errors => Findings.Where(finding => finding.Severity == FindingSeverity.Error);

    public IEnumerable<Finding> Warnings => Findings.Where(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null });
}

public sealed record UnpublishPage(EditionMonth Month, UnpublishForm Form)
{
    public string Board => $"/editor/editions/{Month}";
}

/// <summary>Reads what publishing will do.</summary>
public sealed class PublishReader(PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, Approvals approvals)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<PublishPage?> ReadAsync(EditionMonth month, PublishForm form, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } draft)
            return null;
        var published = await documents.ReadPublishedAsync(month, cancellationToken);
        var publishers = await db.Users
            .Where(user => db.UserRoles.Any(given => given.UserId == user.Id
                && db.Roles.Any(role => role.Id == given.RoleId && (role.Name == Roles.Publisher || role.Name == Roles.Administrator))))
            .OrderBy(user => user.Email)
            .Select(user => user.Email!)
            .ToListAsync(cancellationToken);
        return new PublishPage(
            month,
            await db.Editions.Where(e => e.Month == month).Select(e => e.PublishedRevision).SingleAsync(cancellationToken),
            await db.PublishedEditions.AnyAsync(p => p.Month == month, cancellationToken),
            await checks.RunAsync(draft, cancellationToken),
            published is null ? [] : EditionChanges.Between(published, draft),
            (await approvals.ReadAsync(month, cancellationToken))!,
            publishers,
            form,
            draft.FingerprintOfText());
    }

    public Task<bool> IsPublishedAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.AnyAsync(e => e.Month == month && e.PublishedRevision != null, cancellationToken);
}
