using CordisPulse.Core.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Archive;

/// <summary>Registers what the public site reads with.</summary>
public static class ArchiveRegistration
{
    public static IServiceCollection AddPulseArchive(this IServiceCollection services)
    {
        services.AddScoped<ArchiveQueries>();
        services.AddScoped<ItemSearch>();
        services.AddScoped<FeedQueries>();
        services.AddScoped<SitePageReader>();
        return services;
    }
}
