using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Features.Archive;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Published;

/// <param name="Current">The revision that readers see now; null while they see nothing.</param>
/// <param name="Revisions">Newest first.</param>
/// <param name="TakenBack">Newest first.</param>
public sealed record PublishedPage(EditionMonth Month, int? Current, IReadOnlyList<PublishedLine> Revisions, IReadOnlyList<TakenBackLine> TakenBack)
{
    public string Address => $"/editor/editions/{Month}/published";
}

/// <param name="By">Null when a command published it.</param>
/// <param name="Note">For colleagues.</param>
/// <param name="Correction">For readers.</param>
public sealed record PublishedLine(int Revision, DateTime PublishedUtc, string? By, string? Note, string? Correction);

public sealed record TakenBackLine(int Revision, DateTime WithdrawnUtc, string? By, string Reason);

/// <param name="Changes">What differs from the revision before, a line each; null for the first.</param>
public sealed record PublishedRevisionPage(EditionMonth Month, PublishedLine Line, IReadOnlyList<string>? Changes)
{
    public string Address => $"/editor/editions/{Month}/published";
}

/// <summary>Reads what was published of an edition.</summary>
public sealed class PublishedReader(PulseDbContext db, Publisher publisher)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<PublishedPage?> ReadAsync(EditionMonth month, CancellationToken cancellationToken)
    {
        if (await db.Editions.Where(e => e.Month == month).Select(e => new { e.Id, e.PublishedRevision }).SingleOrDefaultAsync(cancellationToken) is not { } edition)
            return null;
        var takenBack = await db.Withdrawals
            .Where(withdrawal => withdrawal.EditionId == edition.Id)
            .OrderByDescending(withdrawal => withdrawal.Id)
            .Select(withdrawal => new TakenBackLine(
                withdrawal.Revision, withdrawal.WithdrawnUtc,
                db.Users.Where(user => user.Id == withdrawal.WithdrawnById).Select(user => user.Email).FirstOrDefault(), withdrawal.Reason))
            .ToListAsync(cancellationToken);
        return new PublishedPage(month, edition.PublishedRevision, await Lines(db.PublishedEditions.Where(p => p.Month == month)).ToListAsync(cancellationToken), takenBack);
    }

    /// <summary>Null when there is no such revision.</summary>
    public async Task<PublishedRevisionPage?> ReadRevisionAsync(EditionMonth month, int revision, CancellationToken cancellationToken)
    {
        if (await Lines(db.PublishedEditions.Where(p => p.Month == month && p.Revision == revision)).SingleOrDefaultAsync(cancellationToken) is not { } line
            || await FindAsync(month, revision, cancellationToken) is not { } document)
            return null;
        var before = await FindAsync(month, revision - 1, cancellationToken);
        var keys = await FormerKeys.ReadAsync(db, month, cancellationToken);
        return new PublishedRevisionPage(month, line, before is null ? null : EditionChanges.Between(before.With(keys), document.With(keys)));
    }

    /// <summary>The public page as it was; null when there is no such revision.</summary>
    public async Task<EditionPage?> ReadPageAsync(EditionMonth month, int revision, CancellationToken cancellationToken)
        => await FindAsync(month, revision, cancellationToken) is { } document
            ? new EditionPage(document, Pulse.Of(document), (await publisher.GetAsync(cancellationToken)).Name, null, null)
            : null;

    private async Task<EditionDocument?> FindAsync(EditionMonth month, int revision, CancellationToken cancellationToken)
        => await db.PublishedEditions.Where(p => p.Month == month && p.Revision == revision).Select(p => p.Document).SingleOrDefaultAsync(cancellationToken) is { } json
            ? EditionDocument.FromJson(json)
            : null;

    private IQueryable<PublishedLine> Lines(IQueryable<PublishedEdition> editions) => editions
        .OrderByDescending(p => p.Revision)
        .Select(p => new PublishedLine(
            p.Revision, p.PublishedUtc, db.Users.Where(user => user.Id == p.PublishedById).Select(user => user.Email).FirstOrDefault(), p.Note, p.Correction));
}
