using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CordisPulse.Tests.Outbound;

/// <summary>A web site of another organisation, on a free port of the loopback address.</summary>
public sealed class LoopbackSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, RequestDelegate> _pages = [];
    private int _requests;

    private LoopbackSite()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            if (_pages.TryGetValue(context.Request.Path, out var page))
                return page(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    public Uri Address => new(_app.Urls.First());

    public int Requests => Volatile.Read(ref _requests);

    public static async Task<LoopbackSite> StartAsync()
    {
        var site = new LoopbackSite();
        await site._app.StartAsync();
        return site;
    }

    public Uri At(string path) => new(Address, path);

    public LoopbackSite On(string path, RequestDelegate page)
    {
        _pages[path] = page;
        return this;
    }

    public LoopbackSite Html(string path, string html) => On(path, context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    });

    public LoopbackSite Redirect(string path, string to) => On(path, context =>
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
