using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Web.Features.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// Answers 503 while the database is away, full, or too slow, with what was sent. It stands before everything that asks the database,
/// signing in among it, and asks nothing of it itself.
/// </summary>
internal static class DatabaseAway
{
    /// <summary>In bytes. A longer text has its draft.</summary>
    private const int LongestForm = 512 * 1024;

    private static readonly TimeSpan ComeAgainAfter = TimeSpan.FromSeconds(30);

    public static void UseDatabaseAway(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e.IsTransientDatabaseFailure() && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            app.Logger.LogWarning(
                "{Method} {Route} could not use the database: {Failure}", context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, e.DatabaseFailureCode());
            await ShowAsync(context, e.IsDatabaseFull());
        }
    });

    private static async Task ShowAsync(HttpContext context, bool isFull)
    {
        var (request, response) = (context.Request, context.Response);
        var sent = await SentAsync(request);
        var page = new DatabaseAwayPage(
            isFull, IsWrite: !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method), sent is null ? null : $"{request.Path}{request.QueryString}", sent ?? []);
        response.Clear();
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = ComeAgainAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        if (request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            await View(context, page).ExecuteResultAsync(new ActionContext(context, new RouteData(), new ActionDescriptor()));
        else
            await response.WriteAsync($"{page.Title}. {page.Explanation} Code: {TraceCode.Of(context)}", context.RequestAborted);
    }

    private static ViewResult View(HttpContext context, DatabaseAwayPage page) => new()
    {
        ViewName = "/Features/Errors/DatabaseAway.cshtml",
        ViewData = new ViewDataDictionary<DatabaseAwayPage>(context.RequestServices.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary()) { Model = page },
    };

    /// <returns>Null for what no form has sent, is too long, holds a file or a password, or would go to another server.</returns>
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>?> SentAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || request.ContentLength is not (> 0 and <= LongestForm) || request.Path.Value?.StartsWith("//", StringComparison.Ordinal) == true)
            return null;
        var (form, _) = await PostedForm.ReadAsync(request);
        return form is { Count: > 0, Files.Count: 0 } && !form.Keys.Any(name => name.Contains("Password", StringComparison.OrdinalIgnoreCase))
            ? [.. form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))]
            : null;
    }
}
