using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Rendering;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>One item's form, beside the board.</summary>
[Route("/editor/editions/{month:month}/items")]
public sealed class ItemsController(ComposeReader reader, EditionComposer composer) : EditorController
{
    private const string Page = "/Areas/Editor/Compose/Item.cshtml";

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Edit(EditionMonth month, int id, bool typed, CancellationToken cancellationToken)
        => await reader.ReadItemAsync(Place(month, id), typed, cancellationToken) is { } page ? View(Page, page) : NotFound();

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
                return Saved(month, form, null, null, await composer.AddItemAsync(
                    new AddItem { Month = month, SectorId = form.SectorId, SectionId = form.SectionId, Text = form.ToText(), ById = AccountId }, cancellationToken));
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await RejectedAsync(month, null, form, cancellationToken);
    }

    [HttpPost("{id:int}")]
    public async Task<IActionResult> Save(
        EditionMonth month, int id, [Bind(Prefix = nameof(ItemPage.Form))] ItemForm form, bool next, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return await RejectedAsync(month, id, form, cancellationToken);
        try
        {
            var saved = await composer.SaveItemAsync(form.ToSave(month, id, AccountId), cancellationToken);
            return Saved(month, form, id, next ? await reader.NextToMendAsync(month, FindingPlace.Item, id, cancellationToken) : null, saved);
        }
        catch (TextConflictException<ItemText> e)
        {
            form.Version = e.Stored.Version;
            var conflict = new ConflictPage("This item", SavedBy.Write(e.Stored), $"/editor/editions/{month}/items/{id}", [.. form.Beside(e.Stored.Text)]);
            return Conflict(Page, (await reader.ItemPageAsync(Place(month, id), form, conflict, cancellationToken))!);
        }
        catch (TextGoneException e)
        {
            ModelState.AddModelError("", $"{e.Message} What you typed is below; saving adds it as a new item.");
            return await RejectedAsync(month, null, form, cancellationToken);
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return await RejectedAsync(month, id, form, cancellationToken);
        }
    }

    private LocalRedirectResult Saved(EditionMonth month, ItemForm form, int? id, string? next, SavedItem saved)
    {
        var source = saved.NewSource is { } name ? $" “{name}” is a new source." : "";
        var link = Blank.ToNull(form.Url) is { } url && !MarkdownRenderer.IsWebLink(url) ? " Its link leads nowhere yet." : "";
        Flash($"“{form.Title!.Trim()}” is saved.{source}{link}", saved: DraftView.KeyOf(Place(month, id)), undo: UndoAddress.Of(month, saved.OrderId, saved.WordsId));
        return LocalRedirect(next ?? $"/editor/editions/{month}#item-{saved.Id}");
    }

    private DraftPlace Place(EditionMonth month, int? id) => new(AccountId, month, RevisedText.Item, id ?? 0);

    private async Task<IActionResult> RejectedAsync(EditionMonth month, int? id, ItemForm form, CancellationToken cancellationToken)
        => await reader.ItemPageAsync(Place(month, id), form, null, cancellationToken) is { } page ? Rejected(Page, page) : NotFound();
}
