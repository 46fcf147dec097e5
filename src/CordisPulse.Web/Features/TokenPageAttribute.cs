using Microsoft.AspNetCore.Mvc.Filters;

namespace CordisPulse.Web.Features;

/// <summary>For pages whose own address holds a token: no cache or search engine hears of it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TokenPageAttribute : ActionFilterAttribute
{
    public override void OnActionExecuting(ActionExecutingContext context) => KeepToItself(context.HttpContext.Response);

    public static void KeepToItself(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Robots-Tag"] = "noindex";
    }
}
