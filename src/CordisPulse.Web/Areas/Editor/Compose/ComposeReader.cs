using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Covered;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Reads the texts that the forms of the board begin with.</summary>
public sealed class ComposeReader(PulseDbContext db, BoardReader boards, EditionDocumentReader documents, EditionChecks checks, CoveredBefore covered)
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
            ? new ItemPage(board, id, form, await db.Sources.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken), await covered.FindAsync(
                new CoveredQuestion { ItemId = id, Title = form.Title, Url = form.Url, Doi = form.Doi }, cancellationToken), conflict)
            : null;

    public async Task<NewsPage?> ReadNewsAsync(EditionMonth month, int id, CancellationToken cancellationToken)
        => await db.NewsItems.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id && n.Edition!.Month == month, cancellationToken) is { } row
            ? await NewsPageAsync(month, id, NewsForm.Of(EditionComposer.TextOf(row), row.Version), null, cancellationToken)
            : null;

    /// <summary>The page around a form; null when there is no such edition.</summary>
    public async Task<NewsPage?> NewsPageAsync(EditionMonth month, int? id, NewsForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await checks.RunAsync(month, cancellationToken) is { } findings
            ? new NewsPage(month, id, form, id is null ? FormFindings.None : FormFindings.Of(findings, FindingPlace.News, id), conflict)
            : null;

    public async Task<TextsPage?> ReadTextsAsync(EditionMonth month, CancellationToken cancellationToken)
        => await db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Month == month, cancellationToken) is { } row
            ? await TextsPageAsync(month, TextsForm.Of(EditionComposer.TextOf(row), row.Version), null, cancellationToken)
            : null;

    /// <summary>The page around a form; null when there is no such edition.</summary>
    public async Task<TextsPage?> TextsPageAsync(EditionMonth month, TextsForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            ? new TextsPage(month, form, document.Subject, document.Preheader, OfTexts(await checks.RunAsync(document, cancellationToken)), conflict)
            : null;

    /// <summary>Where to go after a text is saved: the place of the next error, or null when there is none elsewhere.</summary>
    public async Task<string?> NextToMendAsync(EditionMonth month, FindingPlace place, int id, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            && FormFindings.NextError(await checks.RunAsync(document, cancellationToken), document, place, id) is { } next
            ? FindingPlaces.AddressOf(month, next)
            : null;

    private static FormFindings OfTexts(IReadOnlyList<Finding> findings)
        => new([.. findings.Where(finding => finding is { Place: FindingPlace.Introduction or FindingPlace.Edition, Field: not null, LeftBecause: null })], false);
}
