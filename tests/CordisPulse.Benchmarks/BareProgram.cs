using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Benchmarks;

/// <summary>The least that a page from memory can cost on the same framework: one middleware that answers everything with the same bytes.</summary>
internal static class BareProgram
{
    public const string Command = "bare";
    public const string Tag = "\"bare\"";

    /// <param name="file">Compressed with gzip.</param>
    /// <param name="address">Where to listen.</param>
    public static async Task RunAsync(string file, string address)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Use((HttpContext context, RequestDelegate _) =>
        {
            var headers = context.Response.Headers;
            headers.ETag = Tag;
            if (context.Request.Headers.IfNoneMatch == Tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            headers.ContentType = "text/html; charset=utf-8";
            headers.ContentEncoding = "gzip";
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        await app.RunAsync(address);
    }
}
