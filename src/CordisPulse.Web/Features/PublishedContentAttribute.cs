using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Features;

/// <summary>
/// Marks what is made of published content alone: browsers and proxies may keep it, ask each time whether it is still current, and get
/// 304 without anything being read or rendered as long as nothing was published since.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublishedContentAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        var tag = await http.RequestServices.GetRequiredService<PublishedTag>().OfAsync(http.Request, http.RequestAborted);
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            SetHeaders(http.Response, tag);
            context.Result = new StatusCodeResult(StatusCodes.Status304NotModified);
            return;
        }

        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status200OK)
                SetHeaders(http.Response, tag);
            return Task.CompletedTask;
        });
        await next();
    }

    private static void SetHeaders(HttpResponse response, EntityTagHeaderValue tag)
    {
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache, must-revalidate";
    }
}
