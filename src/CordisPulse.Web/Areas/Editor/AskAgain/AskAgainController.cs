using CordisPulse.Core;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.AskAgain;

public sealed class AskAgainForm
{
    public int AgreedMonthsAgo { get; set; } = 12;

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
    private const int MostMonths = 240;

    [HttpGet("")]
    public async Task<IActionResult> Show(int? months, CancellationToken cancellationToken)
        => View(nameof(Show), await PageAsync(new AskAgainForm { AgreedMonthsAgo = Math.Clamp(months ?? 12, PermissionRounds.FewestMonths, MostMonths) }, cancellationToken));

    [HttpPost("")]
    public async Task<IActionResult> Ask([Bind(Prefix = nameof(AskAgainPage.Form))] AskAgainForm form, CancellationToken cancellationToken)
    {
        form.AgreedMonthsAgo = Math.Clamp(form.AgreedMonthsAgo, 0, MostMonths);
        form.AnswerWithinDays = Math.Clamp(form.AnswerWithinDays, 0, 366);
        try
        {
            var asked = ModelState.IsValid
                ? await rounds.AskAsync(
                    new AskWhetherWanted { AgreedMonthsAgo = form.AgreedMonthsAgo, AnswerWithinDays = form.AnswerWithinDays, Silence = form.Silence, AccountId = AccountId }, cancellationToken)
                : 0;
            if (asked > 0)
            {
                Flash($"The question is on its way to {Counted.Of(asked, "person", "people")}.");
                return LocalRedirect("/editor/subscribers/ask-again");
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

    private async Task<AskAgainPage> PageAsync(AskAgainForm form, CancellationToken cancellationToken)
        => new(form, await rounds.CountAsync(Math.Max(form.AgreedMonthsAgo, PermissionRounds.FewestMonths), cancellationToken), await rounds.ListAsync(cancellationToken));
}
