using CordisPulse.Core.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <returns>The new item, at the end of its sector and section.</returns>
    public async Task<SavedItem> AddItemAsync(AddItem add, CancellationToken cancellationToken = default)
    {
        var saved = new SavedItem(0, null);
        var save = await ReorderAsync(add.Month, add.ById, async (editionId, now) =>
        {
            var (source, isNew) = await FindSourceAsync(add.Text.Source, cancellationToken);
            var item = new EditionItem
            {
                EditionId = editionId,
                Title = add.Text.Title,
                Slug = await FreeSlugAsync(editionId, 0, add.Text.Title, cancellationToken),
                Position = await NextPositionAsync(editionId, cancellationToken),
            };
            await PlaceAsync(item, add.SectorId, add.SectionId, cancellationToken);
            Fill(item, add.Text, source);
            db.Add(item);
            await db.SaveChangesAsync(cancellationToken);

            // A revision names its row by key, which the row has only now.
            db.Add(Revisions.Of(item, source?.Name, add.ById, now));
            await db.SaveChangesAsync(cancellationToken);
            await DropDraftAsync(RevisedText.Item, editionId, 0, add.ById, add.Draft, cancellationToken);
            saved = new SavedItem(item.Id, isNew ? source!.Name : null);
        }, cancellationToken);
        return saved with { OrderId = save };
    }

    /// <exception cref="TextConflictException{T}">Of <see cref="ItemText"/>.</exception>
    /// <exception cref="TextGoneException">No such item in the edition.</exception>
    public async Task<SavedItem> SaveItemAsync(SaveItem save, CancellationToken cancellationToken = default)
    {
        var saved = new SavedItem(save.Id, null);
        var (isRewritten, undo) = (false, (long?)null);
        var order = await ReorderAsync(save.Month, save.ById, async (editionId, now) =>
        {
            var item = await FindItemAsync(editionId, save.Id, cancellationToken);
            if (await NewerAsync(RevisedText.Item, item.Id, save.Version, cancellationToken) is { } newer)
                throw await ConflictAsync(RevisedText.Item, item.Id, save.Version, newer, TextOf(item), item.Version, cancellationToken);
            var words = TextOf(item);
            saved = await RewriteAsync(editionId, item, save, now, cancellationToken);
            isRewritten = !Revisions.SayTheSame(words, TextOf(item));
            undo = isRewritten ? await UndoOfAsync(RevisedText.Item, item.Id, editionId, cancellationToken) : null;
            await DropDraftAsync(RevisedText.Item, editionId, item.Id, save.ById, save.Draft, cancellationToken);
        }, cancellationToken);
        // Half of a save is not undone: where the words can't say again what they said, the place stays too.
        return isRewritten && undo is null ? saved : saved with { OrderId = order, WordsId = undo };
    }

    private async Task<SavedItem> RewriteAsync(int editionId, EditionItem item, SaveItem save, DateTime now, CancellationToken cancellationToken)
    {
        var (source, isNew) = await FindSourceAsync(save.Text.Source, cancellationToken);
        await RetitleAsync(editionId, item, save.Text.Title, cancellationToken);
        if (item.SectorId != save.SectorId || item.SectionId != save.SectionId)
        {
            await PlaceAsync(item, save.SectorId, save.SectionId, cancellationToken);
            item.Position = await NextPositionAsync(editionId, cancellationToken);
        }

        Fill(item, save.Text, source);
        db.Entry(item).State = EntityState.Modified;
        db.Add(AfterSave(Revisions.Of(item, source?.Name, save.ById, now)));
        await db.SaveChangesAsync(cancellationToken);
        return new SavedItem(item.Id, isNew ? source!.Name : null);
    }

    /// <summary>A step up from the first place or down from the last changes nothing.</summary>
    /// <returns>Where it stands now.</returns>
    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    public async Task<MovedText> MoveItemAsync(MoveItem move, CancellationToken cancellationToken = default)
    {
        var standing = new MovedText("", 0, 0, null, null);
        var save = await ReorderAsync(move.Month, move.ById, async (editionId, _) =>
        {
            await RefuseStaleAsync(editionId, move.SeenOrderId, cancellationToken);
            var moved = await FindItemAsync(editionId, move.Id, cancellationToken);
            if (move.Direction is { } direction)
            {
                var items = await db.EditionItems.Where(i => i.EditionId == editionId).OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync(cancellationToken);
                var cell = items.Where(i => i.SectorId == moved.SectorId && i.SectionId == moved.SectionId).ToList();
                if (Step(cell, i => i.Id == moved.Id, direction) is var (item, neighbour))
                {
                    var (at, to) = (items.IndexOf(item), items.IndexOf(neighbour));
                    (items[at], items[to]) = (items[to], items[at]);
                }

                Number(items);
            }
            else if (moved.SectorId != move.SectorId || moved.SectionId != move.SectionId)
            {
                await PlaceAsync(moved, move.SectorId, move.SectionId, cancellationToken);
                moved.Position = await NextPositionAsync(editionId, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            standing = await StandingAsync(moved, cancellationToken);
        }, cancellationToken);
        return standing with { OrderId = save };
    }

    /// <summary>Takes the item out; its words stay in its last revision.</summary>
    public async Task<RemovedText> RemoveItemAsync(RemoveItem remove, CancellationToken cancellationToken = default)
    {
        var title = "";
        var save = await ReorderAsync(remove.Month, remove.ById, async (editionId, now) =>
        {
            var item = await FindItemAsync(editionId, remove.Id, cancellationToken);
            await TakeOutAsync(item, remove.ById, now, cancellationToken);
            title = item.Title;
        }, cancellationToken);
        return new RemovedText(title, save);
    }

    private async Task TakeOutAsync(EditionItem item, int byId, DateTime now, CancellationToken cancellationToken)
    {
        await LeaveTextBehindAsync(item, cancellationToken);
        db.Add(AfterSave(Revisions.Of(item, item.Source?.Name, byId, now)));
        db.Remove(item);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Text that stood after an item that goes now stands after the item before it.</summary>
    private async Task LeaveTextBehindAsync(EditionItem item, CancellationToken cancellationToken)
    {
        var before = await db.EditionItems
            .Where(i => i.EditionId == item.EditionId && i.Position < item.Position)
            .OrderByDescending(i => i.Position)
            .Select(i => (int?)i.Id)
            .FirstOrDefaultAsync(cancellationToken);
        foreach (var text in await db.SetAsideTexts.Where(t => t.AfterItemId == item.Id).ToListAsync(cancellationToken))
            text.AfterItemId = before;
    }

    public static ItemText TextOf(EditionItem item) => new()
    {
        Title = item.Title,
        Source = item.Source?.Name,
        Url = item.Url,
        Summary = item.Summary,
        Authors = item.Authors,
        PublishedOn = item.PublishedOn,
        Doi = item.Doi,
        Topics = item.Topics,
        NotBeforeUtc = item.NotBeforeUtc,
    };

    private async Task<MovedText> StandingAsync(EditionItem item, CancellationToken cancellationToken)
    {
        var cell = await db.EditionItems
            .Where(i => i.EditionId == item.EditionId && i.SectorId == item.SectorId && i.SectionId == item.SectionId)
            .OrderBy(i => i.Position).ThenBy(i => i.Id).Select(i => i.Id)
            .ToListAsync(cancellationToken);
        return new MovedText(
            item.Title, cell.IndexOf(item.Id) + 1, cell.Count,
            await db.Sectors.Where(sector => sector.Id == item.SectorId).Select(sector => sector.Name).SingleOrDefaultAsync(cancellationToken),
            await db.Sections.Where(section => section.Id == item.SectionId).Select(section => section.Name).SingleOrDefaultAsync(cancellationToken));
    }

    private static void Fill(EditionItem item, ItemText text, Source? source)
    {
        item.Title = text.Title;
        item.Source = source;
        item.SourceId = source?.Id;
        item.Url = text.Url;
        item.Summary = text.Summary;
        item.Authors = [.. text.Authors];
        item.PublishedOn = text.PublishedOn;
        item.Doi = text.Doi;
        item.Topics = [.. text.Topics.Distinct().Order(StringComparer.Ordinal)];
        item.NotBeforeUtc = text.NotBeforeUtc;
    }

    /// <summary>The slug follows the title.</summary>
    private async Task RetitleAsync(int editionId, EditionItem item, string title, CancellationToken cancellationToken)
    {
        if (Slug.From(title) != Slug.From(item.Title))
            item.Slug = await FreeSlugAsync(editionId, item.Id, title, cancellationToken);
    }

    private async Task PlaceAsync(EditionItem item, int? sectorId, int? sectionId, CancellationToken cancellationToken)
    {
        if (sectorId is not null && !await db.Sectors.AnyAsync(sector => sector.Id == sectorId, cancellationToken))
            throw new RefusedException("There is no such sector.");
        if (sectionId is not null && !await db.Sections.AnyAsync(section => section.Id == sectionId, cancellationToken))
            throw new RefusedException("There is no such section.");
        item.SectorId = sectorId;
        item.SectionId = sectionId;
    }

    /// <param name="editionId">The edition.</param>
    /// <param name="itemId">Its key, or one that it had before it was removed and put back.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    private async Task<EditionItem> FindItemAsync(int editionId, int itemId, CancellationToken cancellationToken)
    {
        Task<EditionItem?> WithKeyAsync(int id) => db.EditionItems.Include(i => i.Source).SingleOrDefaultAsync(i => i.Id == id && i.EditionId == editionId, cancellationToken);
        return await WithKeyAsync(itemId)
            ?? await WithKeyAsync((await FormerKeys.ReadAsync(db, editionId, RevisedText.Item, cancellationToken)).NowOf(itemId))
            ?? throw new TextGoneException("Somebody has removed this item from the edition.");
    }

    private async Task<int> NextPositionAsync(int editionId, CancellationToken cancellationToken)
        => (await db.EditionItems.Where(i => i.EditionId == editionId).MaxAsync(i => (int?)i.Position, cancellationToken) ?? 0) + 1;

    private async Task<string> FreeSlugAsync(int editionId, int itemId, string title, CancellationToken cancellationToken)
    {
        var taken = await db.EditionItems.Where(i => i.EditionId == editionId && i.Id != itemId).Select(i => i.Slug).ToListAsync(cancellationToken);
        return Slug.Unique(Slug.From(title), taken.Contains);
    }

    /// <summary>The source with this name or other name, or a new one.</summary>
    private async Task<(Source? Source, bool IsNew)> FindSourceAsync(string? name, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name))
            return (null, false);
        var known = await db.Sources.ToListAsync(cancellationToken);
        var key = NameKey.Of(name);
        if (known.Find(source => source.OtherNames.Prepend(source.Name).Any(other => NameKey.Of(other) == key)) is { } found)
            return (found, false);
        var slugs = known.Select(source => source.Slug).ToHashSet();
        _newSource = new Source { Name = name, Slug = Slug.Unique(Slug.From(name, "source"), slugs.Contains) };
        return (_newSource, true);
    }
}
