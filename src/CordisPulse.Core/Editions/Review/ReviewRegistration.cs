using CordisPulse.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Editions.Review;

internal static class ReviewRegistration
{
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddSettings<EditionOptions>(EditionOptions.Section);
        services.AddSingleton<IValidateOptions<EditionOptions>, EditionOptionsValidator>();
        services.AddScoped<PreviewLinks>();
        services.AddScoped<EditionComments>();
        services.AddScoped<Approvals>();
        return services;
    }
}
