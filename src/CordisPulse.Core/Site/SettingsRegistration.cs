using CordisPulse.Core.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Site;

internal static class SettingsRegistration
{
    /// <summary>What staff change on the pages of the settings.</summary>
    public static IServiceCollection AddSiteSettings(this IServiceCollection services)
    {
        services.AddScoped<PublisherEditor>();
        services.AddScoped<SitePageEditor>();
        services.AddScoped<SectorEditor>();
        services.AddScoped<SectionEditor>();
        services.AddScoped<TopicEditor>();
        services.AddScoped<SourceEditor>();
        services.AddScoped<SourceMerger>();
        services.AddScoped<SourceRemover>();
        return services;
    }
}
