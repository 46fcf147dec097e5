using System.Globalization;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

public sealed class DashboardController(DashboardReader dashboard) : EditorController
{
    [HttpGet("/editor")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(await dashboard.ReadAsync(AccountId, null, null, cancellationToken));

    [HttpPost("/editor/editions")]
    public async Task<IActionResult> Start(
        [Bind(Prefix = nameof(DashboardPage.Start))] StartForm form, [FromServices] EditionStarter starter, CancellationToken cancellationToken)
    {
        if (EditionMonth.TryParse(form.Month?.Trim(), out var month))
            try
            {
                var started = await starter.StartAsync(form.ToStart(month, AccountId), cancellationToken);
                Flash(started.InWords(month), undo: $"/editor/editions/{month}/take-away");
                return LocalRedirect($"/editor/editions/{month}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("Start.Month", e.Message);
            }
        else
            ModelState.AddModelError("Start.Month", "Enter a month like 2024-02.");

        return Rejected(nameof(Index), await dashboard.ReadAsync(AccountId, form, null, cancellationToken));
    }

    [HttpPost("/editor/editions/{month:month}/take-away")]
    public async Task<IActionResult> TakeAway(EditionMonth month, [FromServices] EditionStarter starter, CancellationToken cancellationToken)
    {
        try
        {
            await starter.TakeAwayAsync(new TakeAwayEdition { Month = month }, cancellationToken);
            Flash($"The edition of {month.Title} is taken away again. Nothing had been put into it.");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect("/editor");
    }

    [HttpPost("/editor/editions/{month:month}/plan")]
    public async Task<IActionResult> Plan(
        EditionMonth month, [Bind(Prefix = nameof(DashboardPage.Plan))] PlanForm form, [FromServices] EditionPlanner planner, CancellationToken cancellationToken)
    {
        form.Month = month.ToString();
        if (!Day.IsOne(form.DueOn))
        {
            ModelState.AddModelError($"DueOn-{month}", Day.Wanted);
            return Rejected(nameof(Index), await dashboard.ReadAsync(AccountId, null, form, cancellationToken));
        }

        var dueOn = Day.Read(form.DueOn);
        if (!await planner.PlanAsync(new PlanEdition { Month = month, DueOn = dueOn }, cancellationToken))
            return NotFound();
        Flash(dueOn is { } day ? $"{month.Title} is to go out on {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}." : $"{month.Title} has no day on which it goes out.");
        return LocalRedirect("/editor");
    }
}
