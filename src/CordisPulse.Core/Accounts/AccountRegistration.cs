using CordisPulse.Core.Audit;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Accounts;

public static class AccountRegistration
{
    public static IServiceCollection AddPulseAccounts(this IServiceCollection services)
    {
        services.AddScoped<OneTimeTokens>();
        services.AddScoped<RoleRows>();
        services.AddScoped<AccountRules>();
        services.AddScoped<FirstAdministrator>();
        services.AddScoped<AccountSetUp>();
        services.AddScoped<StaffAccounts>();
        services.AddScoped<OwnPassword>();
        services.AddScoped<SecondFactors>();
        services.AddSettings<AccountOptions>(AccountOptions.Section);
        services.AddScoped<AccountNames>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<StaffMailChoices>();
        return services;
    }
}
