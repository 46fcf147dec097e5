using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Data;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Archive;

/// <summary>Registers what the public site reads with.</summary>
public static class ArchiveRegistration
{
    public static IServiceCollection AddPulseArchive(this IServiceCollection services)
    {
        services.AddScoped<ArchiveQueries>();
        services.AddSingleton<ArchiveCounts>();
        services.AddSingleton<SearchIndexFile>();
        services.AddSingleton(services => new SearchIndex(
            services.GetRequiredService<IDbContextFactory<PulseDbContext>>(), services.GetRequiredService<SearchIndexFile>(), services.GetRequiredService<ILogger<SearchIndex>>()));
        services.AddScoped<ArchiveSearch>();
        services.AddScoped<FeedQueries>();
        services.AddScoped<SitePageReader>();
        return services;
    }
}
