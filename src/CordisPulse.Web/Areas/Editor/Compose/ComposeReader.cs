using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Covered;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Reads the texts that the forms of the board begin with.</summary>
public sealed class ComposeReader(
    PulseDbContext db, BoardReader boards, EditionDocumentReader documents, EditionChecks checks, DraftedForms forms, CoveredBefore covered)
{
    /// <param name="place">Whose form of which item it is.</param>
    /// <param name="typed">Whether the form takes what this person typed and did not save.</param>
    public async Task<ItemPage?> ReadItemAsync(DraftPlace place, bool typed, CancellationToken cancellationToken)
    {
        var item = await StandingTexts.Of(db.EditionItems.Where(i => i.Id == place.TextId && i.Edition!.Month == place.Month)).SingleOrDefaultAsync(cancellationToken);
        return item is null ? null : await ReadItemAsync(place, typed, ItemForm.Of(item.Text, item.Version, item.SectorId, item.SectionId), item.Text, cancellationToken);
    }

    public Task<ItemPage?> ReadNewItemAsync(DraftPlace place, bool typed, int? sectorId, int? sectionId, CancellationToken cancellationToken)
        => ReadItemAsync(place, typed, new ItemForm { SectorId = sectorId, SectionId = sectionId }, new ItemText { Title = "" }, cancellationToken);

    /// <summary>The page around a form that was posted; null when there is no such edition.</summary>
    public async Task<ItemPage?> ItemPageAsync(DraftPlace place, ItemForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await ItemPageAsync(form, await forms.PostedAsync(place, cancellationToken), conflict, cancellationToken);

    public async Task<NewsPage?> ReadNewsAsync(DraftPlace place, bool typed, CancellationToken cancellationToken)
        => await StandingTexts.Of(db.NewsItems.Where(n => n.Id == place.TextId && n.Edition!.Month == place.Month)).SingleOrDefaultAsync(cancellationToken) is { } news
            ? await ReadNewsAsync(place, typed, NewsForm.Of(news.Text, news.Version), news.Text, cancellationToken)
            : null;

    public Task<NewsPage?> ReadNewNewsAsync(DraftPlace place, bool typed, CancellationToken cancellationToken)
        => ReadNewsAsync(place, typed, new NewsForm(), new NewsText { Title = "" }, cancellationToken);

    /// <summary>The page around a form that was posted; null when there is no such edition.</summary>
    public async Task<NewsPage?> NewsPageAsync(DraftPlace place, NewsForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await NewsPageAsync(form, await forms.PostedAsync(place, cancellationToken), conflict, cancellationToken);

    public async Task<TextsPage?> ReadTextsAsync(DraftPlace place, bool typed, CancellationToken cancellationToken)
    {
        if (await StandingTexts.Of(db.Editions.Where(e => e.Month == place.Month)).SingleOrDefaultAsync(cancellationToken) is not { } stored)
            return null;
        var (form, draft) = await forms.ReadAsync(place, typed, TextsForm.Of(stored.Text, stored.Version), found => found.Beside(stored.Text), cancellationToken);
        return await TextsPageAsync(form, draft, null, cancellationToken);
    }

    /// <summary>The page around a form that was posted; null when there is no such edition.</summary>
    public async Task<TextsPage?> TextsPageAsync(DraftPlace place, TextsForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await TextsPageAsync(form, await forms.PostedAsync(place, cancellationToken), conflict, cancellationToken);

    /// <summary>A text by the key that it has now, for a form or a link that may know it by one of before it was removed and put back.</summary>
    public async Task<DraftPlace> PlaceNowAsync(DraftPlace place, CancellationToken cancellationToken)
        => place with { TextId = await FormerKeys.NowAsync(db, place.Month!.Value, place.Text, place.TextId, cancellationToken) };

    /// <summary>Where to go after a text is saved: the place of the next error, or null when there is none elsewhere.</summary>
    public async Task<string?> NextToMendAsync(EditionMonth month, FindingPlace place, int id, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } document
            && FormFindings.NextError(await checks.RunAsync(document, cancellationToken), document, place, id) is { } next
            ? FindingPlaces.AddressOf(month, next)
            : null;

    private async Task<ItemPage?> ReadItemAsync(DraftPlace place, bool typed, ItemForm stored, ItemText text, CancellationToken cancellationToken)
    {
        var (form, draft) = await forms.ReadAsync(
            place, typed, stored,
            found => found.Beside(text).Append(new ConflictField("Place", $"{stored.SectorId}-{stored.SectionId}", $"{found.SectorId}-{found.SectionId}")),
            cancellationToken);
        return await ItemPageAsync(form, draft, null, cancellationToken);
    }

    private async Task<ItemPage?> ItemPageAsync(ItemForm form, DraftView draft, ConflictPage? conflict, CancellationToken cancellationToken)
    {
        int? id = draft.Place.TextId == 0 ? null : draft.Place.TextId;
        return await boards.ReadAsync(draft.Month, draft.Place.AccountId, id, cancellationToken) is { } board
            ? new ItemPage(
                board, id, form, await db.Sources.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken),
                TopicChoices.Of(await KnownTopics.ReadAsync(db, cancellationToken), form),
                await covered.FindAsync(form.ToQuestion(id), cancellationToken), draft, conflict)
            : null;
    }

    private async Task<NewsPage?> ReadNewsAsync(DraftPlace place, bool typed, NewsForm stored, NewsText text, CancellationToken cancellationToken)
    {
        var (form, draft) = await forms.ReadAsync(place, typed, stored, found => found.Beside(text), cancellationToken);
        return await NewsPageAsync(form, draft, null, cancellationToken);
    }

    private async Task<NewsPage?> NewsPageAsync(NewsForm form, DraftView draft, ConflictPage? conflict, CancellationToken cancellationToken)
    {
        int? id = draft.Place.TextId == 0 ? null : draft.Place.TextId;
        return await checks.RunAsync(draft.Month, cancellationToken) is { } findings
            ? new NewsPage(draft.Month, id, form, id is { } key ? FormFindings.Of(findings, FindingPlace.News, key) : FormFindings.None, draft, conflict)
            : null;
    }

    private async Task<TextsPage?> TextsPageAsync(TextsForm form, DraftView draft, ConflictPage? conflict, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(draft.Month, cancellationToken) is { } document
            ? new TextsPage(draft.Month, form, document.Subject, document.Preheader, OfTexts(await checks.RunAsync(document, cancellationToken)), draft, conflict)
            : null;

    private static FormFindings OfTexts(IReadOnlyList<Finding> findings)
        => new([.. findings.Where(finding => finding is { Place: FindingPlace.Introduction or FindingPlace.Edition, Field: not null, LeftBecause: null })], false);
}
