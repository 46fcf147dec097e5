using System.Text.Json;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>Reads what was saved in an edition.</summary>
public sealed class HistoryReader(PulseDbContext db)
{
    private const int PageLength = 100;

    /// <summary>Null when there is no such edition.</summary>
    public async Task<HistoryPage?> ReadAsync(EditionMonth month, TextKey? of, long? before, CancellationToken cancellationToken)
    {
        if (await FindEditionAsync(month, cancellationToken) is not { } editionId)
            return null;
        var revisions = db.Revisions.Where(revision => revision.EditionId == editionId);
        if (of is { Text: var text, Id: var id })
        {
            var keys = (await FormerKeys.ReadAsync(db, editionId, text, cancellationToken)).AllOf(id);
            revisions = revisions.Where(revision => revision.Text == text && keys.Contains(revision.TextId));
        }

        if (before is { } last)
            revisions = revisions.Where(revision => revision.Id < last);
        var lines = await LinesAsync(revisions, PageLength + 1, cancellationToken);
        return new HistoryPage(month, of, [.. lines.Take(PageLength)], lines.Count > PageLength ? lines[PageLength - 1].Id : null);
    }

    /// <param name="with">The save to compare it with; the one before it when left out, and what stands now when there is none.</param>
    /// <returns>Null when nothing of the kind was saved.</returns>
    public async Task<SavedPage?> ReadSavedAsync(EditionMonth month, long id, long? with, CancellationToken cancellationToken)
    {
        if (await FindEditionAsync(month, cancellationToken) is not { } editionId
            || await db.Revisions.AsNoTracking().SingleOrDefaultAsync(revision => revision.Id == id && revision.EditionId == editionId, cancellationToken) is not { } saved)
            return null;
        var keys = (await FormerKeys.ReadAsync(db, editionId, saved.Text, cancellationToken)).AllOf(saved.TextId);
        var lines = await LinesAsync(
            db.Revisions.Where(revision => revision.EditionId == editionId && revision.Text == saved.Text && keys.Contains(revision.TextId)), int.MaxValue, cancellationToken);
        var line = lines.Single(one => one.Id == id);
        var besideBefore = line.IsDecision || (line.IsOrder && with is null);
        var other = besideBefore ? null : with is null ? lines.FirstOrDefault(one => one.Id < id) : lines.FirstOrDefault(one => one.Id == with && one.Id != id);
        var otherRow = other is null ? null : await db.Revisions.AsNoTracking().SingleAsync(revision => revision.Id == other.Id, cancellationToken);
        var (fields, isThere) = saved.Text switch
        {
            RevisedText.Item => await OfItemAsync(saved, otherRow, keys[0], cancellationToken),
            RevisedText.News => await OfNewsAsync(saved, otherRow, keys[0], cancellationToken),
            RevisedText.Order => await OfOrderAsync(saved, otherRow, besideBefore, cancellationToken),
            RevisedText.Finding => (DecisionWords.Fields(Revisions.Read<LeftFinding>(saved)), true),
            RevisedText.SetAside => (DecisionWords.Fields(Revisions.Read<SettledText>(saved)), true),
            _ => await OfTextsAsync(saved, otherRow, cancellationToken),
        };
        var folder = saved.Text == RevisedText.News ? "news" : "items";
        var putBack = isThere || lines[0].Id != id ? null : $"/editor/editions/{month}/{folder}/{saved.TextId}/put-back";
        var page = new SavedPage(month, line, other, [.. lines.Where(one => one.Id != id)], [.. fields.Where(field => field.Differs)], isThere, putBack, besideBefore);
        if (!line.IsOrder)
            return page;
        var change = Revisions.Read<OrderChange>(saved);
        var (items, news) = (change.Items(), change.News());
        var removed = items.Removed.Count + news.Removed.Count;
        return page with { Removed = removed, OnlyRemoved = removed > 0 && items.Added.Count + items.Moved.Count + news.Added.Count + news.Moved.Count == 0 };
    }

