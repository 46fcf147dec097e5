using CordisPulse.Web.Features.Archive;
using CordisPulse.Web.Features.Feeds;
using CordisPulse.Web.Features.PrivatePreview;
using CordisPulse.Web.Features.Search;
using CordisPulse.Web.Features.Subscribe;
using CordisPulse.Web.Features.YourData;

namespace CordisPulse.Web.Features;

/// <summary>Registers what the public pages are put together with.</summary>
internal static class PublicSiteRegistration
{
    public static IServiceCollection AddPulsePublicSite(this IServiceCollection services)
    {
        services.AddScoped<EditionPages>();
        services.AddScoped<ItemForms>();
        services.AddSingleton<ArchiveJson>();
        services.AddScoped<SearchPages>();
        services.AddScoped<FeedPages>();
        services.AddScoped<FeedWriter>();
        services.AddScoped<SitemapWriter>();
        services.AddSingleton<SearchJson>();
        services.AddScoped<PrivatePreviewReader>();
        services.AddSingleton<FormClock>();
        services.AddSingleton<SaidOnce>();
        services.AddScoped<DataContact>();
        return services;
    }
}
