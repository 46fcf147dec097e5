using System.Globalization;
using CordisPulse.Core.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>How many items wait, for the navigation; nothing while none does.</summary>
public sealed class IntakeCountViewComponent(PulseDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
        => Content(await db.IntakeEntries.CountAsync(HttpContext.RequestAborted) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $" ({count:N0})") : "");
}
