using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>Puts an item before another of a sector and section, or at their end.</summary>
    /// <returns>Where it stands now.</returns>
    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    /// <exception cref="TextGoneException">The item, or the one that it should stand before, is not there.</exception>
    public async Task<MovedText> PutItemAsync(PutItem put, CancellationToken cancellationToken = default)
    {
        var standing = new MovedText("", 0, 0, null, null);
        var save = await ReorderAsync(put.Month, put.ById, async (editionId, _) =>
        {
            await RefuseStaleAsync(editionId, put.SeenOrderId, cancellationToken);
            var items = await ItemsInOrderAsync(editionId, cancellationToken);
            var item = items.Find(i => i.Id == put.Id) ?? throw new TextGoneException("Somebody has removed this item from the edition.");
            await PlaceAmongAsync(items, [item], put.SectorId, put.SectionId, put.BeforeId, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            standing = await StandingAsync(item, cancellationToken);
        }, cancellationToken);
        return standing with { OrderId = save };
    }

    /// <summary>Puts a news item before another, or at the end.</summary>
    /// <returns>Where it stands now.</returns>
    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    /// <exception cref="TextGoneException">The news item, or the one that it should stand before, is not there.</exception>
    public async Task<MovedText> PutNewsAsync(PutNews put, CancellationToken cancellationToken = default)
    {
        var standing = new MovedText("", 0, 0, null, null);
        var save = await ReorderAsync(put.Month, put.ById, async (editionId, _) =>
        {
            await RefuseStaleAsync(editionId, put.SeenOrderId, cancellationToken);
            var all = await NewsInOrderAsync(editionId, cancellationToken);
            var news = all.Find(n => n.Id == put.Id) ?? throw new TextGoneException("Somebody has removed this news item from the edition.");
            all.Remove(news);
            all.Insert(put.BeforeId is { } before ? IndexOf(all, n => n.Id == before) : all.Count, news);
            Number(all);
            await db.SaveChangesAsync(cancellationToken);
            standing = new MovedText(news.Title, news.Position, all.Count, null, null);
        }, cancellationToken);
        return standing with { OrderId = save };
    }

    /// <summary>Puts several items together at the top or the end of a place, in the order in which they stand; all of them or none.</summary>
    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    /// <exception cref="TextGoneException">One of them is not there.</exception>
    public async Task<MovedSeveral> MoveSeveralAsync(MoveSeveral move, CancellationToken cancellationToken = default)
    {
        (string? Sector, string? Section) names = default;
        var save = await ReorderAsync(move.Month, move.ById, async (editionId, _) =>
        {
            await RefuseStaleAsync(editionId, move.SeenOrderId, cancellationToken);
            var items = await ItemsInOrderAsync(editionId, cancellationToken);
            var moved = Among(items, move.Ids);
            foreach (var place in move.SectorId is null ? moved.GroupBy(PlaceOf).Select(place => place.ToList()) : [moved])
            {
                var (sector, section) = move.SectorId is null ? PlaceOf(place[0]) : (move.SectorId, move.SectionId);
                var first = items.Find(i => !place.Contains(i) && PlaceOf(i) == (sector, section));
                await PlaceAmongAsync(items, place, sector, section, move.ToTop ? first?.Id : null, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            names = (
                await db.Sectors.Where(s => s.Id == move.SectorId).Select(s => s.Name).SingleOrDefaultAsync(cancellationToken),
                await db.Sections.Where(s => s.Id == move.SectionId).Select(s => s.Name).SingleOrDefaultAsync(cancellationToken));
        }, cancellationToken);
        return new MovedSeveral(names.Sector, names.Section, save);
    }

    /// <summary>Takes several items out, all of them or none; their words stay in their last revisions.</summary>
    /// <returns>Key of the revision of the order that it made.</returns>
    /// <exception cref="TextGoneException">One of them is not there.</exception>
    public Task<long?> RemoveSeveralAsync(RemoveSeveral remove, CancellationToken cancellationToken = default)
        => ReorderAsync(remove.Month, remove.ById, async (editionId, now) =>
        {
            foreach (var item in Among(await ItemsInOrderAsync(editionId, cancellationToken), remove.Ids))
                await TakeOutAsync(item, remove.ById, now, cancellationToken);
        }, cancellationToken);

    /// <summary>Puts several news items together first or last, in the order in which they stand; all of them or none.</summary>
    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    /// <exception cref="TextGoneException">One of them is not there.</exception>
    public async Task<MovedSeveral> MoveSeveralNewsAsync(MoveSeveralNews move, CancellationToken cancellationToken = default)
        => new(null, null, await ReorderAsync(move.Month, move.ById, async (editionId, _) =>
        {
            await RefuseStaleAsync(editionId, move.SeenOrderId, cancellationToken);
            var all = await NewsInOrderAsync(editionId, cancellationToken);
            var moved = Among(all, move.Ids);
            var rest = all.Except(moved);
            Number(move.ToTop ? moved.Concat(rest) : rest.Concat(moved));
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken));

    /// <summary>Takes several news items out, all of them or none; their words stay in their last revisions.</summary>
    /// <returns>Key of the revision of the order that it made.</returns>
    /// <exception cref="TextGoneException">One of them is not there.</exception>
    public Task<long?> RemoveSeveralNewsAsync(RemoveSeveral remove, CancellationToken cancellationToken = default)
        => ReorderAsync(remove.Month, remove.ById, async (editionId, now) =>
        {
            foreach (var news in Among(await NewsInOrderAsync(editionId, cancellationToken), remove.Ids))
                await TakeOutAsync(news, remove.ById, now, cancellationToken);
        }, cancellationToken);

    /// <summary>Puts items together before another of a place, or behind its last.</summary>
    private async Task PlaceAmongAsync(
        List<EditionItem> items, IReadOnlyList<EditionItem> moved, int? sectorId, int? sectionId, int? beforeId, CancellationToken cancellationToken)
    {
        items.RemoveAll(moved.Contains);
        var at = beforeId is { } before
            ? IndexOf(items, i => i.Id == before && PlaceOf(i) == (sectorId, sectionId))
            : items.FindLastIndex(i => PlaceOf(i) == (sectorId, sectionId)) is >= 0 and var last ? last + 1 : items.Count;
        items.InsertRange(at, moved);
        foreach (var item in moved.Where(item => PlaceOf(item) != (sectorId, sectionId)))
            await PlaceAsync(item, sectorId, sectionId, cancellationToken);
        Number(items);
    }

    private static void Number(IEnumerable<EditionItem> inOrder)
    {
        foreach (var (i, item) in inOrder.Index())
            item.Position = i + 1;
    }

    private static void Number(IEnumerable<NewsItem> inOrder)
    {
        foreach (var (i, news) in inOrder.Index())
            news.Position = i + 1;
    }

    private static (int? SectorId, int? SectionId) PlaceOf(EditionItem item) => item is { SectorId: not null, SectionId: not null } ? (item.SectorId, item.SectionId) : (null, null);

    private static int IndexOf<T>(List<T> rows, Predicate<T> isOne)
        => rows.FindIndex(isOne) is >= 0 and var at ? at : throw new TextGoneException("What it should stand before is not there any more.");

    private static List<NewsItem> Among(List<NewsItem> news, IReadOnlyCollection<int> ids)
    {
        List<NewsItem> found = [.. news.Where(one => ids.Contains(one.Id))];
        if (found.Count < ids.Distinct().Count())
            throw new TextGoneException("Somebody has removed one of these news items from the edition, so nothing was done with the others.");
        return found;
    }

    private static List<EditionItem> Among(List<EditionItem> items, IReadOnlyCollection<int> ids)
    {
        List<EditionItem> found = [.. items.Where(item => ids.Contains(item.Id))];
        if (found.Count < ids.Distinct().Count())
            throw new TextGoneException("Somebody has removed one of these items from the edition, so nothing was done with the others.");
        return found;
    }

    private Task<List<EditionItem>> ItemsInOrderAsync(int editionId, CancellationToken cancellationToken)
        => db.EditionItems.Include(i => i.Source).Where(i => i.EditionId == editionId).OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync(cancellationToken);

    /// <summary>As <c>ChangeAsync</c>, and keeps a revision of the order when the change has touched it.</summary>
    /// <returns>The revision's key; null when everything stands where it stood.</returns>
    private async Task<long?> ReorderAsync(EditionMonth month, int byId, Func<int, DateTime, Task> change, CancellationToken cancellationToken)
    {
        Revision? save = null;
        _newSource = null;
        await ChangeAsync(month, async (editionId, now) =>
        {
            var before = await OrderAsync(editionId, cancellationToken);
            await change(editionId, now);
            var after = await OrderAsync(editionId, cancellationToken);
            if (after.IsAs(before))
                return;
            save = Revisions.Of(new OrderChange(before, after) { NewSourceId = _newSource?.Id }, editionId, await CountOrdersAsync(editionId, cancellationToken) + 1, byId, now);
            db.Add(save);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return save?.Id;
    }

    private async Task<BoardOrder> OrderAsync(int editionId, CancellationToken cancellationToken) => BoardOrder.Of(
        await db.EditionItems.Where(i => i.EditionId == editionId).OrderBy(i => i.Position).ThenBy(i => i.Id)
            .Select(i => new OrderedItem(i.Id, i.SectorId, i.SectionId)).ToListAsync(cancellationToken),
        await db.NewsItems.Where(n => n.EditionId == editionId).OrderBy(n => n.Position).ThenBy(n => n.Id).Select(n => n.Id).ToListAsync(cancellationToken));

    private Task<int> CountOrdersAsync(int editionId, CancellationToken cancellationToken)
        => db.Revisions.CountAsync(revision => revision.Text == RevisedText.Order && revision.TextId == editionId, cancellationToken);

    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    private async Task RefuseStaleAsync(int editionId, long seenOrderId, CancellationToken cancellationToken)
    {
        var last = await db.Revisions.Where(revision => revision.Text == RevisedText.Order && revision.TextId == editionId)
            .MaxAsync(revision => (long?)revision.Id, cancellationToken) ?? 0;
        if (last > seenOrderId)
            throw new OrderChangedException(last);
    }
}

/// <summary>Somebody changed the order of the edition since this editor looked at it. Nothing was moved.</summary>
public sealed class OrderChangedException(long orderId) : RefusedException("Somebody else has changed the order since you opened the board. Nothing was moved.")
{
    /// <summary>Key of the last revision of the order.</summary>
    public long OrderId { get; } = orderId;
}

/// <summary>An item to its place: a sector and section, or both null for those that are not placed yet.</summary>
public sealed record PutItem
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    /// <summary>The item of that place that it is to stand before; null for its end.</summary>
    public int? BeforeId { get; init; }

    /// <summary>Key of the last revision of the order that the editor saw; 0 while there was none.</summary>
    public required long SeenOrderId { get; init; }

    public required int ById { get; init; }
}

public sealed record PutNews
{
    public required EditionMonth Month { get; init; }

    public required int Id { get; init; }

    /// <summary>The news item that it is to stand before; null for the end.</summary>
    public int? BeforeId { get; init; }

    /// <summary>Key of the last revision of the order that the editor saw; 0 while there was none.</summary>
    public required long SeenOrderId { get; init; }

    public required int ById { get; init; }
}

public sealed record MoveSeveral
{
    public required EditionMonth Month { get; init; }

    public required IReadOnlyCollection<int> Ids { get; init; }

    /// <summary>Null, as <see cref="SectionId"/> then, for the place where each of them stands.</summary>
    public int? SectorId { get; init; }

    public int? SectionId { get; init; }

    /// <summary>To the top of the place; else to its end.</summary>
    public required bool ToTop { get; init; }

    /// <summary>Key of the last revision of the order that the editor saw; 0 while there was none.</summary>
    public required long SeenOrderId { get; init; }

    public required int ById { get; init; }
}

public sealed record MoveSeveralNews
{
    public required EditionMonth Month { get; init; }

    public required IReadOnlyCollection<int> Ids { get; init; }

    /// <summary>First; else last.</summary>
    public required bool ToTop { get; init; }

    /// <summary>Key of the last revision of the order that the editor saw; 0 while there was none.</summary>
    public required long SeenOrderId { get; init; }

    public required int ById { get; init; }
}

/// <param name="Sector">Null when each stayed in its place.</param>
/// <param name="OrderId">Key of the revision of the order that it made; null when everything stood there already.</param>
public sealed record MovedSeveral(string? Sector, string? Section, long? OrderId);

public sealed record RemoveSeveral
{
    public required EditionMonth Month { get; init; }

    public required IReadOnlyCollection<int> Ids { get; init; }

    public required int ById { get; init; }
}
