using CordisPulse.Core;
using CordisPulse.Core.Catalogue;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Settings;

/// <summary>The pages of sectors, sections and topics, which differ in their names and in what orders them.</summary>
public abstract class CatalogueController<T>(CatalogueEditor<T> editor, CatalogueKind kind) : EditorController
    where T : class, ICatalogueEntry
{
    private const string ListView = "~/Areas/Editor/Settings/CatalogueList.cshtml";
    private const string EntryView = "~/Areas/Editor/Settings/CatalogueEntry.cshtml";
    private const string Prefix = "Form";

    [HttpGet("")]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
        => View(ListView, new CatalogueListPage(kind, await editor.ListAsync(cancellationToken), new CatalogueForm()));

    [HttpPost("")]
    public async Task<IActionResult> Add([Bind(Prefix = Prefix)] CatalogueForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid && await SavesAsync(null, form, cancellationToken))
            return Saved($"{form.Name} is added{(kind.IsOrdered ? " at the end" : "")}.");
        return Rejected(ListView, new CatalogueListPage(kind, await editor.ListAsync(cancellationToken), form));
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken)
        => await editor.FindAsync(id, cancellationToken) is { } row ? View(EntryView, await PageAsync(row, CatalogueForm.Of(row), null, cancellationToken)) : NotFound();

    [HttpPost("{id:int}")]
    public async Task<IActionResult> Save(int id, [Bind(Prefix = Prefix)] CatalogueForm form, CancellationToken cancellationToken)
    {
        if (await editor.FindAsync(id, cancellationToken) is not { } row)
            return NotFound();
        if (ModelState.IsValid && await SavesAsync(id, form, cancellationToken))
            return Saved($"{form.Name} is saved.");
        if (!ModelState.IsValid)
            return Rejected(EntryView, await PageAsync(row, form, null, cancellationToken));
        var now = (await editor.FindAsync(id, cancellationToken))!;
        form.Version = now.Version;
        var conflict = new ConflictPage(
            $"This {kind.One}", null, $"{kind.Address}/{id}", [new("Name", now.Name, form.Name), new("Other names", string.Join('\n', now.OtherNames), form.OtherNames)]);
        return Conflict(EntryView, await PageAsync(now, form, conflict, cancellationToken));
    }

    [HttpPost("{id:int}/remove")]
    public async Task<IActionResult> Remove(int id, CancellationToken cancellationToken)
    {
        try
        {
            await editor.RemoveAsync(id, cancellationToken);
            return Saved($"The {kind.One} is removed.");
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return Rejected(ListView, new CatalogueListPage(kind, await editor.ListAsync(cancellationToken), new CatalogueForm()));
        }
    }

    protected virtual Task<CatalogueEntryPage> PageAsync(CatalogueRow row, CatalogueForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => Task.FromResult(new CatalogueEntryPage(kind, row, form, conflict));

    /// <summary>False with an error in the model state when it is refused, and without one when somebody else saved in between.</summary>
    private async Task<bool> SavesAsync(int? id, CatalogueForm form, CancellationToken cancellationToken)
    {
        try
        {
            return await editor.SaveAsync(form.ToSave(id, AccountId), cancellationToken);
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError($"{Prefix}.{nameof(CatalogueForm.Name)}", e.Message);
            return false;
        }
    }

    protected LocalRedirectResult Saved(string message)
    {
        Flash(message);
        return LocalRedirect(kind.Address);
    }
}

/// <summary>Those whose order is chosen.</summary>
[Authorize(Policies.Administers)]
public abstract class OrderedCatalogueController<T>(OrderedCatalogueEditor<T> editor, CatalogueKind kind) : CatalogueController<T>(editor, kind)
    where T : class, IOrderedEntry
{
    [HttpPost("{id:int}/move")]
    public async Task<IActionResult> Move(int id, bool up, CancellationToken cancellationToken)
        => Saved(await editor.MoveAsync(new MoveCatalogueEntry { Id = id, Up = up, ById = AccountId }, cancellationToken)
            ? "The order is saved."
            : "Somebody else changed the list at the same time, so the order is as they left it.");
}

[Route("/editor/settings/sectors")]
public sealed class SectorsController(SectorEditor editor)
    : OrderedCatalogueController<Sector>(editor, new CatalogueKind("sector", "Sectors", "/editor/settings/sectors"));

[Route("/editor/settings/sections")]
public sealed class SectionsController(SectionEditor editor)
    : OrderedCatalogueController<Section>(editor, new CatalogueKind("section", "Sections", "/editor/settings/sections"));
