using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Links;

/// <summary>A line on the desk's first page while published links no longer answer.</summary>
public sealed class LinksNoticeViewComponent(LinksReader reader) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View("/Areas/Editor/Links/_Notice.cshtml", await reader.CountGoneAsync(HttpContext.RequestAborted));
}
