using CordisPulse.Core;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.AskAgain;

public sealed class AskAgainForm
{
    public int AgreedMonthsAgo { get; set; } = 12;

    /// <summary>For how many months the number on the page was counted; nobody is asked before it was seen.</summary>
    public int CountedMonthsAgo { get; set; }

    public int AnswerWithinDays { get; set; } = 28;

    public Silence Silence { get; set; }
}

/// <param name="Count">Whom it would ask now.</param>
public sealed record AskAgainPage(AskAgainForm Form, int Count, IReadOnlyList<PermissionRoundLine> Rounds);

/// <summary>The gentle question whether somebody still wants the digest, since nobody watches whether it is read.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/subscribers/ask-again")]
public sealed class AskAgainController(PermissionRounds rounds) : EditorController
{
    private const string Root = "/editor/subscribers/ask-again";

    [HttpGet("")]
    public async Task<IActionResult> Show(CancellationToken cancellationToken) => View(nameof(Show), await PageAsync(new AskAgainForm(), cancellationToken));

    /// <param name="form">What was chosen.</param>
    /// <param name="count">Set by the button that only counts.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [HttpPost("")]
    public async Task<IActionResult> Ask([Bind(Prefix = nameof(AskAgainPage.Form))] AskAgainForm form, bool count, CancellationToken cancellationToken)
    {
        try
        {
            if (ModelState.IsValid)
            {
                PermissionRounds.RefuseOdd(form.AgreedMonthsAgo, form.AnswerWithinDays);
                if (count || form.CountedMonthsAgo != form.AgreedMonthsAgo)
                    return View(nameof(Show), await PageAsync(form, cancellationToken));
                var asked = await rounds.AskAsync(
                    new AskWhetherWanted { AgreedMonthsAgo = form.AgreedMonthsAgo, AnswerWithinDays = form.AnswerWithinDays, Silence = form.Silence, AccountId = AccountId }, cancellationToken);
                Flash($"The question is on its way to {Counted.Of(asked, "person", "people")}.");
                return LocalRedirect(Root);
            }
        }
        catch (FieldRefusedException e)
        {
            ModelState.AddModelError($"{nameof(AskAgainPage.Form)}.{e.Field}", e.Message);
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
        }

        return Rejected(nameof(Show), await PageAsync(form, cancellationToken));
    }

    [HttpPost("{id:int}/stop")]
    public async Task<IActionResult> Stop(int id, CancellationToken cancellationToken)
    {
        try
        {
            await rounds.StopAsync(id, cancellationToken);
            Flash("No more is asked, and nobody is taken off the list for not answering.");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect(Root);
    }

    private async Task<AskAgainPage> PageAsync(AskAgainForm form, CancellationToken cancellationToken)
    {
        var months = Math.Clamp(form.AgreedMonthsAgo, PermissionRounds.FewestMonths, PermissionRounds.MostMonths);
        // The page shows what was counted now, not what was posted.
        ModelState.Remove($"{nameof(AskAgainPage.Form)}.{nameof(form.CountedMonthsAgo)}");
        form.CountedMonthsAgo = months;
        return new(form, await rounds.CountAsync(months, cancellationToken), await rounds.ListAsync(cancellationToken));
    }
}
