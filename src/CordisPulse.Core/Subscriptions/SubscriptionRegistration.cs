using CordisPulse.Core.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CordisPulse.Core.Subscriptions;

public static class SubscriptionRegistration
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.TryAddScoped<OneTimeTokens>();
        services.AddSingleton<AddressHash>();
        services.AddScoped<SuppressionList>();
        services.AddScoped<PrivacyTexts>();
        services.AddScoped<SubscriptionService>();
        services.AddScoped<SubscriptionPages>();
        services.AddScoped<SubscriberAdmission>();
        services.AddScoped<SubscriberDirectory>();
        services.AddScoped<SubscriberExport>();
        services.AddSingleton<SubscriberImport>();
        services.AddSingleton<QueuedMails>();
        services.AddSingleton<PickupFolder>();
        return services;
    }
}
