using CordisPulse.Core.Site;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features;

/// <summary>Who publishes the site.</summary>
public sealed class SiteFooterViewComponent(Publisher publisher) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View(await publisher.GetAsync(HttpContext.RequestAborted));
}
