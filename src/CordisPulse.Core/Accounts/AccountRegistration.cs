using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Accounts;

public static class AccountRegistration
{
    public static IServiceCollection AddPulseAccounts(this IServiceCollection services)
    {
        services.AddScoped<OneTimeTokens>();
        return services;
    }
}
