using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Archive;

/// <summary>Registers what the public site reads with.</summary>
public static class ArchiveRegistration
{
    public static IServiceCollection AddPulseArchive(this IServiceCollection services)
    {
        services.AddSettings<ArchiveOptions>(ArchiveOptions.Section);
        services.AddSingleton<IValidateOptions<ArchiveOptions>, ArchiveOptionsValidator>();
        services.AddScoped<ArchiveQueries>();
        services.AddSingleton<ContentWatch>();
        services.AddSingleton<ArchiveCounts>();
        services.AddSingleton<GoneLinks>();
        services.AddSingleton<SearchIndexFile>();
        services.AddSingleton(services => new SearchIndex(
            services.GetRequiredService<IDbContextFactory<PulseDbContext>>(), services.GetRequiredService<ContentWatch>(),
            services.GetRequiredService<SearchIndexFile>(), services.GetRequiredService<ILogger<SearchIndex>>()));
        services.AddScoped<ArchiveSearch>();
        services.AddScoped<FeedQueries>();
        services.AddScoped<SitemapQueries>();
        services.AddScoped<SitePageReader>();
        return services;
    }
}
