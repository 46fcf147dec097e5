using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>One item for each link that is not in the intake yet; their pages are read later.</summary>
    /// <returns>The links that are.</returns>
    public async Task<IReadOnlyList<string>> AddLinksAsync(AddLinks add, CancellationToken cancellationToken = default)
    {
        var known = new List<string>();
        await ChangeAsync(async now =>
        {
            var inIntake = await LinksInIntakeAsync(cancellationToken);
            known.AddRange(add.Links.Where(link => inIntake.Contains(LinkKey.From(link))));
            var sources = await db.Sources.ToListAsync(cancellationToken);
            await AddAsync(
                [.. add.Links.Except(known).Select(link => NewInIntake(new ItemText { Title = "", Url = link }, SourceRegister.Find(sources, link, null), add.ById, now))],
                add.ById, now, cancellationToken);
        }, cancellationToken);
        return known;
    }

    public async Task<SavedItem> AddToIntakeAsync(AddToIntake add, CancellationToken cancellationToken = default)
    {
        var saved = new SavedItem(0, null);
        await ChangeAsync(async now =>
        {
            var (source, isNew) = await FindSourceAsync(add.Text.Source, cancellationToken);
            if (isNew)
                await LearnDomainAsync(source!, add.Text.Url, cancellationToken);
            var item = NewInIntake(add.Text, source, add.ById, now);
            await PlaceAsync(item, add.SectorId, add.SectionId, cancellationToken);
            await AddAsync([item], add.ById, now, cancellationToken);
            await DropDraftAsync(RevisedText.Item, null, 0, add.ById, add.Draft, cancellationToken);
            saved = new SavedItem(item.Id, isNew ? source!.Name : null);
        }, cancellationToken);
        return saved;
    }

    /// <exception cref="TextConflictException{T}">Of <see cref="ItemText"/>.</exception>
    /// <exception cref="TextGoneException">It is not in the intake.</exception>
    public async Task<SavedItem> SaveIntakeItemAsync(SaveIntakeItem save, CancellationToken cancellationToken = default)
    {
        var saved = new SavedItem(save.Id, null);
        await ChangeAsync(async now =>
        {
            var (item, newSource) = await FillInIntakeAsync(save, cancellationToken);
            if (db.Entry(item).Property(i => i.Url).IsModified)
                ReadAt(item.Intake!, item.Url, now);
            item.Slug = Slug.From(item.Title);
            await PlaceAsync(item, save.SectorId, save.SectionId, cancellationToken);
            db.Entry(item).State = EntityState.Modified;
            db.Add(AfterSave(Revisions.Of(item, item.Source?.Name, save.ById, now)));
            await db.SaveChangesAsync(cancellationToken);
            await DropDraftAsync(RevisedText.Item, null, item.Id, save.ById, save.Draft, cancellationToken);
            saved = saved with { NewSource = newSource };
        }, cancellationToken);
        return saved;
    }

    /// <summary>Saves an item of the intake and moves it to the end of a place in an edition; both or neither.</summary>
    /// <exception cref="TextConflictException{T}">Of <see cref="ItemText"/>.</exception>
    /// <exception cref="TextGoneException">It is not in the intake, or there is no such edition.</exception>
    public async Task<PutText> SaveIntoEditionAsync(EditionMonth month, SaveIntakeItem save, CancellationToken cancellationToken = default)
    {
        var put = new PutText(new MovedText("", 0, 0, null, null), null);
        var order = await ReorderAsync(month, save.ById, async (editionId, now) =>
        {
            var (item, newSource) = await FillInIntakeAsync(save, cancellationToken);
            db.Add(Revisions.Of(item, item.Source?.Name, save.ById, now));
            await DropDraftAsync(RevisedText.Item, null, item.Id, save.ById, save.Draft, cancellationToken);
            put = new PutText(await MoveIntoAsync(editionId, item, save.SectorId, save.SectionId, save.ById, now, cancellationToken), newSource);
        }, cancellationToken);
        return put with { Moved = put.Moved with { OrderId = order } };
    }

    /// <summary>Has the page read once more, now.</summary>
    /// <exception cref="TextGoneException">It is not in the intake.</exception>
    public Task ReadAgainAsync(int id, CancellationToken cancellationToken = default)
        => ChangeAsync(async now =>
        {
            var item = await FindInIntakeAsync(id, cancellationToken);
            ReadAt(item.Intake!, item.Url, now);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Moves an item from the intake to the end of a place in an edition.</summary>
    /// <exception cref="TextGoneException">It is not in the intake, or there is no such edition.</exception>
    /// <exception cref="RefusedException">It has no title yet.</exception>
    public async Task<PutText> PutIntoEditionAsync(PutIntoEdition put, CancellationToken cancellationToken = default)
    {
        var standing = new MovedText("", 0, 0, null, null);
        string? newSource = null;
        var save = await ReorderAsync(put.Month, put.ById, async (editionId, now) =>
        {
            var item = await FindInIntakeAsync(put.Id, cancellationToken);
            if (item.Title.Length == 0)
                throw new RefusedException("Give the item a title before you put it into an edition.");
            // How it waited, for going back there.
            db.Add(Revisions.Of(item, item.Source?.Name, put.ById, now));
            if (item.Source is null)
            {
                var (source, isNew) = await FindSourceAsync(put.Source, cancellationToken);
                if (isNew)
                    await LearnDomainAsync(source!, item.Url, cancellationToken);
                newSource = isNew ? source!.Name : null;
                item.Source = source;
            }

            standing = await MoveIntoAsync(editionId, item, put.SectorId, put.SectionId, put.ById, now, cancellationToken);
        }, cancellationToken);
        return new PutText(standing with { OrderId = save }, newSource);
    }

    /// <summary>Whether the item was in the intake before it was in the edition, so that undoing leads back there.</summary>
    private Task<bool> CameFromIntakeAsync(EditionItem item, CancellationToken cancellationToken)
        => db.Revisions.AnyAsync(revision => revision.Text == RevisedText.Item && revision.TextId == item.Id && revision.EditionId == null, cancellationToken);

    /// <summary>Lets an item wait in the intake again, with the place and the source that it had when it left; its page is read again.</summary>
    private async Task ReturnToIntakeAsync(EditionItem item, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var added = await db.Revisions
            .Where(revision => revision.Text == RevisedText.Item && revision.TextId == item.Id && revision.EditionId == null)
            .OrderBy(revision => revision.Id)
            .Select(revision => new { revision.SavedUtc, revision.SavedById })
            .FirstAsync(cancellationToken);
        var waited = await LastRevisionAsync(RevisedText.Item, null, item.Id, cancellationToken);
        await LeaveTextBehindAsync(item, cancellationToken);
        db.Add(AfterSave(Revisions.Of(item, item.Source?.Name, byId, now)));
        item.EditionId = null;
        var publisher = item.Source?.Name;
        (item.Source, _) = await FindSourceAsync(Revisions.Read<ItemText>(waited).Source, cancellationToken);
        item.SourceId = item.Source?.Id;
        (item.SectorId, item.SectionId) = await StillThereAsync(Revisions.Read<ItemPlacing>(waited), cancellationToken);
        // Until the page has been read again, the name that the act took for a source is offered once more.
        item.Intake = new IntakeEntry { AddedUtc = added.SavedUtc, AddedById = added.SavedById, Publisher = item.Source is null ? publisher : null };
        ReadAt(item.Intake, item.Url, now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<EditionItem> TakeFromIntakeAsync(EditionItem item, int editionId, int byId, DateTime now, CancellationToken cancellationToken)
    {
        item.EditionId = editionId;
        item.Slug = await FreeSlugAsync(editionId, item.Id, item.Title, cancellationToken);
        item.Position = await NextPositionAsync(editionId, cancellationToken);
        db.Remove(item.Intake!);
        db.Entry(item).State = EntityState.Modified;
        db.Add(AfterSave(Revisions.Of(item, item.Source?.Name, byId, now)));
        await db.SaveChangesAsync(cancellationToken);
        await TakeDraftsAlongAsync(item.Id, editionId, cancellationToken);
        return item;
    }

    /// <summary>What somebody typed into the item and did not save is offered in the edition from now on.</summary>
    private Task<int> TakeDraftsAlongAsync(int itemId, int editionId, CancellationToken cancellationToken)
        => db.TextDrafts.Where(draft => draft.EditionId == null && draft.Text == RevisedText.Item && draft.TextId == itemId)
            .ExecuteUpdateAsync(row => row.SetProperty(draft => draft.EditionId, editionId), cancellationToken);

    /// <summary>Takes an item out of the intake; its words stay in its last revision.</summary>
    /// <returns>Its title, or its link while it has none.</returns>
    public async Task<string> RemoveFromIntakeAsync(RemoveFromIntake remove, CancellationToken cancellationToken = default)
    {
        var name = "";
        await ChangeAsync(async now =>
        {
            var item = await FindInIntakeAsync(remove.Id, cancellationToken);
            db.Add(AfterSave(Revisions.Of(item, item.Source?.Name, remove.ById, now)));
            db.Remove(item);
            await db.SaveChangesAsync(cancellationToken);
            name = item.Title.Length > 0 ? item.Title : item.Url ?? "";
        }, cancellationToken);
        return name;
    }

    /// <summary>Puts a removed item back into the intake with the words that it had, as a new row whose page is read again.</summary>
    /// <returns>Its new key.</returns>
    /// <exception cref="RefusedException">It is in the intake or an edition, or was never in the intake.</exception>
    public async Task<int> PutBackIntoIntakeAsync(PutBackIntoIntake back, CancellationToken cancellationToken = default)
    {
        var id = 0;
        await ChangeAsync(async now =>
        {
            var last = await LastRevisionAsync(RevisedText.Item, null, back.Id, cancellationToken);
            var (text, place) = (Revisions.Read<ItemText>(last), Revisions.Read<ItemPlacing>(last));
            if (await db.EditionItems.AnyAsync(i => i.Id == back.Id || (i.EditionId == null && i.Title == text.Title && i.Url == text.Url), cancellationToken))
                throw new RefusedException("It is there already.");
            var (source, _) = await FindSourceAsync(text.Source, cancellationToken);
            var item = NewInIntake(text, source, back.ById, now);
            (item.SectorId, item.SectionId) = await StillThereAsync(place, cancellationToken);
            await AddAsync([item], back.ById, now, cancellationToken);
            await KeepWorkAsync(back.Id, item.Id, cancellationToken);
            id = item.Id;
        }, cancellationToken);
        return id;
    }

    /// <summary>The item with what was typed, and the name of its source if that is new; nothing is saved yet.</summary>
    private async Task<(EditionItem Item, string? NewSource)> FillInIntakeAsync(SaveIntakeItem save, CancellationToken cancellationToken)
    {
        var item = await FindInIntakeAsync(save.Id, cancellationToken);
        if (await NewerAsync(RevisedText.Item, item.Id, save.Version, cancellationToken) is { } newer)
            throw await ConflictAsync(RevisedText.Item, item.Id, save.Version, newer, TextOf(item), item.Version, cancellationToken);
        var (source, isNew) = await FindSourceAsync(save.Text.Source, cancellationToken);
        if (isNew)
            await LearnDomainAsync(source!, save.Text.Url, cancellationToken);
        Fill(item, save.Text, source);
        return (item, isNew ? source!.Name : null);
    }

    private async Task<MovedText> MoveIntoAsync(int editionId, EditionItem item, int? sectorId, int? sectionId, int byId, DateTime now, CancellationToken cancellationToken)
    {
        await PlaceAsync(item, sectorId, sectionId, cancellationToken);
        await TakeFromIntakeAsync(item, editionId, byId, now, cancellationToken);
        return await StandingAsync(item, cancellationToken);
    }

    private static EditionItem NewInIntake(ItemText text, Source? source, int byId, DateTime now)
    {
        var entry = new IntakeEntry { AddedUtc = now, AddedById = byId };
        var item = new EditionItem { Title = text.Title, Slug = Slug.From(text.Title), Intake = entry };
        Fill(item, text, source);
        ReadAt(entry, text.Url, now);
        return item;
    }

    private static void ReadAt(IntakeEntry entry, string? url, DateTime now)
    {
        var isLink = MarkdownRenderer.IsWebLink(url);
        entry.Reading = isLink ? PageReading.Waiting : PageReading.Failed;
        entry.Problem = isLink ? null : "It has no link to a page that could be read.";
        entry.NextReadingUtc = isLink ? now : null;
    }

    private async Task AddAsync(IReadOnlyList<EditionItem> items, int byId, DateTime now, CancellationToken cancellationToken)
    {
        db.AddRange(items);
        await db.SaveChangesAsync(cancellationToken);

        // A revision names its row by key, which the row has only now.
        db.AddRange(items.Select(item => Revisions.Of(item, item.Source?.Name, byId, now)));
        await db.SaveChangesAsync(cancellationToken);
        await SettleSuggestionsAsync(items, byId, now, cancellationToken);
    }

    private Task<EditionItem?> InIntakeAsync(int id, CancellationToken cancellationToken)
        => db.EditionItems.Include(i => i.Source).Include(i => i.Intake).SingleOrDefaultAsync(i => i.Id == id && i.EditionId == null && i.Intake != null, cancellationToken);

    private async Task<EditionItem> FindInIntakeAsync(int id, CancellationToken cancellationToken)
        => await InIntakeAsync(id, cancellationToken)
            ?? throw new TextGoneException("This item is not in the intake any more.");

    /// <summary>A new source is known by the domain of its first link, unless others publish there too.</summary>
    private async Task LearnDomainAsync(Source source, string? url, CancellationToken cancellationToken)
    {
        if (SourceRegister.DomainOf(url) is not { } domain)
            return;
        if (!await db.EditionItems.AnyAsync(i => i.SourceId != null && i.Url!.Contains(domain), cancellationToken))
            source.Domains = [domain];
    }
}
