using CordisPulse.Core;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CordisPulse.Web.Areas.Editor.Merge;

/// <summary>Somebody is on the list twice: staff name the other row, see both side by side and say which one goes on.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/subscribers/{id:int}/merge")]
public sealed class MergeController(MergeView view, SubscriberMerger merger, SubscriberDirectory directory) : EditorController
{
    /// <summary>Whoever is shown has been looked at.</summary>
    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if ((await next()).Result is not ViewResult { Model: { } model })
            return;
        foreach (var shown in model is ComparePage both ? both.Sides.Select(side => side.Id) : [((FindOtherPage)model).Id])
            await directory.NoteAsync(AuditedActs.ReadPerson, shown, AccountId);
    }

    [HttpGet("")]
    public async Task<IActionResult> Find(int id, CancellationToken cancellationToken)
        => await PersonAsync(id, new FindOtherForm(), cancellationToken) is { } page ? View(nameof(Find), page) : NotFound();

    /// <summary>By post, since addresses of pages are written into logs.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Find(int id, [Bind(Prefix = nameof(FindOtherPage.Form))] FindOtherForm form, CancellationToken cancellationToken)
    {
        if (await PersonAsync(id, form, cancellationToken) is not { } page)
            return NotFound();
        try
        {
            return LocalRedirect($"/editor/subscribers/{id}/merge/{await view.FindAsync(id, form.Other, cancellationToken)}");
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError($"{nameof(page.Form)}.{nameof(form.Other)}", e.Message);
            return Rejected(nameof(Find), page);
        }
    }

    /// <param name="number">Of the other row.</param>
    [HttpGet("{number:int}")]
    public async Task<IActionResult> Compare(int id, int number, CancellationToken cancellationToken)
        => await BothAsync(id, number, new MergeForm(), cancellationToken) is { } page ? View(nameof(Compare), page) : NotFound();

    [HttpPost("{number:int}")]
    public async Task<IActionResult> Compare(int id, int number, [Bind(Prefix = nameof(ComparePage.Form))] MergeForm form, CancellationToken cancellationToken)
    {
        if (await BothAsync(id, number, form, cancellationToken) is not { } page)
            return NotFound();
        if (page.Outcomes.FirstOrDefault(outcome => outcome.Kept.Id == form.Kept) is not { } chosen)
        {
            // What is no number is no choice either.
            ModelState.Clear();
            ModelState.AddModelError($"{nameof(page.Form)}.{nameof(form.Kept)}", "Choose the row that goes on.");
            return Rejected(nameof(Compare), page);
        }

        try
        {
            await merger.MergeAsync(new MergeSubscribers { KeptId = chosen.Kept.Id, GoneId = chosen.Gone.Id, AccountId = AccountId });
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError($"{nameof(page.Form)}.{nameof(form.Kept)}", e.Message);
            return Rejected(nameof(Compare), page);
        }

        Flash($"Both are one person now. {chosen.Gone.Email} is not written to any more.");
        return LocalRedirect($"/editor/subscribers/{chosen.Kept.Id}");
    }

    private async Task<FindOtherPage?> PersonAsync(int id, FindOtherForm form, CancellationToken cancellationToken)
        => await directory.FindAsync(id, cancellationToken) is { Email: { } email } ? new FindOtherPage(id, email, form) : null;

    private async Task<ComparePage?> BothAsync(int id, int other, MergeForm form, CancellationToken cancellationToken)
        => await view.ReadAsync(id, other, cancellationToken) is var (one, two) ? new ComparePage(one, two, new SectorNames(await directory.SectorsAsync(cancellationToken)), form) : null;
}
