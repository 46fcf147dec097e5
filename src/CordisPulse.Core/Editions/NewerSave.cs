using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

/// <summary>The last save of a text after the version that an editor began with.</summary>
/// <param name="RevisionId">Its key.</param>
/// <param name="SavedBy">Address of who saved it; null for a command or an import at first start.</param>
public sealed record NewerSave(long RevisionId, DateTime SavedUtc, string? SavedBy)
{
    /// <summary>Null when nobody has. A row's version alone does not tell: publishing and moving raise it too, and change no word.</summary>
    internal static async Task<NewerSave?> FindAsync(PulseDbContext db, RevisedText text, int textId, int version, CancellationToken cancellationToken)
    {
        var newer = await db.Revisions.AsNoTracking()
            .Where(revision => revision.Text == text && revision.TextId == textId && revision.Version > version)
            .OrderByDescending(revision => revision.Version)
            .FirstOrDefaultAsync(cancellationToken);
        // Whoever brought a text back has not written it.
        while (newer is not null && FormerKeys.WasIdIn(newer.Content) is { } was)
        {
            var saved = newer.Version;
            newer = await db.Revisions.AsNoTracking()
                .Where(revision => revision.Text == text && revision.TextId == was && revision.Version == saved)
                .OrderBy(revision => revision.Id)
                .FirstOrDefaultAsync(cancellationToken);
        }

        return newer is null
            ? null
            : new NewerSave(newer.Id, newer.SavedUtc, await db.Users.Where(user => user.Id == newer.SavedById).Select(user => user.Email).FirstOrDefaultAsync(cancellationToken));
    }
}
