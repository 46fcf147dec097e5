using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Reads the texts that the forms of the board begin with.</summary>
public sealed class ComposeReader(PulseDbContext db, BoardReader boards, EditionDocumentReader documents)
{
    public async Task<ItemPage?> ReadItemAsync(EditionMonth month, int id, CancellationToken cancellationToken)
    {
        var row = await db.EditionItems.AsNoTracking().Include(i => i.Source)
            .SingleOrDefaultAsync(i => i.Id == id && i.Edition!.Month == month, cancellationToken);
        return row is null
            ? null
            : await ItemPageAsync(month, id, ItemForm.Of(EditionComposer.TextOf(row), row.Version, row.SectorId, row.SectionId), null, cancellationToken);
    }

    /// <summary>The page around a form; null when there is no such edition.</summary>
    public async Task<ItemPage?> ItemPageAsync(EditionMonth month, int? id, ItemForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await boards.ReadAsync(month, id, cancellationToken) is { } board
            ? new ItemPage(board, id, form, await db.Sources.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken), conflict)
            : null;

    public async Task<NewsPage?> ReadNewsAsync(EditionMonth month, int id, CancellationToken cancellationToken)
        => await db.NewsItems.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id && n.Edition!.Month == month, cancellationToken) is { } row
            ? new NewsPage(month, id, NewsForm.Of(EditionComposer.TextOf(row), row.Version), null)
            : null;

    public async Task<TextsPage?> ReadTextsAsync(EditionMonth month, CancellationToken cancellationToken)
        => await db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Month == month, cancellationToken) is { } row
            ? await TextsPageAsync(month, TextsForm.Of(EditionComposer.TextOf(row), row.Version), null, cancellationToken)
            : null;

    /// <summary>The page around a form; null when there is no such edition.</summary>
    public async Task<TextsPage?> TextsPageAsync(EditionMonth month, TextsForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? new TextsPage(month, form, document.Subject, document.Preheader, conflict)
            : null;

    public Task<bool> ExistsAsync(EditionMonth month, CancellationToken cancellationToken) => db.Editions.AnyAsync(e => e.Month == month, cancellationToken);
}
