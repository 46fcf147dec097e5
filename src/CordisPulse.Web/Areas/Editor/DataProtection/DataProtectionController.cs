using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.DataProtection;

/// <summary>For whoever answers for data protection: what is held, why, how long, and who has seen it.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/data-protection")]
public sealed class DataProtectionController(DataProtectionView view, StaffReadings readings) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(ReadingFilter filter, CancellationToken cancellationToken)
    {
        var page = new DataProtectionPage(await view.ReadAsync(cancellationToken), filter, null, await readings.AccountsAsync(cancellationToken));
        if (ModelState.IsValid)
            return View(nameof(Show), page with { Readings = await readings.ListAsync(filter.ToQuery(), cancellationToken) });
        SayPlainly(nameof(filter.Person), "Give the person’s number: it stands on their page.");
        return Rejected(nameof(Show), page);
    }

    /// <summary>In place of what the framework says of a value that can't be read.</summary>
    private void SayPlainly(string field, string problem)
    {
        if (ModelState[field] is not { Errors.Count: > 0 } entry)
            return;
        entry.Errors.Clear();
        entry.Errors.Add(problem);
    }
}
