using CordisPulse.Core.Archive;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CordisPulse.Web.Hosting.Pages;

/// <summary>Answers with pages that are ready, before anything else is asked.</summary>
internal static class PageAnswers
{
    private static readonly StringValues AskEachTime = "no-cache, must-revalidate";
    private static readonly StringValues ByCoding = "Accept-Encoding";
    private static readonly StringValues Gzip = "gzip";
    private static readonly StringValues Brotli = "br";

    /// <summary>Who may be signed in is shown more than readers are, and passes on to where that is known.</summary>
    public static void UsePageMemory(this WebApplication app)
    {
        var (memory, watch) = (app.Services.GetRequiredService<PageMemory>(), app.Services.GetRequiredService<ContentWatch>());
        var isSecure = app.IsSecure();
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (!IsRead(request) || SecuritySetup.MayBeSignedIn(request))
                return next(context);
            // A token of the request would be made for each.
            var state = watch.CurrentAsync(CancellationToken.None);
            return state.IsCompletedSuccessfully ? Answer(context, state.Result) : AnswerLater(context, state);

            Task Answer(HttpContext context, ContentState state)
            {
                if (memory.Find(Target(context), state) is not { } page)
                    return next(context);
                SecurityHeaders.Set(context, context.Request.Path, isSecure);
                return AnswerAsync(context, page);
            }

            async Task AnswerLater(HttpContext context, ValueTask<ContentState> reading)
            {
                ContentState? state = null;
                try
                {
                    state = await reading.AsTask().WaitAsync(context.RequestAborted);
                }
                catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
                {
                    // Not every page needs the database; those that do say what is the matter.
                }

                await (state is null ? next(context) : Answer(context, state));
            }
        });
    }

    /// <summary>What the request line asks for, as it was written.</summary>
    public static string Target(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    public static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Sends the page, or that the reader's copy is still current.</summary>
    public static Task AnswerAsync(HttpContext context, KeptPage page)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.ETag = page.Tag;
        headers.CacheControl = AskEachTime;
        headers.Vary = ByCoding;
        if (page.LastModified is { } changed)
            headers.LastModified = changed;
        if (page.IsKnownTo(request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var coding = ContentCodings.Accepted(request.Headers.AcceptEncoding);
        if (coding != ContentCoding.Identity)
            headers.ContentEncoding = coding == ContentCoding.Brotli ? Brotli : Gzip;
        headers.ContentType = page.ContentType;
        headers.ContentDisposition = page.Disposition;
        var body = page.In(coding);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
