using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Dashboard;

public sealed class DashboardController(DashboardReader dashboard) : EditorController
{
    [HttpGet("/editor")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(await dashboard.ReadAsync(null, cancellationToken));

    [HttpPost("/editor/editions")]
    public async Task<IActionResult> Start(
        [Bind(Prefix = nameof(DashboardPage.Start))] StartForm form, [FromServices] EditionStarter starter, CancellationToken cancellationToken)
    {
        if (EditionMonth.TryParse(form.Month?.Trim(), out var month))
            try
            {
                await starter.StartAsync(form.ToStart(month, AccountId), cancellationToken);
                Flash($"The edition of {month.Title} is started.");
                return LocalRedirect($"/editor/editions/{month}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("Start.Month", e.Message);
            }
        else
            ModelState.AddModelError("Start.Month", "Enter a month like 2024-02.");

        return Rejected(nameof(Index), await dashboard.ReadAsync(form, cancellationToken));
    }
}
