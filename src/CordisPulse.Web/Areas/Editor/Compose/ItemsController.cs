using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Rendering;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>One item's form, beside the board.</summary>
[Route("/editor/editions/{month:month}/items")]
public sealed class ItemsController(ComposeReader reader, EditionComposer composer, CoveredBefore covered) : TextFormController
{
    private const string Page = "/Areas/Editor/Compose/Item.cshtml";

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Edit(EditionMonth month, int id, bool typed, CancellationToken cancellationToken)
    {
        if (await reader.ReadItemAsync(Place(month, id), typed, cancellationToken) is { } page)
            return View(Page, page);
        // It may have been removed and put back since somebody noted its address.
        return await reader.PlaceNowAsync(Place(month, id), cancellationToken) is { TextId: var now } && now != id
            ? LocalRedirect($"/editor/editions/{month}/items/{now}{Request.QueryString}")
            : NotFound();
    }

    [HttpGet("new")]
    public async Task<IActionResult> New(EditionMonth month, int? sector, int? section, bool typed, CancellationToken cancellationToken)
        => await reader.ReadNewItemAsync(Place(month, null), typed, sector, section, cancellationToken) is { } page
            ? View(Page, page)
            : NotFound();

    [HttpPost("new")]
    public async Task<IActionResult> Add(EditionMonth month, [Bind(Prefix = nameof(ItemPage.Form))] ItemForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                var add = new AddItem { Month = month, SectorId = form.SectorId, SectionId = form.SectionId, Text = form.ToText(), ById = AccountId, Draft = form.Mark };
                return await SavedAsync(month, form, null, null, await composer.AddItemAsync(add, cancellationToken), cancellationToken);
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await reader.ItemPageAsync(Place(month, null), form, null, cancellationToken) is { } page ? Rejected(Page, page) : NotFound();
    }

    [HttpPost("{id:int}")]
    public Task<IActionResult> Save(EditionMonth month, int id, [Bind(Prefix = nameof(ItemPage.Form))] ItemForm form, bool next, CancellationToken cancellationToken)
        => TrySaveAsync<ItemText>(
            Page,
            form,
            async () =>
            {
                var saved = await composer.SaveItemAsync(form.ToSave(month, id, AccountId), cancellationToken);
                return await SavedAsync(month, form, id, next ? await reader.NextToMendAsync(month, FindingPlace.Item, id, cancellationToken) : null, saved, cancellationToken);
            },
            text => ItemForm.Of(text, 0, null, null),
            stored => new ConflictPage("This item", SavedBy.Write(stored), $"/editor/editions/{month}/items/{id}", [.. form.Beside(stored.Text)]),
            async (isNew, conflict) => await reader.ItemPageAsync(isNew ? Place(month, null) : await reader.PlaceNowAsync(Place(month, id), cancellationToken), form, conflict, cancellationToken));

    private async Task<IActionResult> SavedAsync(EditionMonth month, ItemForm form, int? id, string? next, SavedItem saved, CancellationToken cancellationToken)
    {
        var source = saved.NewSource is { } name ? $" “{name}” is a new source." : "";
        var link = Blank.ToNull(form.Url) is { } url && !MarkdownRenderer.IsWebLink(url) ? " Its link leads nowhere yet." : "";
        var before = CoveredWords.Behind(await covered.FindAsync(form.ToQuestion(saved.Id), cancellationToken));
        Flash($"“{form.Title!.Trim()}” is saved.{source}{link}{before}", saved: DraftView.CopyOf(Place(month, id), form), undo: UndoAddress.Of(month, saved.OrderId, saved.WordsId));
        return LocalRedirect(next ?? $"/editor/editions/{month}#item-{saved.Id}");
    }

    private DraftPlace Place(EditionMonth month, int? id) => new(AccountId, month, RevisedText.Item, id ?? 0);
}
