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
            for (var i = 0; i < all.Count; i++)
                all[i].Position = i + 1;
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
            var arranged = (move.ToTop ? moved.Concat(rest) : rest.Concat(moved)).ToList();
            for (var i = 0; i < arranged.Count; i++)
                arranged[i].Position = i + 1;
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

    /// <summary>
    /// Undoes the saves of one act: what was moved, removed or brought in stands again as it stood, a text says again what it said before, and
    /// a decision is taken back. Only while nothing has been saved over it; all of it or nothing.
    /// </summary>
    /// <returns>The revisions that it made, to be undone in their turn.</returns>
    /// <exception cref="RefusedException">Something has changed since; or a save is not in the edition.</exception>
    public async Task<IReadOnlyList<long>> UndoAsync(UndoSaves undo, CancellationToken cancellationToken = default)
    {
        var made = new List<long>();
        var order = await ReorderAsync(undo.Month, undo.ById, async (editionId, now) =>
        {
            var ids = undo.RevisionIds.Distinct().ToList();
            var saves = await db.Revisions.AsNoTracking()
                .Where(revision => revision.EditionId == editionId && ids.Contains(revision.Id))
                .OrderByDescending(revision => revision.Id)
                .ToListAsync(cancellationToken);
            if (saves.Count < ids.Count)
                throw new TextGoneException("This was never in the edition.");
            foreach (var save in saves.Where(save => save.Text == RevisedText.Order))
                await UndoOrderAsync(editionId, save, undo.ById, now, cancellationToken);
            foreach (var text in saves.Where(save => save.Text is RevisedText.Item or RevisedText.News or RevisedText.Edition).GroupBy(save => (save.Text, save.TextId)))
                made.Add(await UndoTextAsync(editionId, [.. text], undo.ById, now, cancellationToken));
            foreach (var save in saves.Where(save => save.Text == RevisedText.SetAside))
                made.Add(await UndoSettlingAsync(editionId, save, undo.ById, now, cancellationToken));
            foreach (var save in saves.Where(save => save.Text == RevisedText.Finding))
                made.Add(await UndoLeavingAsync(editionId, save, undo.ById, now, cancellationToken));
        }, cancellationToken);
        return order is { } id ? [.. made, id] : made;
    }

    /// <param name="editionId">The edition.</param>
    /// <param name="saves">All that the act saved of one text, the last first.</param>
    /// <param name="byId">Who undoes it.</param>
    /// <param name="now">The time of undoing it.</param>
    /// <param name="cancellationToken">Ends the undoing.</param>
    /// <returns>Key of the revision that it made.</returns>
    private async Task<long> UndoTextAsync(int editionId, IReadOnlyList<Revision> saves, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var first = saves[^1];
        var ofText = db.Revisions.AsNoTracking().Where(revision => revision.EditionId == editionId && revision.Text == first.Text && revision.TextId == first.TextId);
        if (await ofText.CountAsync(revision => revision.Id >= first.Id, cancellationToken) > saves.Count)
            throw new RefusedException("The text has been saved again since, so this can't be undone any more.");
        var earlier = await ofText.Where(revision => revision.Id < first.Id).OrderByDescending(revision => revision.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException("Nothing is known of what the text said before.");
        return await SayAgainAsync(editionId, earlier, byId, now, cancellationToken);
    }

    /// <summary>Leaves a warning again that was shown again, or shows it.</summary>
    private async Task<long> UndoLeavingAsync(int editionId, Revision saved, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var decided = Revisions.Read<LeftFinding>(saved);
        var row = await db.Acknowledgements.SingleOrDefaultAsync(a => a.EditionId == editionId && a.FindingKey == decided.Key, cancellationToken);
        if (row?.Reason != decided.Reason)
            throw new RefusedException("The warning has been left or shown again since, so this can't be undone any more.");
        if (decided.Before is null)
            db.Remove(row!);
        else
        {
            if (row is null)
                db.Add(row = new Acknowledgement { EditionId = editionId, FindingKey = decided.Key, Reason = "" });
            (row.Reason, row.AcknowledgedById, row.AcknowledgedUtc) = (decided.Before, byId, now);
        }

        var version = await db.Revisions.CountAsync(r => r.Text == RevisedText.Finding && r.TextId == editionId, cancellationToken) + 1;
        var revision = Revisions.Of(decided with { Before = decided.Reason, Reason = decided.Before }, editionId, version, byId, now);
        db.Add(revision);
        await db.SaveChangesAsync(cancellationToken);
        return revision.Id;
    }

    /// <summary>Puts back what a change of the order removed, each where it stood. What is in the edition again stays where it is.</summary>
    /// <returns>The revision that it made; none when nothing was to be put back.</returns>
    /// <exception cref="RefusedException">The save is no change of the order, or not in the edition.</exception>
    public async Task<IReadOnlyList<long>> PutRemovedBackAsync(RestoreText restore, CancellationToken cancellationToken = default)
    {
        var order = await ReorderAsync(restore.Month, restore.ById, async (editionId, now) =>
        {
            var saved = await SavedAsync(editionId, restore.RevisionId, cancellationToken);
            if (saved.Text != RevisedText.Order)
                throw new RefusedException("Nothing was removed then.");
            var change = Revisions.Read<OrderChange>(saved);
            List<int> items = [];
            foreach (var id in change.Items().Removed)
                if (!await IsItemThereAsync(editionId, id, cancellationToken))
                    items.Add(id);
            List<int> news = [];
            foreach (var id in change.News().Removed)
                if (!await IsNewsThereAsync(editionId, id, cancellationToken))
                    news.Add(id);
            await PutWhereTheyStoodAsync(editionId, change.Before, new Standing([], items), new Standing([], news), restore.ById, now, cancellationToken);
        }, cancellationToken);
        return order is { } made ? [made] : [];
    }

    /// <summary>Whatever others did meanwhile stays, as long as the places that the change touched hold what it left there in the order that it left.</summary>
    private async Task UndoOrderAsync(int editionId, Revision saved, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var change = Revisions.Read<OrderChange>(saved);
        var (items, news) = (change.Items(), change.News());
        if (!IsUntouched(change, await OrderAsync(editionId, cancellationToken)))
            throw new RefusedException("The order has changed since, so this can't be undone any more.");
        foreach (var id in items.Added)
        {
            await RefuseRewrittenAsync(RevisedText.Item, id, saved, cancellationToken);
            var item = await FindItemAsync(editionId, id, cancellationToken);
            if (await CameFromIntakeAsync(item, cancellationToken))
                await ReturnToIntakeAsync(item, byId, now, cancellationToken);
            else
                await TakeOutAsync(item, byId, now, cancellationToken);
        }

        foreach (var id in news.Added)
        {
            await RefuseRewrittenAsync(RevisedText.News, id, saved, cancellationToken);
            await TakeOutAsync(await FindNewsAsync(editionId, id, cancellationToken), byId, now, cancellationToken);
        }

        await PutWhereTheyStoodAsync(editionId, change.Before, new Standing(items.Moved, items.Removed), new Standing(news.Moved, news.Removed), byId, now, cancellationToken);
        await ForgetSourceAsync(change.NewSourceId, cancellationToken);
    }

    /// <summary>What it moved and added stands where it put it, and nothing of the places that it moved something from or to was put in another order.</summary>
    private static bool IsUntouched(OrderChange change, BoardOrder order)
    {
        var (items, news) = (change.Items(), change.News());
        var moved = items.Moved.ToHashSet();
        var places = change.Before.Items.Concat(change.After.Items).Where(item => moved.Contains(item.Id)).Select(item => item.Place).ToHashSet();
        return change.After.Items.Where(item => moved.Contains(item.Id) || items.Added.Contains(item.Id)).All(order.Items.Contains)
            && news.Moved.Concat(news.Added).All(order.News.Contains)
            && places.All(place => HaveOneOrder(IdsOf(change.After, place), IdsOf(order, place)))
            && (news.Moved.Count == 0 || HaveOneOrder(change.After.News, order.News));
    }

    /// <summary>Of what stands in both.</summary>
    private static bool HaveOneOrder(IReadOnlyList<int> one, IReadOnlyList<int> other) => one.Intersect(other).SequenceEqual(other.Intersect(one));

    private static List<int> IdsOf(BoardOrder order, (int, int) place) => [.. order.Items.Where(item => item.Place == place).Select(item => item.Id)];

    /// <summary>Brings back what was removed, and puts it and what was moved behind what stood before it in its place and still does; all else stays.</summary>
    private async Task PutWhereTheyStoodAsync(
        int editionId, BoardOrder before, Standing items, Standing news, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var newItems = new Dictionary<int, int>();
        foreach (var id in items.Removed)
            newItems[id] = (await BringBackItemAsync(editionId, id, byId, now, cancellationToken)).Id;
        var newNews = new Dictionary<int, int>();
        foreach (var id in news.Removed)
            newNews[id] = (await BringBackNewsAsync(editionId, id, byId, now, cancellationToken)).Id;
        before = new BoardOrder(
            [.. before.Items.Select(item => item with { Id = newItems.GetValueOrDefault(item.Id, item.Id) })],
            [.. before.News.Select(id => newNews.GetValueOrDefault(id, id))]);

        var sectors = (await db.Sectors.Select(sector => sector.Id).ToListAsync(cancellationToken)).ToHashSet();
        var sections = (await db.Sections.Select(section => section.Id).ToListAsync(cancellationToken)).ToHashSet();
        var (allItems, movedItems) = Parted(await ItemsInOrderAsync(editionId, cancellationToken), item => item.Id, items.Moved.Concat(newItems.Values));
        foreach (var placed in before.Items.Where(placed => movedItems.ContainsKey(placed.Id)))
        {
            var item = movedItems[placed.Id];
            item.SectorId = placed.SectorId is { } sector && sectors.Contains(sector) ? sector : null;
            item.SectionId = placed.SectionId is { } section && sections.Contains(section) ? section : null;
            allItems.Insert(WhereItStood(allItems, other => PlaceOf(other) == PlaceOf(item), other => other.Id, IdsOf(before, placed.Place), placed.Id), item);
        }

        for (var i = 0; i < allItems.Count; i++)
            allItems[i].Position = i + 1;
        var (allNews, movedNews) = Parted(await NewsInOrderAsync(editionId, cancellationToken), one => one.Id, news.Moved.Concat(newNews.Values));
        foreach (var id in before.News.Where(movedNews.ContainsKey))
            allNews.Insert(WhereItStood(allNews, _ => true, one => one.Id, before.News, id), movedNews[id]);
        for (var i = 0; i < allNews.Count; i++)
            allNews[i].Position = i + 1;
        await db.SaveChangesAsync(cancellationToken);
    }

    private static (List<T> Stay, Dictionary<int, T> Moved) Parted<T>(List<T> rows, Func<T, int> keyOf, IEnumerable<int> moved)
    {
        var keys = moved.ToHashSet();
        return ([.. rows.Where(row => !keys.Contains(keyOf(row)))], rows.Where(row => keys.Contains(keyOf(row))).ToDictionary(keyOf));
    }

    /// <summary>Behind the nearest that stood before it in its place, before the nearest that stood behind it, or at the end of the place.</summary>
    /// <param name="rows">All that is there.</param>
    /// <param name="isOfPlace">Whether a row is of its place.</param>
    /// <param name="keyOf">The key of a row.</param>
    /// <param name="place">The keys of the place as it was then.</param>
    /// <param name="key">Its key.</param>
    private static int WhereItStood<T>(List<T> rows, Predicate<T> isOfPlace, Func<T, int> keyOf, IReadOnlyList<int> place, int key)
    {
        var at = place.ToList().IndexOf(key);
        foreach (var other in place.Take(at).Reverse())
            if (rows.FindIndex(row => keyOf(row) == other && isOfPlace(row)) is >= 0 and var before)
                return before + 1;
        foreach (var other in place.Skip(at + 1))
            if (rows.FindIndex(row => keyOf(row) == other && isOfPlace(row)) is >= 0 and var behind)
                return behind;
        return rows.FindLastIndex(isOfPlace) is >= 0 and var last ? last + 1 : rows.Count;
    }

    /// <summary>Takes a source out of the register again that an act brought there and nothing else uses.</summary>
    private async Task ForgetSourceAsync(int? sourceId, CancellationToken cancellationToken)
    {
        if (await db.Sources.SingleOrDefaultAsync(source => source.Id == sourceId, cancellationToken) is not { } source
            || await db.EditionItems.AnyAsync(item => item.SourceId == source.Id, cancellationToken)
            || await db.PublishedItems.AnyAsync(item => item.SourceId == source.Id, cancellationToken)
            || await db.SourceFeeds.AnyAsync(feed => feed.SourceId == source.Id, cancellationToken)
            || await db.MergedSources.AnyAsync(merged => merged.SourceId == source.Id, cancellationToken)
            || await db.Revisions.AnyAsync(revision => revision.Text == RevisedText.Source && revision.TextId == source.Id, cancellationToken))
            return;
        db.Remove(source);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task RefuseRewrittenAsync(RevisedText text, int textId, Revision act, CancellationToken cancellationToken)
    {
        var last = await LastRevisionAsync(text, act.EditionId, textId, cancellationToken);
        if (last.Id > act.Id)
            throw new RefusedException($"“{Revisions.Read<TitleOnly>(last).Title}” has been changed since, so this can't be undone any more.");
    }

    /// <summary>Puts all that is there still where an order has it. What has come since stays where it is, behind the rest.</summary>
    private async Task ArrangeAsync(int editionId, BoardOrder order, CancellationToken cancellationToken)
    {
        var sectors = (await db.Sectors.Select(sector => sector.Id).ToListAsync(cancellationToken)).ToHashSet();
        var sections = (await db.Sections.Select(section => section.Id).ToListAsync(cancellationToken)).ToHashSet();
        var items = await ItemsInOrderAsync(editionId, cancellationToken);
        var known = order.Items.Join(items, placed => placed.Id, item => item.Id, (placed, item) => (placed, item)).ToList();
        foreach (var (placed, item) in known)
        {
            item.SectorId = placed.SectorId is { } sector && sectors.Contains(sector) ? sector : null;
            item.SectionId = placed.SectionId is { } section && sections.Contains(section) ? section : null;
        }

        var arranged = known.Select(pair => pair.item).Union(items).ToList();
        for (var i = 0; i < arranged.Count; i++)
            arranged[i].Position = i + 1;
        var news = await NewsInOrderAsync(editionId, cancellationToken);
        var inOrder = order.News.Join(news, id => id, n => n.Id, (_, n) => n).Union(news).ToList();
        for (var i = 0; i < inOrder.Count; i++)
            inOrder[i].Position = i + 1;
        await db.SaveChangesAsync(cancellationToken);
    }

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
        for (var i = 0; i < items.Count; i++)
            items[i].Position = i + 1;
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

    private async Task<Revision> SavedAsync(int editionId, long id, CancellationToken cancellationToken)
        => await db.Revisions.AsNoTracking().SingleOrDefaultAsync(revision => revision.Id == id && revision.EditionId == editionId, cancellationToken)
            ?? throw new TextGoneException("This was never in the edition.");

    private sealed record TitleOnly(string Title);

    /// <summary>Keys of what a change of the order moved and removed.</summary>
    private sealed record Standing(IReadOnlyList<int> Moved, IReadOnlyList<int> Removed);
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

public sealed record UndoSaves
{
    public required EditionMonth Month { get; init; }

    /// <summary>The revisions that the act made.</summary>
    public required IReadOnlyCollection<long> RevisionIds { get; init; }

    public required int ById { get; init; }
}
