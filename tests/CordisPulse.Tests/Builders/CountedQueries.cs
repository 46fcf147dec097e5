using System.Collections.Concurrent;
using System.Data.Common;
using CordisPulse.Core.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Builders;

/// <summary>Every query that a request asks of the main database, by the request's path. What works in the background is none of a request's.</summary>
public sealed class CountedQueries(IHttpContextAccessor requests) : DbCommandInterceptor
{
    private readonly ConcurrentQueue<(string Path, string Sql)> _asked = new();

    public IReadOnlyList<string> Of(string path) => [.. _asked.Where(query => query.Path == path).Select(query => query.Sql)];

    public static void AddTo(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<CountedQueries>();
        services.ConfigureDbContext<PulseDbContext>((provider, builder) => builder.AddInterceptors(provider.GetRequiredService<CountedQueries>()));
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (requests.HttpContext is { } context)
            _asked.Enqueue((context.Request.Path, command.CommandText));
        return ValueTask.FromResult(result);
    }
}
