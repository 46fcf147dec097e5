using System.Reflection;
using CordisPulse.Core.Archive;
using CordisPulse.Web.Hosting.Pages;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.ObjectPool;

namespace CordisPulse.Web.Features;

/// <summary>
/// Marks what is made of published content alone: what was answered is kept and sent again until something is published. Browsers
/// and proxies may keep it too, ask each time whether it is still current, and get 304 when it is. Staff who are signed in see the same page with
/// links of their own, which nobody keeps.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublishedContentAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity?.IsAuthenticated == true)
        {
            http.Response.Headers.CacheControl = "private, no-store";
            await next();
            return;
        }

        var memory = http.RequestServices.GetRequiredService<PageMemory>();
        // Before anything is read: what is published meanwhile makes the page old, never the other way round.
        var state = await http.RequestServices.GetRequiredService<ContentWatch>().CurrentAsync(http.RequestAborted);
        var body = http.Response.Body;
        var buffers = http.RequestServices.GetRequiredService<ObjectPool<MemoryStream>>();
        var buffer = buffers.Get();
        http.Response.Body = buffer;
        byte[] made;
        try
        {
            await next();
            made = buffer.ToArray();
        }
        finally
        {
            http.Response.Body = body;
            buffers.Return(buffer);
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK && made.Length > 0)
        {
            var page = new KeptPage(state, http.Response.Headers, made);
            if (IsOneOfFew(http.Request, context.ActionDescriptor))
                memory.Keep(PageAnswers.Target(http), page);
            await PageAnswers.AnswerAsync(http, page);
        }
    }

    /// <summary>Addresses of which there is no end, since they hold what no page reads or are written in odd ways, would fill the memory.</summary>
    private static bool IsOneOfFew(HttpRequest request, ActionDescriptor action)
        => PageAnswers.Target(request.HttpContext) == request.GetEncodedPathAndQuery()
            && request.Query.Keys.All(key => action.Parameters.Any(parameter => Reads(parameter, key)));

    private static bool Reads(ParameterDescriptor parameter, string key)
        => parameter.Name.Equals(key, StringComparison.OrdinalIgnoreCase)
            || parameter.ParameterType.GetProperty(key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { CanWrite: true };
}
