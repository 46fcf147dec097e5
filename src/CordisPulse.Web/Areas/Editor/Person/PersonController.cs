using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CordisPulse.Web.Areas.Editor.Person;

/// <summary>One person of the list: what is held, their story, and what staff do at their request. Each look at the page is kept.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/subscribers/{id:int}")]
public sealed class PersonController(SubscriberDirectory directory, SubscriberEditor editor, LateMailings late) : EditorController
{
    /// <summary>Whichever page shows the person, and be it again with what is wrong in its form, has been looked at.</summary>
    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if ((await next()).Result is ViewResult { ViewName: not nameof(Privacy) } && context.ActionArguments["id"] is int id)
            await directory.NoteAsync(AuditedActs.ReadPerson, id, AccountId);
    }

    [HttpGet("")]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken)
        => await PageAsync(id, new LeaveForm(), cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();

    [HttpGet("edit")]
    public async Task<IActionResult> Edit(int id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken) is { } person ? View(nameof(Edit), new EditPage(person, EditForm.Of(person), await directory.SectorsAsync(cancellationToken))) : NotFound();

    [HttpPost("edit")]
    public async Task<IActionResult> Edit(int id, [Bind(Prefix = nameof(EditPage.Form))] EditForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } person)
            return NotFound();
        var field = $"{nameof(EditPage.Form)}.{nameof(form.Email)}";
        ModelState.ShowUsed(form, field);
        if (ModelState.IsValid && (form.Email == person.Email || !ModelState.Asks(form, field)) && await DoneAsync(() => editor.EditAsync(form.ToAct(id, AccountId)), nameof(EditPage.Form)))
            return Done(id, "Saved. A mailing that runs goes on as it began.");
        return Rejected(nameof(Edit), new EditPage(person, form, await directory.SectorsAsync(cancellationToken)));
    }

    /// <summary>Sends an edition to somebody who joined after its mailing.</summary>
    [HttpPost("late")]
    public async Task<IActionResult> Late(int id, EditionMonth month, CancellationToken cancellationToken)
    {
        if (await DoneAsync(() => late.SendAsync(new SendLate { Month = month, SubscriberId = id, ById = AccountId }, cancellationToken)))
            return Done(id, $"{month.Title} is being sent to this person.");
        return await PageAsync(id, new LeaveForm(), cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
    }

    [HttpPost("unsubscribe")]
    public async Task<IActionResult> Unsubscribe(int id, [Bind(Prefix = nameof(SubscriberPage.Leave))] LeaveForm form, CancellationToken cancellationToken)
    {
        if (await PageAsync(id, form, cancellationToken) is not { Person.Email: { } email } page)
            return NotFound();
        if (ModelState.IsValid && await DoneAsync(() => editor.UnsubscribeAsync(new UnsubscribeOnRequest { SubscriberId = id, Note = form.Note!, AccountId = AccountId })))
            return Done(id, $"{email} is off the list, and no import brings them back.");
        return Rejected(nameof(Show), page);
    }

    [HttpGet("suppress")]
    public async Task<IActionResult> Suppress(int id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken) is { } person ? View(nameof(Suppress), new SuppressPage(person, new SuppressForm())) : NotFound();

    [HttpPost("suppress")]
    public async Task<IActionResult> Suppress(int id, [Bind(Prefix = nameof(SuppressPage.Form))] SuppressForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } person)
            return NotFound();
        if (ModelState.IsValid
            && await DoneAsync(() => editor.SuppressAsync(new SuppressSubscriber { SubscriberId = id, Reason = form.Reason!.Value, Note = form.Note!, AccountId = AccountId })))
            return Done(id, $"{person.Email} is not mailed any more, and no import brings them back.");
        return Rejected(nameof(Suppress), new SuppressPage(person, form));
    }

    [HttpGet("erase")]
    public async Task<IActionResult> Erase(int id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken) is { } person ? View(nameof(Erase), new ErasePage(person, new EraseForm())) : NotFound();

    [HttpPost("erase")]
    public async Task<IActionResult> Erase(int id, [Bind(Prefix = nameof(ErasePage.Form))] EraseForm form, [FromServices] PersonErasure erasure, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } person)
            return NotFound();
        if (ModelState.IsValid && await DoneAsync(() => erasure.EraseAsync(new ErasePerson { SubscriberId = id, Way = Ways.Desk, AccountId = AccountId })))
            return Done(id, "This person is erased.");
        return Rejected(nameof(Erase), new ErasePage(person, form));
    }

    /// <summary>All that is held about the person, to be given to them.</summary>
    [HttpPost("export")]
    public async Task<IActionResult> Export(int id, [FromServices] PersonalData held, CancellationToken cancellationToken)
    {
        if (await held.ReadAsync(id, cancellationToken) is not { } person)
            return NotFound();
        await directory.NoteAsync(AuditedActs.ExportPerson, id, AccountId);
        return File(Encoding.UTF8.GetBytes(PersonalData.ToJson(person)), "application/json", $"subscriber-{id}.json");
    }

    [HttpGet("privacy/{number:int}")]
    public async Task<IActionResult> Privacy(int id, int number, CancellationToken cancellationToken)
        => await directory.PrivacyTextAsync(number, cancellationToken) is { } text ? View(nameof(Privacy), (id, text)) : NotFound();

    private LocalRedirectResult Done(int id, string said)
    {
        Flash(said);
        return LocalRedirect($"/editor/subscribers/{id}");
    }

    /// <returns>False when it was refused; why stands at its field then.</returns>
    private async Task<bool> DoneAsync(Func<Task> act, string? prefix = null)
    {
        try
        {
            await act();
            return true;
        }
        catch (FieldRefusedException e)
        {
            ModelState.AddModelError(e.Field == nameof(EditSubscriber.Address) ? $"{prefix}.{nameof(EditForm.Email)}" : $"{prefix}.{e.Field}", e.Message);
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
        }

        return false;
    }

    /// <summary>Null for nobody, and for who was erased or goes on as another.</summary>
    private async Task<SubscriberPerson?> FindAsync(int id, CancellationToken cancellationToken)
        => await directory.FindAsync(id, cancellationToken) is { Email: not null } person ? person : null;

    private async Task<SubscriberPage?> PageAsync(int id, LeaveForm leave, CancellationToken cancellationToken)
        => await directory.FindAsync(id, cancellationToken) is { } person
            ? new SubscriberPage(person, leave, await directory.SectorsAsync(cancellationToken)) { Late = await late.OfferAsync(id, cancellationToken) }
            : null;
}
