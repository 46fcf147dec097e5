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
            revisions = revisions.Where(revision => revision.Text == text && revision.TextId == id);
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
        var lines = await LinesAsync(
            db.Revisions.Where(revision => revision.EditionId == editionId && revision.Text == saved.Text && revision.TextId == saved.TextId), int.MaxValue, cancellationToken);
        var line = lines.Single(one => one.Id == id);
        var other = with is null ? lines.FirstOrDefault(one => one.Id < id) : lines.FirstOrDefault(one => one.Id == with && one.Id != id);
        var otherRow = other is null ? null : await db.Revisions.AsNoTracking().SingleAsync(revision => revision.Id == other.Id, cancellationToken);
        var (fields, isThere) = saved.Text switch
        {
            RevisedText.Item => await OfItemAsync(saved, otherRow, cancellationToken),
            RevisedText.News => await OfNewsAsync(saved, otherRow, cancellationToken),
            _ => await OfTextsAsync(saved, otherRow, cancellationToken),
        };
        var folder = saved.Text == RevisedText.News ? "news" : "items";
        var putBack = isThere || lines[0].Id != id ? null : $"/editor/editions/{month}/{folder}/{saved.TextId}/put-back";
        return new SavedPage(month, line, other, [.. lines.Where(one => one.Id != id)], [.. fields.Where(field => field.Differs)], isThere, putBack);
    }

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfItemAsync(Revision saved, Revision? other, CancellationToken cancellationToken)
    {
        var row = await db.EditionItems.AsNoTracking().Include(item => item.Source).SingleOrDefaultAsync(item => item.Id == saved.TextId, cancellationToken);
        var beside = other is not null ? Revisions.Read<ItemText>(other) : row is not null ? EditionComposer.TextOf(row) : new ItemText { Title = "" };
        return (ItemForm.Of(Revisions.Read<ItemText>(saved), 0, null, null).Beside(beside), row is not null);
    }

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfNewsAsync(Revision saved, Revision? other, CancellationToken cancellationToken)
    {
        var row = await db.NewsItems.AsNoTracking().SingleOrDefaultAsync(news => news.Id == saved.TextId, cancellationToken);
        var beside = other is not null ? Revisions.Read<NewsText>(other) : row is not null ? EditionComposer.TextOf(row) : new NewsText { Title = "" };
        return (NewsForm.Of(Revisions.Read<NewsText>(saved), 0).Beside(beside), row is not null);
    }

    private async Task<(IEnumerable<ConflictField> Fields, bool IsThere)> OfTextsAsync(Revision saved, Revision? other, CancellationToken cancellationToken)
    {
        var row = await db.Editions.AsNoTracking().SingleAsync(edition => edition.Id == saved.TextId, cancellationToken);
        return (TextsForm.Of(Revisions.Read<EditionText>(saved), 0).Beside(other is not null ? Revisions.Read<EditionText>(other) : EditionComposer.TextOf(row)), true);
    }

    private Task<int?> FindEditionAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.Where(edition => edition.Month == month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken);

    private async Task<IReadOnlyList<SavedLine>> LinesAsync(IQueryable<Revision> revisions, int most, CancellationToken cancellationToken)
    {
        var rows = await revisions.OrderByDescending(revision => revision.Id).Take(most)
            .Select(revision => new
            {
                revision.Id,
                revision.Text,
                revision.TextId,
                revision.SavedUtc,
                SavedBy = db.Users.Where(user => user.Id == revision.SavedById).Select(user => user.Email).FirstOrDefault(),
                revision.Content,
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SavedLine(row.Id, new TextKey(row.Text, row.TextId), row.SavedUtc, row.SavedBy, TitleOf(row.Content)))];
    }

    private static string? TitleOf(string content)
    {
        using var json = JsonDocument.Parse(content);
        return json.RootElement.TryGetProperty("title", out var title) ? title.GetString() : null;
    }
}
