using System.Linq.Expressions;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

/// <summary>Keeps what is typed and not saved, for the person who typed it alone, and knows who else has the same form open.</summary>
public sealed class TextDrafts(PulseDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <returns>Null when the text is not there.</returns>
    /// <exception cref="RefusedException">There is more of it than is kept.</exception>
    /// <exception cref="KeptElsewhereException">Another window of this person has kept something else, which this one has not taken up.</exception>
    public async Task<KeptDraft?> KeepAsync(KeepDraft keep, CancellationToken cancellationToken = default)
    {
        if (keep.Fields?.Length > Limits.Draft)
            throw new RefusedException("This is too long to be kept on the server.");
        var (isThere, editionId) = await FindEditionAsync(keep.Place, cancellationToken);
        if (!isThere)
            return await StandingAsync(keep.Place, cancellationToken) is var standing && standing != keep.Place ? await KeepAsync(keep with { Place = standing }, cancellationToken) : null;
        var now = Now();
        if (!await WriteOverAsync(keep, now, cancellationToken))
            try
            {
                db.Add(new TextDraft
                {
                    AccountId = keep.Place.AccountId,
                    EditionId = editionId,
                    Text = keep.Place.Text,
                    TextId = keep.Place.TextId,
                    TextVersion = keep.Version,
                    Fields = keep.Fields,
                    Window = keep.Mark.Window,
                    SavedUtc = now,
                    SeenUtc = now,
                });
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (e.IsUniqueViolation("TextDrafts", "TextId"))
            {
                // Another window of the same person was first.
                if (!await WriteOverAsync(keep, now, cancellationToken))
                    throw;
            }
            catch (DbUpdateException) when (editionId is not null)
            {
                if ((await FindEditionAsync(keep.Place, cancellationToken)).IsThere)
                    throw;
                // The edition was taken away in this moment.
                return null;
            }

        if (keep.Fields is not null)
            await db.TextDrafts.Where(draft => draft.SeenUtc < now - Longest).ExecuteDeleteAsync(cancellationToken);
        return new KeptDraft(now, await EditedByAsync(keep.Place, cancellationToken), await SavedSinceAsync(keep, editionId, cancellationToken));
    }

    /// <summary>The form is closed, and nothing was typed into it.</summary>
    public async Task LeaveAsync(DraftPlace place, CancellationToken cancellationToken = default)
        => await At(await StandingAsync(place, cancellationToken)).Where(draft => draft.Fields == null).ExecuteDeleteAsync(cancellationToken);

    /// <summary>What another window has kept, and this one has not taken up, stays.</summary>
    public async Task LetGoAsync(DraftPlace place, DraftMark mark, CancellationToken cancellationToken = default)
        => await At(await StandingAsync(place, cancellationToken)).Where(mark.Owns()).ExecuteDeleteAsync(cancellationToken);

    /// <summary>What this person typed and did not save; null when there is nothing.</summary>
    public Task<FoundDraft?> FindAsync(DraftPlace place, CancellationToken cancellationToken = default)
        => At(place).Where(draft => draft.Fields != null)
            // SQLite lets two windows of one person add a draft for the intake at the same moment.
            .OrderByDescending(draft => draft.Id)
            .Select(draft => new FoundDraft(draft.Fields!, draft.TextVersion, draft.Window, draft.SavedUtc))
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Addresses of the others who have this text open. What two people add is not the same text.</summary>
    public async Task<IReadOnlyList<string>> EditedByAsync(DraftPlace place, CancellationToken cancellationToken = default)
    {
        if (place is { TextId: 0, Text: not RevisedText.Edition })
            return [];
        var since = Now() - Fresh;
        return await Of(place)
            .Where(draft => draft.AccountId != place.AccountId && draft.SeenUtc > since)
            .OrderBy(draft => draft.Account!.Email)
            .Select(draft => draft.Account!.Email!)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The items and news of an edition that others have open.</summary>
    public async Task<IReadOnlyList<OpenText>> OpenInAsync(EditionMonth month, int exceptAccountId, CancellationToken cancellationToken = default)
    {
        var since = Now() - Fresh;
        return await db.TextDrafts
            .Where(draft => draft.Edition!.Month == month && draft.AccountId != exceptAccountId && draft.SeenUtc > since && draft.TextId != 0)
            .OrderBy(draft => draft.Account!.Email)
            .Select(draft => new OpenText(draft.Text, draft.TextId, draft.Account!.Email!))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What was saved since the version that the form began with, which it will meet when it is saved.</summary>
    private async Task<NewerSave?> SavedSinceAsync(KeepDraft keep, int? editionId, CancellationToken cancellationToken) => keep.Place switch
    {
        { Text: RevisedText.Edition } => await NewerSave.FindAsync(db, RevisedText.Edition, editionId!.Value, keep.Version, cancellationToken),
        { Text: RevisedText.Item or RevisedText.News, TextId: > 0 and var id } => await NewerSave.FindAsync(db, keep.Place.Text, id, keep.Version, cancellationToken),
        _ => null,
    };

    private IQueryable<TextDraft> At(DraftPlace place) => Of(place).Where(draft => draft.AccountId == place.AccountId);

    private IQueryable<TextDraft> Of(DraftPlace place)
    {
        var drafts = db.TextDrafts.Where(draft => draft.Text == place.Text && draft.TextId == place.TextId);
        return place.Month is { } month ? drafts.Where(draft => draft.Edition!.Month == month) : drafts.Where(draft => draft.EditionId == null);
    }

    /// <summary>Over a draft that is the window's own; the very same words are in nobody's way.</summary>
    /// <returns>False when there is no draft.</returns>
    private async Task<bool> WriteOverAsync(KeepDraft keep, DateTime now, CancellationToken cancellationToken)
    {
        if (await TouchAsync(keep, keep.Mark, now, cancellationToken))
            return true;
        if (keep.Fields is null || await FindAsync(keep.Place, cancellationToken) is not { } found)
            return false;
        return found.Fields == keep.Fields
            ? await TouchAsync(keep, new DraftMark(keep.Mark.Window, found.SavedUtc), now, cancellationToken)
            : throw new KeptElsewhereException(found);
    }

    private async Task<bool> TouchAsync(KeepDraft keep, DraftMark mark, DateTime now, CancellationToken cancellationToken)
        => (keep.Fields is { } fields
            ? await At(keep.Place).Where(mark.Owns()).ExecuteUpdateAsync(
                row => row.SetProperty(draft => draft.Fields, fields).SetProperty(draft => draft.TextVersion, keep.Version)
                    .SetProperty(draft => draft.Window, mark.Window)
                    .SetProperty(draft => draft.SavedUtc, now).SetProperty(draft => draft.SeenUtc, now),
                cancellationToken)
            : await At(keep.Place).ExecuteUpdateAsync(row => row.SetProperty(draft => draft.SeenUtc, now), cancellationToken)) > 0;

    private async Task<(bool IsThere, int? EditionId)> FindEditionAsync(DraftPlace place, CancellationToken cancellationToken)
    {
        var id = place.TextId;
        if (place.Month is not { } month)
            return (id == 0 || await db.IntakeEntries.AnyAsync(entry => entry.ItemId == id, cancellationToken), null);
        var editions = db.Editions.Where(edition => edition.Month == month);
        if (id != 0)
            editions = place.Text switch
            {
                RevisedText.Item => editions.Where(edition => edition.Items.Any(item => item.Id == id)),
                RevisedText.News => editions.Where(edition => edition.News.Any(news => news.Id == id)),
                _ => editions.Where(edition => false),
            };
        var editionId = await editions.Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken);
        return (editionId is not null, editionId);
    }

    /// <summary>Where a text stands now that a form may know by the key that it had before it was removed and put back.</summary>
    private async Task<DraftPlace> StandingAsync(DraftPlace place, CancellationToken cancellationToken)
        => place is { TextId: > 0, Month: { } month, Text: RevisedText.Item or RevisedText.News }
            ? place with { TextId = await FormerKeys.NowAsync(db, month, place.Text, place.TextId, cancellationToken) }
            : place;

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

/// <param name="Month">Null for an item of the intake.</param>
/// <param name="TextId">0 for a text that is to be added, and for the texts of the edition itself.</param>
public sealed record DraftPlace(int AccountId, EditionMonth? Month, RevisedText Text, int TextId);

public sealed record KeepDraft
{
    public required DraftPlace Place { get; init; }

    /// <summary>The version that the editor began with.</summary>
    public required int Version { get; init; }

    public required DraftMark Mark { get; init; }

    /// <summary>The form as JSON; null to say only that it is open.</summary>
    public required string? Fields { get; init; }
}

/// <summary>Which drafts of a text an open form may write over and end.</summary>
/// <param name="Window">The name that the form goes by; null when it has none.</param>
/// <param name="TakenUpUtc">When the draft was kept that the form went on from, or that its reader has chosen to replace; null for none.</param>
public sealed record DraftMark(string? Window, DateTime? TakenUpUtc)
{
    /// <summary>Of what knows of no draft.</summary>
    public static DraftMark None { get; } = new(null, null);

    /// <summary>Its own, the one that it has taken up, and one that says nothing.</summary>
    internal Expression<Func<TextDraft, bool>> Owns()
    {
        var (window, takenUp) = (Window, TakenUpUtc);
        return draft => draft.Fields == null || (window != null && draft.Window == window) || draft.SavedUtc == takenUp;
    }
}

/// <summary>Another window of the same person has kept something else of the same text.</summary>
public sealed class KeptElsewhereException(FoundDraft kept) : RefusedException("Another window of yours has kept something else.")
{
    public FoundDraft Kept { get; } = kept;
}

/// <param name="EditedBy">Who else has the text open.</param>
/// <param name="SavedSince">The last save since the version that the form began with; null when there is none.</param>
public sealed record KeptDraft(DateTime AtUtc, IReadOnlyList<string> EditedBy, NewerSave? SavedSince);

/// <param name="EditedBy">Address of one who has it open.</param>
public sealed record OpenText(RevisedText Text, int TextId, string EditedBy);

/// <param name="Window">The window that it was typed into.</param>
public sealed record FoundDraft(string Fields, int TextVersion, string? Window, DateTime SavedUtc);
