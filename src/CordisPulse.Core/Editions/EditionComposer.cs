using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

/// <summary>
/// Everything that editors do to an edition's working text. A save names the version that the editor began with; when somebody saved
/// another one since, nothing is overwritten. Every text saved or removed is kept as a <see cref="Revision"/>.
/// </summary>
public sealed partial class EditionComposer(PulseDbContext db, StaffMails staff, TimeProvider clock)
{
    /// <summary>The source that the act made; null when it made none.</summary>
    private Source? _newSource;

    /// <exception cref="TextConflictException{T}">Of <see cref="EditionText"/>.</exception>
    /// <exception cref="TextGoneException">No such edition.</exception>
    public Task SaveTextsAsync(SaveEditionTexts save, CancellationToken cancellationToken = default)
        => ChangeAsync(save.Month, async (editionId, now) =>
        {
            var edition = await db.Editions.SingleAsync(e => e.Id == editionId, cancellationToken);
            if (await NewerAsync(RevisedText.Edition, editionId, save.Version, cancellationToken) is { } newer)
                throw await ConflictAsync(RevisedText.Edition, editionId, save.Version, newer, TextOf(edition), edition.Version, cancellationToken);
            Fill(edition, save.Text);
            edition.ChangedUtc = now;
            db.Add(AfterSave(Revisions.Of(edition, save.ById, now)));
            await db.SaveChangesAsync(cancellationToken);
            await DropDraftAsync(RevisedText.Edition, editionId, 0, save.ById, save.Draft, cancellationToken);
        }, cancellationToken);

    /// <summary>Saves an earlier text once more, over whatever stands now, which stays in the history; or puts back what stood where after a change of the order.</summary>
    /// <returns>The revisions that it made, to be undone together; none when nothing differs.</returns>
    /// <exception cref="TextGoneException">The text, or the save, is not in the edition.</exception>
    /// <exception cref="RefusedException">It is no text that could be saved again.</exception>
    public async Task<IReadOnlyList<long>> RestoreAsync(RestoreText restore, CancellationToken cancellationToken = default)
    {
        var made = new List<long>();
        var order = await ReorderAsync(restore.Month, restore.ById, async (editionId, now) =>
        {
            var saved = await SavedAsync(editionId, restore.RevisionId, cancellationToken);
            switch (saved.Text)
            {
                case RevisedText.Order:
                    await ArrangeAsync(editionId, Revisions.Read<OrderChange>(saved).After, cancellationToken);
                    break;
                case RevisedText.SetAside:
                    made.Add(await SetAsideAgainAsync(editionId, Revisions.Read<SettledText>(saved), restore.ById, now, cancellationToken));
                    break;
                case RevisedText.Finding:
                    throw new RefusedException("A warning is left or shown again on the page of the checks.");
                default:
                    if (!await SaysSoAlreadyAsync(editionId, saved, cancellationToken))
                        made.Add(await SayAgainAsync(editionId, saved, restore.ById, now, cancellationToken));
                    break;
            }
        }, cancellationToken);
        return order is { } id ? [.. made, id] : made;
    }

    private async Task<bool> SaysSoAlreadyAsync(int editionId, Revision saved, CancellationToken cancellationToken) => saved.Text switch
    {
        RevisedText.Item => Revisions.SayTheSame(TextOf(await FindItemAsync(editionId, saved.TextId, cancellationToken)), Revisions.Read<ItemText>(saved)),
        RevisedText.News => Revisions.SayTheSame(TextOf(await FindNewsAsync(editionId, saved.TextId, cancellationToken)), Revisions.Read<NewsText>(saved)),
        _ => Revisions.SayTheSame(TextOf(await db.Editions.SingleAsync(edition => edition.Id == editionId, cancellationToken)), Revisions.Read<EditionText>(saved)),
    };

