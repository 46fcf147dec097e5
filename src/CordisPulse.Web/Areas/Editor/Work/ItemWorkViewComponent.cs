using System.Globalization;
using System.Security.Claims;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Work;

/// <summary>The work on an item, below its form, in the intake and in an edition.</summary>
public sealed class ItemWorkViewComponent(WorkReader reader) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(int id)
    {
        var account = int.Parse(UserClaimsPrincipal.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        return await reader.ReadAsync(id, new NoteForm(), account, HttpContext.RequestAborted) is { } page ? View("/Areas/Editor/Work/_Work.cshtml", page) : Content("");
    }
}

/// <summary>A few words on the work on an item, for its card on the board.</summary>
public sealed class WorkMarkViewComponent(WorkReader reader) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(EditionMonth month, int id)
        => await reader.MarkAsync(month, id, HttpContext.RequestAborted) is { Words: { Length: > 0 } words } ? View("/Areas/Editor/Work/_Mark.cshtml", words) : Content("");
}
