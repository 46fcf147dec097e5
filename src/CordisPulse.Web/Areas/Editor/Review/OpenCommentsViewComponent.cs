using System.Globalization;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>How many comments on an edition are open, for the navigation; nothing while none is.</summary>
public sealed class OpenCommentsViewComponent(EditionComments comments) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(EditionMonth month)
        => await comments.CountOpenAsync(month, HttpContext.RequestAborted) is > 0 and var count
            ? new HtmlContentViewComponentResult(new HtmlString(string.Create(
                CultureInfo.InvariantCulture, $" ({count:N0}<span class=\"unseen\"> open {(count == 1 ? "comment" : "comments")}</span>)")))
            : Content("");
}
