using Microsoft.AspNetCore.Mvc.Filters;

namespace CordisPulse.Web.Features;

/// <summary>
/// For forms whose address holds no token, and which show nothing but what was typed into them: the browser that it was typed into may keep the
/// page, as it keeps typed fields, and nobody else. Without a copy Chromium has no way back to the answer to a post, and shows an error
/// (ERR_CACHE_MISS) in place of the form.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TypedPageAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context) => context.HttpContext.Response.Headers.CacheControl = "private, no-cache";
}