    /// <summary>One change of the order; null when the edition has none of that key.</summary>
    public async Task<SavedLine?> ReadOrderChangeAsync(EditionMonth month, long id, CancellationToken cancellationToken)
        => await FindEditionAsync(month, cancellationToken) is { } editionId
            ? (await LinesAsync(db.Revisions.Where(revision => revision.Id == id && revision.EditionId == editionId), 1, cancellationToken)).SingleOrDefault()
            : null;

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfItemAsync(Revision saved, Revision? other, int key, CancellationToken cancellationToken)
    {
        var standing = await StandingTexts.Of(db.EditionItems.Where(item => item.Id == key)).SingleOrDefaultAsync(cancellationToken);
        var beside = other is not null ? Revisions.Read<ItemText>(other) : standing?.Text ?? new ItemText { Title = "" };
        return (ItemForm.Of(Revisions.Read<ItemText>(saved), 0, null, null).Beside(beside), standing?.EditionId == saved.EditionId);
    }

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfNewsAsync(Revision saved, Revision? other, int key, CancellationToken cancellationToken)
    {
        var standing = await StandingTexts.Of(db.NewsItems.Where(news => news.Id == key)).SingleOrDefaultAsync(cancellationToken);
        var beside = other is not null ? Revisions.Read<NewsText>(other) : standing?.Text ?? new NewsText { Title = "" };
        return (NewsForm.Of(Revisions.Read<NewsText>(saved), 0).Beside(beside), standing is not null);
    }

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfTextsAsync(Revision saved, Revision? other, CancellationToken cancellationToken)
    {
        var standing = await StandingTexts.Of(db.Editions.Where(edition => edition.Id == saved.TextId)).SingleAsync(cancellationToken);
        return (TextsForm.Of(Revisions.Read<EditionText>(saved), 0).Beside(other is not null ? Revisions.Read<EditionText>(other) : standing.Text), true);
    }

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfOrderAsync(Revision saved, Revision? other, bool besideBefore, CancellationToken cancellationToken)
    {
        var change = Revisions.Read<OrderChange>(saved);
        var beside = besideBefore ? change.Before
            : other is not null ? Revisions.Read<OrderChange>(other).After
            : BoardOrder.Of(
                await db.EditionItems.Where(i => i.EditionId == saved.EditionId).OrderBy(i => i.Position).ThenBy(i => i.Id)
                    .Select(i => new OrderedItem(i.Id, i.SectorId, i.SectionId)).ToListAsync(cancellationToken),
                await db.NewsItems.Where(n => n.EditionId == saved.EditionId).OrderBy(n => n.Position).ThenBy(n => n.Id).Select(n => n.Id).ToListAsync(cancellationToken));
        var words = await OrderWordsAsync(saved.EditionId!.Value, cancellationToken);
        return ([new ConflictField("Order", words.Write(beside), words.Write(change.After))], true);
    }