    /// <summary>Saves an earlier text once more. What anybody has typed and not saved stays a draft.</summary>
    /// <returns>Key of the revision that it made.</returns>
    private async Task<long> SayAgainAsync(int editionId, Revision saved, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var textId = saved.TextId;
        switch (saved.Text)
        {
            case RevisedText.Item:
                var item = await FindItemAsync(editionId, saved.TextId, cancellationToken);
                var (source, _) = await FindSourceAsync(Revisions.Read<ItemText>(saved).Source, cancellationToken);
                await RetitleAsync(editionId, item, Revisions.Read<ItemText>(saved).Title, cancellationToken);
                Fill(item, Revisions.Read<ItemText>(saved), source);
                textId = item.Id;
                db.Entry(item).State = EntityState.Modified;
                db.Add(AfterSave(Revisions.Of(item, source?.Name, byId, now)));
                break;
            case RevisedText.News:
                var news = await FindNewsAsync(editionId, saved.TextId, cancellationToken);
                Fill(news, Revisions.Read<NewsText>(saved));
                textId = news.Id;
                db.Entry(news).State = EntityState.Modified;
                db.Add(AfterSave(Revisions.Of(news, byId, now)));
                break;
            default:
                var edition = await db.Editions.SingleAsync(e => e.Id == editionId, cancellationToken);
                Fill(edition, Revisions.Read<EditionText>(saved));
                db.Entry(edition).State = EntityState.Modified;
                db.Add(AfterSave(Revisions.Of(edition, byId, now)));
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        return (await LastRevisionAsync(saved.Text, editionId, textId, cancellationToken)).Id;
    }

    public static EditionText TextOf(Edition edition) => new()
    {
        Introduction = edition.Introduction,
        SignOffName = edition.SignOffName,
        SignOffRole = edition.SignOffRole,
        Subject = edition.Subject,
        Preheader = edition.Preheader,
        PublishedOn = edition.PublishedOn,
    };

    private static void Fill(Edition edition, EditionText text)
    {
        edition.Introduction = text.Introduction;
        edition.SignOffName = text.SignOffName;
        edition.SignOffRole = text.SignOffRole;
        edition.Subject = text.Subject;
        edition.Preheader = text.Preheader;
        edition.PublishedOn = text.PublishedOn;
    }

    /// <summary>Holds the edition's row, marks it as changed, and runs <paramref name="change"/> in the same transaction.</summary>
    private async Task ChangeAsync(EditionMonth month, Func<int, DateTime, Task> change, CancellationToken cancellationToken)
    {
        int? unscheduled = null;
        await ChangeAsync(async now =>
        {
            await db.HoldEditionAsync(month, now, cancellationToken);
            var editionId = await db.Editions.Where(e => e.Month == month).Select(e => (int?)e.Id).SingleOrDefaultAsync(cancellationToken)
                ?? throw new TextGoneException($"There is no edition of {month.Title}.");
            await change(editionId, now);
            unscheduled = await db.UnscheduleEditedAsync(editionId, cancellationToken);
        }, cancellationToken);
        if (unscheduled is { } mailingId)
            await staff.ScheduleHeldAsync(mailingId, cancellationToken);
    }

    private async Task ChangeAsync(Func<DateTime, Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await change(Now());
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException("Somebody else saved this at the same moment. Save again.");
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Sources", "Slug") || e.IsUniqueViolation("EditionItems", "Slug"))
        {
            throw new RefusedException("Somebody else added the same name at the same moment. Save again.");
        }
    }

    private Task<NewerSave?> NewerAsync(RevisedText text, int textId, int version, CancellationToken cancellationToken)
        => NewerSave.FindAsync(db, text, textId, version, cancellationToken);

    /// <param name="text">Kind of the text.</param>
    /// <param name="textId">Its key.</param>
    /// <param name="begunWith">The version that the editor began with.</param>
    /// <param name="newer">The save that came in between.</param>
    /// <param name="stands">What the text says now.</param>
    /// <param name="version">Its version now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    private async Task<TextConflictException<T>> ConflictAsync<T>(
        RevisedText text, int textId, int begunWith, NewerSave newer, T stands, int version, CancellationToken cancellationToken)
        where T : class
    {
        var began = await db.Revisions
            .Where(revision => revision.Text == text && revision.TextId == textId && revision.Version <= begunWith)
            .OrderByDescending(revision => revision.Version).ThenByDescending(revision => revision.Id)
            .Select(revision => revision.Content)
            .FirstOrDefaultAsync(cancellationToken);
        return new TextConflictException<T>(new StoredText<T>(stands, version, newer.SavedUtc, newer.SavedBy) { Began = began is null ? null : Revisions.Read<T>(began) });
    }

    private async Task<Revision> LastRevisionAsync(RevisedText text, int? editionId, int textId, CancellationToken cancellationToken)
        => await db.Revisions.AsNoTracking()
            .Where(revision => revision.Text == text && revision.EditionId == editionId && revision.TextId == textId)
            .OrderByDescending(revision => revision.Version).ThenByDescending(revision => revision.Id)
            .FirstOrDefaultAsync(cancellationToken)
            ?? throw new TextGoneException($"This was never in the {(editionId is null ? "intake" : "edition")}.");

    /// <summary>The save that is about to come raises the row's version.</summary>
    private static Revision AfterSave(Revision revision)
    {
        revision.Version++;
        return revision;
    }

    /// <summary>What a person has saved is a draft no longer; what they have typed into another window is.</summary>
    private Task<int> DropDraftAsync(RevisedText text, int? editionId, int textId, int byId, DraftMark mark, CancellationToken cancellationToken)
        => db.TextDrafts
            .Where(draft => draft.AccountId == byId && draft.EditionId == editionId && draft.Text == text && draft.TextId == textId)
            .Where(mark.Owns())
            .ExecuteDeleteAsync(cancellationToken);

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    /// <summary>Puts one row a step up or down; null when it stands at that end.</summary>
    private static (T Moved, T Neighbour)? Step<T>(IReadOnlyList<T> rows, Predicate<T> isMoved, MoveDirection direction)
    {
        var from = rows.ToList().FindIndex(isMoved);
        var to = direction == MoveDirection.Up ? from - 1 : from + 1;
        return from < 0 || to < 0 || to >= rows.Count ? null : (rows[from], rows[to]);
    }

    /// <summary>Where an item or a news item stood, as its revision has it.</summary>
    private sealed record ItemPlacing(int? SectorId, int? SectionId, int Position);
}
