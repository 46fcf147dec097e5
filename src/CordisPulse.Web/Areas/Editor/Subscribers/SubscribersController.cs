using CordisPulse.Core;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

[Authorize(Policies.Publishes)]
[Route("/editor/subscribers")]
public sealed class SubscribersController(SubscriberDirectory directory, SubscriberAdmission admission, SearchWords words) : EditorController
{
    private const string Root = "/editor/subscribers";

    [HttpGet("")]
    public async Task<IActionResult> List(SubscriberFilter filter, [FromServices] DomainNotices notices, CancellationToken cancellationToken)
    {
        // A link from elsewhere that names them in the clear.
        if (ModelState.IsValid && !string.IsNullOrWhiteSpace(filter.Search))
            return Found(filter);
        if (!string.IsNullOrEmpty(filter.Words) && (filter.Search = words.Open(filter.Words)) is null)
            ModelState.AddModelError(nameof(filter.Search), SearchWords.Ended);
        return await ListedAsync(filter, notices, cancellationToken);
    }

    /// <summary>Posted, so that what is searched for stays out of the address.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Find(SubscriberFilter filter, [FromServices] DomainNotices notices, CancellationToken cancellationToken)
        => ModelState.IsValid ? Found(filter) : await ListedAsync(filter, notices, cancellationToken);

    [HttpPost("notices/{id:int}/seen")]
    public async Task<IActionResult> Seen(int id, [FromServices] DomainNotices notices)
    {
        await notices.SettleAsync([id], AccountId);
        return LocalRedirect(Root);
    }

    /// <param name="ids">Those that were on the page: what has come since has not been seen.</param>
    /// <param name="notices">Settles them.</param>
    /// <param name="cancellationToken">Ends the reading of the page.</param>
    [HttpPost("notices/seen")]
    public async Task<IActionResult> SeenAll(int[] ids, [FromServices] DomainNotices notices, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return await ListedAsync(new SubscriberFilter(), notices, cancellationToken);
        Flash($"{Counted.Of(await notices.SettleAsync(ids, AccountId), "notice")} settled.");
        return LocalRedirect(Root);
    }

    [HttpGet("add")]
    public async Task<IActionResult> Add(CancellationToken cancellationToken)
        => View(nameof(Add), new AddSubscriberForm { Choices = await directory.SectorsAsync(cancellationToken) });

    [HttpPost("add")]
    public async Task<IActionResult> Add(AddSubscriberForm form, CancellationToken cancellationToken)
    {
        ModelState.ShowUsed(form, nameof(form.Email));
        if (!ModelState.IsValid || ModelState.Asks(form, nameof(form.Email)) || !await IsAddedAsync(form, cancellationToken))
        {
            form.Choices = await directory.SectorsAsync(cancellationToken);
            return Rejected(nameof(Add), form);
        }

        Flash($"{form.Email!.Trim()} is on the list.");
        return LocalRedirect(Root);
    }

    [HttpGet("export")]
    public async Task<IActionResult> Export([FromServices] SubscriberExport export, CancellationToken cancellationToken)
    {
        await directory.NoteAsync(AuditedActs.ExportList, null, AccountId);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "subscribers.csv" }.ToString();
        await export.WriteAsync(Response.Body, cancellationToken);
        return new EmptyResult();
    }

    /// <returns>False when not; why stands at its field then.</returns>
    private async Task<bool> IsAddedAsync(AddSubscriberForm form, CancellationToken cancellationToken)
    {
        try
        {
            var act = form.ToAct(AccountId);
            var outcome = (await admission.AddAsync(act, cancellationToken))[0];
            if (outcome == AddOutcome.Added)
                return true;
            form.There = await directory.NumberAtAsync(act.People[0].Address, cancellationToken);
            ModelState.AddModelError(nameof(form.Email), outcome == AddOutcome.AlreadyThere
                ? "This person is on the list already."
                : "This person left or can't be mailed, and stays off the list. Somebody who left can join again on the subscribe page.");
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError(nameof(form.Sectors), e.Message);
        }

        return false;
    }

    private LocalRedirectResult Found(SubscriberFilter filter)
    {
        filter.Words = string.IsNullOrWhiteSpace(filter.Search) ? null : words.Seal(filter.Search.Trim());
        return LocalRedirect(filter.AddressOf(filter.Page));
    }

    private async Task<IActionResult> ListedAsync(SubscriberFilter filter, DomainNotices notices, CancellationToken cancellationToken)
    {
        var page = new SubscribersPage(filter, null, await directory.SectorsAsync(cancellationToken), await notices.OpenAsync(cancellationToken));
        if (!ModelState.IsValid)
            return Rejected(nameof(List), page);
        var listed = await directory.ListAsync(filter.ToQuery(), cancellationToken);
        return listed.Page == filter.Page ? View(nameof(List), page with { List = listed }) : NotFound();
    }
}
