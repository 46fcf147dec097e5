using CordisPulse.Core.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
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
            var itemKeys = await FormerKeys.ReadAsync(db, editionId, RevisedText.Item, cancellationToken);
            var newsKeys = await FormerKeys.ReadAsync(db, editionId, RevisedText.News, cancellationToken);
            List<int> items = [];
            foreach (var id in change.Items().Removed)
                if (!await IsItemThereAsync(editionId, itemKeys.NowOf(id), cancellationToken))
                    items.Add(id);
            List<int> news = [];
            foreach (var id in change.News().Removed)
                if (!await IsNewsThereAsync(editionId, newsKeys.NowOf(id), cancellationToken))
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

        var places = await KnownPlacesAsync(cancellationToken);
        var (allItems, movedItems) = Parted(await ItemsInOrderAsync(editionId, cancellationToken), item => item.Id, items.Moved.Concat(newItems.Values));
        foreach (var placed in before.Items.Where(placed => movedItems.ContainsKey(placed.Id)))
        {
            var item = movedItems[placed.Id];
            places.Put(item, placed);
            allItems.Insert(WhereItStood(allItems, other => PlaceOf(other) == PlaceOf(item), other => other.Id, IdsOf(before, placed.Place), placed.Id), item);
        }

        Number(allItems);
        var (allNews, movedNews) = Parted(await NewsInOrderAsync(editionId, cancellationToken), one => one.Id, news.Moved.Concat(newNews.Values));
        foreach (var id in before.News.Where(movedNews.ContainsKey))
            allNews.Insert(WhereItStood(allNews, _ => true, one => one.Id, before.News, id), movedNews[id]);
        Number(allNews);
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

    /// <summary>Takes a source out of the register again that an act brought there, nothing else uses and nobody has touched since.</summary>
    private async Task ForgetSourceAsync(int? sourceId, CancellationToken cancellationToken)
    {
        var unused = await SourceRemover.Unused(db).SingleOrDefaultAsync(
            source => source.Id == sourceId && !db.Revisions.Any(revision => revision.Text == RevisedText.Source && revision.TextId == source.Id), cancellationToken);
        if (unused is null)
            return;
        db.Remove(unused);
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
        var places = await KnownPlacesAsync(cancellationToken);
        var items = await ItemsInOrderAsync(editionId, cancellationToken);
        var known = order.Items.Join(items, placed => placed.Id, item => item.Id, (placed, item) => (placed, item)).ToList();
        foreach (var (placed, item) in known)
            places.Put(item, placed);
        Number(known.Select(pair => pair.item).Union(items));
        var news = await NewsInOrderAsync(editionId, cancellationToken);
        Number(order.News.Join(news, id => id, n => n.Id, (_, n) => n).Union(news));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<KnownPlaces> KnownPlacesAsync(CancellationToken cancellationToken) => new(
        (await db.Sectors.Select(sector => sector.Id).ToListAsync(cancellationToken)).ToHashSet(),
        (await db.Sections.Select(section => section.Id).ToListAsync(cancellationToken)).ToHashSet());

    private async Task<Revision> SavedAsync(int editionId, long id, CancellationToken cancellationToken)
        => await db.Revisions.AsNoTracking().SingleOrDefaultAsync(revision => revision.Id == id && revision.EditionId == editionId, cancellationToken)
            ?? throw new TextGoneException("This was never in the edition.");

    private sealed record TitleOnly(string Title);

    /// <summary>Keys of what a change of the order moved and removed.</summary>
    private sealed record Standing(IReadOnlyList<int> Moved, IReadOnlyList<int> Removed);

    /// <summary>Keys of the sectors and sections that the catalogue still has.</summary>
    private sealed record KnownPlaces(HashSet<int> Sectors, HashSet<int> Sections)
    {
        public void Put(EditionItem item, OrderedItem placed)
        {
            item.SectorId = placed.SectorId is { } sector && Sectors.Contains(sector) ? sector : null;
            item.SectionId = placed.SectionId is { } section && Sections.Contains(section) ? section : null;
        }
    }
}

public sealed record UndoSaves
{
    public required EditionMonth Month { get; init; }

    /// <summary>The revisions that the act made.</summary>
    public required IReadOnlyCollection<long> RevisionIds { get; init; }

    public required int ById { get; init; }
}
