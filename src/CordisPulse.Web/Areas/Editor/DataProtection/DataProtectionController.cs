using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.DataProtection;

/// <summary>For whoever answers for data protection: what is held, why, how long, and who has seen it.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/data-protection")]
public sealed class DataProtectionController(DataProtectionView view) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(CancellationToken cancellationToken) => View(nameof(Show), await view.ReadAsync(cancellationToken));
}
