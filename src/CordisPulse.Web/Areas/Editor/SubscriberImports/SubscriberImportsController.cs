using CordisPulse.Core;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Areas.Editor.SubscriberImports;

/// <summary>Lists of people: kept, looked at, imported, and taken back.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/subscribers/import")]
public sealed class SubscriberImportsController(SubscriberImportDesk desk, ListImports imports) : EditorController
{
    private const string Root = "/editor/subscribers/import";

    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
        => View(nameof(Index), await desk.ListAsync(new ImportFileForm(), cancellationToken));

    [HttpPost("")]
    [RequestSizeLimit(ImportFileForm.LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = ImportFileForm.LargestRequest)]
    public async Task<IActionResult> Keep([Bind(Prefix = nameof(SubscriberImportsPage.Form))] ImportFileForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                return LocalRedirect($"{Root}/{await desk.KeepAsync(form.File!, AccountId, cancellationToken)}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError($"{nameof(SubscriberImportsPage.Form)}.{nameof(form.File)}", e.Message);
            }

        return Rejected(nameof(Index), await desk.ListAsync(form, cancellationToken));
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Show(int id, ImportLineFilter filter, CancellationToken cancellationToken)
        => await desk.FindAsync(id, filter, cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();

    /// <summary>Reads the list otherwise, and keeps what was typed of the ground, whether it is complete or not.</summary>
    [HttpPost("{id:int}/read")]
    public async Task<IActionResult> Read(int id, ReadListForm read, ConfirmListForm form, CancellationToken cancellationToken)
    {
        if (form.IsDayUnread(ModelState))
            return await TypedAsync(id, read, form, cancellationToken);
        try
        {
            await desk.ReadAsAsync(read.ToAct(id, form.ToDraft()), cancellationToken);
            return LocalRedirect($"{Root}/{id}");
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(id, e, page => page with { Read = read, Confirm = form }, cancellationToken);
        }
    }

    /// <summary>Imports what was looked at, and nothing else: whoever chose otherwise since sees that first.</summary>
    [HttpPost("{id:int}/confirm")]
    public async Task<IActionResult> Confirm(int id, ReadListForm read, ConfirmListForm form, CancellationToken cancellationToken)
    {
        if (form.IsDayUnread(ModelState))
            return await TypedAsync(id, read, form, cancellationToken);
        try
        {
            var seen = read.ToAct(id, form.ToDraft() with { WasToBeImported = true });
            if (await desk.ReadOtherwiseAsync(seen, cancellationToken))
                return LocalRedirect($"{Root}/{id}#read-anew");
            if (!ModelState.IsValid)
                return await TypedAsync(id, read, form, cancellationToken);
            await desk.ConfirmAsync(new ConfirmList { ImportId = id, Basis = form.ToBasis(), Seen = seen, AccountId = AccountId }, cancellationToken);
            return LocalRedirect($"{Root}/{id}");
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(id, e, page => page with { Read = read, Confirm = form }, cancellationToken);
        }
    }

    [HttpPost("{id:int}/discard")]
    public async Task<IActionResult> Discard(int id, CancellationToken cancellationToken)
    {
        try
        {
            await imports.DiscardAsync(id, cancellationToken);
            Flash("The list is gone. Nobody was added.");
            return LocalRedirect(Root);
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(id, e, page => page, cancellationToken);
        }
    }

    [HttpPost("{id:int}/undo")]
    public async Task<IActionResult> Undo(int id, CancellationToken cancellationToken)
    {
        try
        {
            await desk.UndoAsync(new UndoImport { ImportId = id, AccountId = AccountId }, cancellationToken);
            return LocalRedirect($"{Root}/{id}");
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(id, e, page => page, cancellationToken);
        }
    }

    /// <summary>What became of each line.</summary>
    [HttpGet("{id:int}/lines.csv")]
    public async Task<IActionResult> Lines(int id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, new ImportLineFilter(), cancellationToken) is null)
            return NotFound();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"import-{id}.csv" }.ToString();
        await desk.WriteLinesAsync(id, Response.Body, cancellationToken);
        return new EmptyResult();
    }

    /// <summary>The page with what was typed, and what is wrong with it at its field.</summary>
    private async Task<IActionResult> TypedAsync(int id, ReadListForm read, ConfirmListForm form, CancellationToken cancellationToken)
        => await desk.FindAsync(id, new ImportLineFilter(), cancellationToken) is { } page ? Rejected(nameof(Show), page with { Read = read, Confirm = form }) : NotFound();

    private async Task<IActionResult> RefusedAsync(int id, RefusedException refusal, Func<SubscriberImportPage, SubscriberImportPage> typed, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.AddModelError((refusal as FieldRefusedException)?.Field ?? "", refusal.Message);
        return await desk.FindAsync(id, new ImportLineFilter(), cancellationToken) is { } page
            ? Rejected(nameof(Show), typed(page))
            : Rejected(nameof(Index), await desk.ListAsync(new ImportFileForm(), cancellationToken));
    }
}