    private async Task<OrderWords> OrderWordsAsync(int editionId, CancellationToken cancellationToken)
    {
        // What has been removed is known by the words of its last save alone.
        var removed = await db.Revisions
            .Where(r => r.EditionId == editionId
                && ((r.Text == RevisedText.Item && !db.EditionItems.Any(i => i.Id == r.TextId && i.EditionId == editionId)) || (r.Text == RevisedText.News && !db.NewsItems.Any(n => n.Id == r.TextId)))
                && !db.Revisions.Any(later => later.EditionId == editionId && later.Text == r.Text && later.TextId == r.TextId && later.Id > r.Id))
            .Select(r => new { r.Text, r.TextId, r.Content })
            .ToListAsync(cancellationToken);
        var titles = removed.ToDictionary(row => new TextKey(row.Text, row.TextId), row => TitleOf(row.Content) ?? "");
        foreach (var item in await db.EditionItems.Where(i => i.EditionId == editionId).Select(i => new { i.Id, i.Title }).ToListAsync(cancellationToken))
            titles[new TextKey(RevisedText.Item, item.Id)] = item.Title;
        foreach (var news in await db.NewsItems.Where(n => n.EditionId == editionId).Select(n => new { n.Id, n.Title }).ToListAsync(cancellationToken))
            titles[new TextKey(RevisedText.News, news.Id)] = news.Title;
        return new OrderWords(
            titles,
            await db.Sectors.OrderBy(s => s.Position).Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken),
            await db.Sections.OrderBy(s => s.Position).Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken));
    }

    private Task<int?> FindEditionAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.Where(edition => edition.Month == month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken);

    private async Task<IReadOnlyList<SavedLine>> LinesAsync(IQueryable<Revision> revisions, int most, CancellationToken cancellationToken)
    {
        List<RevisedText> words = [RevisedText.Item, RevisedText.News, RevisedText.Edition];
        var rows = await revisions.OrderByDescending(revision => revision.Id).Take(most)
            .Select(revision => new
            {
                revision.Id,
                revision.Text,
                revision.TextId,
                revision.EditionId,
                revision.SavedUtc,
                SavedBy = db.Users.Where(user => user.Id == revision.SavedById).Select(user => user.Email).FirstOrDefault(),
                revision.Content,
                Before = db.Revisions
                    .Where(earlier => words.Contains(revision.Text) && earlier.Text == revision.Text && earlier.TextId == revision.TextId && earlier.Id < revision.Id)
                    .OrderByDescending(earlier => earlier.Id)
                    .Select(earlier => earlier.Content)
                    .FirstOrDefault(),
                IsFromIntake = db.Revisions
                    .Where(earlier => revision.Text == RevisedText.Item && earlier.Text == revision.Text && earlier.TextId == revision.TextId && earlier.Id < revision.Id)
                    .OrderByDescending(earlier => earlier.Id)
                    .Select(earlier => earlier.EditionId == null)
                    .FirstOrDefault(),
                IsRemoval = ((revision.Text == RevisedText.Item && !db.EditionItems.Any(i => i.Id == revision.TextId && i.EditionId == revision.EditionId))
                        || (revision.Text == RevisedText.News && !db.NewsItems.Any(n => n.Id == revision.TextId)))
                    && !db.Revisions.Any(later => later.EditionId == revision.EditionId && later.Text == revision.Text && later.TextId == revision.TextId && later.Id > revision.Id),
            })
            .ToListAsync(cancellationToken);
        var order = rows.Find(row => row.Text == RevisedText.Order) is { EditionId: { } editionId } ? await OrderWordsAsync(editionId, cancellationToken) : null;
        var begunUtc = rows.Find(row => row.Before is null) is { EditionId: var begun }
            ? await db.Revisions.Where(revision => revision.Text == RevisedText.Edition && revision.EditionId == begun)
                .OrderBy(revision => revision.Id).Select(revision => (DateTime?)revision.SavedUtc).FirstOrDefaultAsync(cancellationToken)
            : null;
        return [.. rows.Select(row => new SavedLine(
            row.Id, new TextKey(row.Text, row.TextId), row.SavedUtc, row.SavedBy,
            row.Text switch
            {
                RevisedText.Order => order!.Say(Revisions.Read<OrderChange>(row.Content)),
                RevisedText.Finding => DecisionWords.Say(Revisions.Read<LeftFinding>(row.Content)),
                RevisedText.SetAside => DecisionWords.Say(Revisions.Read<SettledText>(row.Content)),
                _ => TitleOf(row.Content),
            },
            row.IsRemoval)
        {
            Changed = words.Contains(row.Text)
                ? ChangeWords.Of(new SaveOfText(
                    row.Text, row.Content, row.Before, row.IsRemoval, row.SavedUtc == begunUtc, row.IsFromIntake, FormerKeys.WasIdIn(row.Content) is not null))
                : null,
        })];
    }

    private static string? TitleOf(string content)
    {
        using var json = JsonDocument.Parse(content);
        return json.RootElement.TryGetProperty("title", out var title) ? title.GetString() : null;
    }
}
