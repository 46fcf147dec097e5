using CordisPulse.Core.Feeds;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Intake;

internal static class IntakeRegistration
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSettings<OutboundOptions>(OutboundOptions.Section);
        services.AddSingleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>();
        services.AddSingleton<OutboundClient>();
        services.AddSingleton<HostVisits>();
        services.AddSingleton<RobotsRules>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<PageReadings>();
        services.AddScoped<PlaceSuggestions>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<FeedReadings>();
        services.AddScoped<FeedEditor>();
        services.AddScoped<FeedSuggestions>();
        return services;
    }
}
