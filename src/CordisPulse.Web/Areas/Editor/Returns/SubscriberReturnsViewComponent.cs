using CordisPulse.Core.Mail.Returns;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Returns;

/// <summary>What came back from one person, on their page; nothing where nothing did.</summary>
public sealed class SubscriberReturnsViewComponent(ReturnDesk desk) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(int id)
        => View("/Areas/Editor/Returns/_OfSubscriber.cshtml", await desk.OfAsync(id, HttpContext.RequestAborted));
}
