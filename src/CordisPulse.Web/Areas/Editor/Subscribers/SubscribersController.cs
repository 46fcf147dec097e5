using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

[Authorize(Policies.Publishes)]
[Route("/editor/subscribers")]
public sealed class SubscribersController(SubscriberDirectory directory, SubscriptionService subscriptions, SubscriberAdmission admission, LateMailings late) : EditorController
{
    private const string Root = "/editor/subscribers";

    [HttpGet("")]
    public async Task<IActionResult> List(SubscriberFilter filter, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Rejected(nameof(List), new SubscribersPage(filter, null));
        var listed = await directory.ListAsync(filter.Search, filter.Status, filter.Page, cancellationToken);
        return listed.Page == filter.Page ? View(nameof(List), new SubscribersPage(filter, listed)) : NotFound();
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken)
        => await PageAsync(id, new LeaveForm(), cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();

    [HttpPost("{id:int}/sectors")]
    public async Task<IActionResult> Sectors(int id, IReadOnlyList<int> sectors, CancellationToken cancellationToken)
    {
        try
        {
            await subscriptions.ChooseSectorsAsync(new ChooseSectors { SubscriberId = id, SectorIds = sectors });
            Flash("What this person wants is saved. A mailing that runs goes on as it began.");
            return LocalRedirect($"{Root}/{id}");
        }
        catch (RefusedException e)
        {
            ModelState.Clear();
            ModelState.AddModelError("", e.Message);
            return await PageAsync(id, new LeaveForm(), cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
        }
    }

    /// <summary>Sends an edition to somebody who joined after its mailing.</summary>
    [HttpPost("{id:int}/late")]
    public async Task<IActionResult> Late(int id, EditionMonth month, CancellationToken cancellationToken)
    {
        try
        {
            var name = await late.SendAsync(new SendLate { Month = month, SubscriberId = id, ById = AccountId }, cancellationToken);
            Flash($"{name.Month.Title} is being sent to this person.");
            return LocalRedirect($"{Root}/{id}");
        }
        catch (RefusedException e)
        {
            ModelState.Clear();
            ModelState.AddModelError("", e.Message);
            return await PageAsync(id, new LeaveForm(), cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
        }
    }

    [HttpPost("{id:int}/unsubscribe")]
    public async Task<IActionResult> Unsubscribe(
        int id, [Bind(Prefix = nameof(SubscriberPage.Leave))] LeaveForm form, CancellationToken cancellationToken)
    {
        if (await PageAsync(id, form, cancellationToken) is not { } page)
            return NotFound();
        if (!ModelState.IsValid)
            return Rejected(nameof(Show), page);
        await subscriptions.UnsubscribeAsync(new UnsubscribeOnRequest { SubscriberId = id, Note = form.Note!, AccountId = AccountId });
        Flash($"{page.Person.Email} is off the list, and no import brings them back.");
        return LocalRedirect($"{Root}/{id}");
    }

    [HttpGet("add")]
    public IActionResult Add() => View(nameof(Add), new AddSubscriberForm());

    [HttpPost("add")]
    public async Task<IActionResult> Add(AddSubscriberForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Rejected(nameof(Add), form);
        var outcome = (await admission.AddAsync(form.ToAct(AccountId), cancellationToken))[0];
        if (outcome != AddOutcome.Added)
        {
            ModelState.AddModelError(nameof(form.Email), outcome == AddOutcome.AlreadyThere
                ? "This person is on the list already."
                : "This person left or can't be mailed, and stays off the list. Somebody who left can join again on the subscribe page.");
            return Rejected(nameof(Add), form);
        }

        Flash($"{form.Email!.Trim()} is on the list.");
        return LocalRedirect(Root);
    }

    [HttpGet("import")]
    public IActionResult Import() => View(nameof(Import), new ImportSubscribersForm());

    [HttpPost("import")]
    [RequestSizeLimit(ImportSubscribersForm.LargestRequest)]
    [RequestFormLimits(MultipartBodyLengthLimit = ImportSubscribersForm.LargestRequest)]
    public async Task<IActionResult> Import(ImportSubscribersForm form, [FromServices] SubscriberImport import)
    {
        if (!ModelState.IsValid)
            return Rejected(nameof(Import), form);
        try
        {
            await using var file = form.File!.OpenReadStream();
            // Goes on to the end when the browser has gone: half a list helps nobody.
            var report = await import.ImportAsync(
                new ImportSubscribers { File = file, Basis = form.Basis, AccountId = AccountId }, cancellationToken: CancellationToken.None);
            return View("Imported", new ImportReportPage(form.File.FileName, report));
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError(nameof(form.File), e.Message);
            return Rejected(nameof(Import), form);
        }
    }

    [HttpGet("export")]
    public async Task<IActionResult> Export([FromServices] SubscriberExport export, CancellationToken cancellationToken)
    {
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "subscribers.csv" }.ToString();
        await export.WriteAsync(Response.Body, cancellationToken);
        return new EmptyResult();
    }

    private async Task<SubscriberPage?> PageAsync(int id, LeaveForm leave, CancellationToken cancellationToken)
        => await directory.FindAsync(id, cancellationToken) is { } person
            ? new SubscriberPage(person, leave, await directory.SectorsAsync(cancellationToken)) { Late = await late.OfferAsync(id, cancellationToken) }
            : null;
}
