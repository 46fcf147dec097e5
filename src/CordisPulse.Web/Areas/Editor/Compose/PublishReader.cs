using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Review;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

public sealed class PublishForm : DraftedForm
{
    [StringLength(Limits.Note, ErrorMessage = "The note can have 1,000 characters.")]
    public string? Note { get; set; }

    [StringLength(Limits.Note, ErrorMessage = "The correction can have 1,000 characters.")]
    public string? Correction { get; set; }

    [JsonIgnore]
    public bool IsEmpty => this is { Note: null, Correction: null };

    /// <param name="month">The edition.</param>
    /// <param name="byId">Who publishes it.</param>
    /// <param name="seen">What of the edition they saw.</param>
    public PublishEdition ToPublish(EditionMonth month, int byId, string? seen)
        => new() { Month = month, ById = byId, Note = Blank.ToNull(Note), Correction = Blank.ToNull(Correction), Seen = seen };

    public KeepDraft ToDraft(DraftPlace place) => new() { Place = place, Version = Version, Mark = Mark, Fields = JsonSerializer.Serialize(this, DraftJson.Options) };

    protected override IReadOnlyList<FormField> Fields => [new("Correction", nameof(Correction), Correction, value => Correction = value), new("Note", nameof(Note), Note, value => Note = value)];

    public IEnumerable<ConflictField> Beside(PublishForm theirs) => Compare(theirs);
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
/// <param name="Draft">Of the note and the correction.</param>
/// <param name="Seen">Tells the text on this page from what somebody may save meanwhile.</param>
public sealed record PublishPage(
    EditionMonth Month, int? Revision, bool WasPublished, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Changes, ApprovalState Approval, IReadOnlyList<string> Publishers, PublishForm Form, DraftView Draft, string Seen)
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

    /// <summary>Who waits for an approval writes meanwhile; what was typed before an error got in its way stays.</summary>
    public bool IsOffered => !Errors.Any() || !Form.IsEmpty;

    /// <summary>A correction of theirs would be refused, since no approval covers it.</summary>
    public bool IsAuthor => Approval.IsRequired && Approval.AuthorIds.Contains(Draft.Place.AccountId);

    public IEnumerable<Finding> Errors => Findings.Where(finding => finding.Severity == FindingSeverity.Error);

    public IEnumerable<Finding> Warnings => Findings.Where(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null });
}

public sealed record UnpublishPage(EditionMonth Month, UnpublishForm Form)
{
    public string Board => $"/editor/editions/{Month}";
}

/// <summary>Reads what publishing will do.</summary>
public sealed class PublishReader(PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, Approvals approvals, DraftedForms forms)
{
    /// <summary>Null when there is no such edition.</summary>
    /// <param name="month">The edition.</param>
    /// <param name="place">Whose note and correction they are.</param>
    /// <param name="posted">The form that was refused; null for the one with what this person has typed before.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PublishPage?> ReadAsync(EditionMonth month, DraftPlace place, PublishForm? posted, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } draft)
            return null;
        var (form, typed) = posted is null
            ? await forms.ReadAsync(place, typed: true, new PublishForm(), _ => [], cancellationToken)
            : (posted, await forms.PostedAsync(place, cancellationToken));
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
            await documents.ReadUnpublishedChangesAsync(draft, cancellationToken),
            await approvals.ReadAsync(draft, cancellationToken),
            publishers,
            form,
            typed,
            draft.FingerprintOfText());
    }

    public Task<bool> IsPublishedAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.AnyAsync(e => e.Month == month && e.PublishedRevision != null, cancellationToken);
}
