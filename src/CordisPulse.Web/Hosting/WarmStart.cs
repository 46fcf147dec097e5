using CordisPulse.Core.Archive;
using CordisPulse.Core.Data;
using CordisPulse.Core.Rendering;
using CordisPulse.Web.Features.Archive;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// Takes the first steps of the first page beforehand: what a program does for the first time takes it a hundred times as long. A second
/// processor does it while routes are mapped and the database is made ready; nobody waits for it, and what fails here fails again where it is said.
/// </summary>
internal static class WarmStart
{
    /// <summary>What needs no database.</summary>
    public static void BeginWarming(this IServiceProvider services) => Begin(async () =>
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        _ = db.PublishedEditions.ToQueryString();
        services.GetRequiredService<MarkdownRenderer>().ToHtml("*One* [link](https://example.org).");
    });

    /// <summary>Reads the front as the first reader will.</summary>
    public static void BeginReading(this IServiceScopeFactory scopes, CancellationToken cancellationToken) => Begin(async () =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await services.GetRequiredService<ContentWatch>().CurrentAsync(cancellationToken);
        if (await services.GetRequiredService<ArchiveQueries>().FindNewestMonthAsync(cancellationToken) is { } newest)
            await services.GetRequiredService<EditionPages>().ReadEditionAsync(newest, cancellationToken);
    });

    private static void Begin(Func<Task> steps) => _ = Task.Run(async () =>
    {
        try
        {
            await steps();
        }
        catch (Exception)
        {
            // Said by whoever needs it.
        }
    });
}
