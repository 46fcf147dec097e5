using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Checks;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Subscriptions;

public static class SubscriptionRegistration
{
    /// <summary>At the domains of a list, while somebody waits for its preview.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.TryAddScoped<OneTimeTokens>();
        services.AddSingleton<AddressHash>();
        services.AddScoped<SuppressionList>();
        services.AddScoped<PrivacyTexts>();
        services.AddScoped<AddressRequests>();
        services.AddScoped<SubscriptionService>();
        services.AddSingleton<Leaving>();
        services.AddScoped<SubscriberEditor>();
        services.AddScoped<RowMerger>();
        services.AddScoped<SubscriberMerger>();
        services.AddScoped<MergeView>();
        services.AddScoped<AddressChanges>();
        services.AddScoped<OwnData>();
        services.AddScoped<PersonalData>();
        services.AddScoped<PersonErasure>();
        services.AddSingleton<RestoredList>();
        services.AddScoped<PermissionRounds>();
        services.AddScoped<DataProtectionView>();
        services.AddScoped<DomainNotices>();
        services.AddSingleton<CountedList>();
        services.AddScoped<SubscriberFigures>();
        services.AddScoped<SubscriptionUpkeep>();
        services.AddSingleton<RetentionArrears>();
        services.AddScoped<Retention>();
        services.AddSingleton<IValidateOptions<JoiningOptions>, JoiningOptionsValidator>();
        services.AddSettings<JoiningOptions>(JoiningOptions.Section);
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSettings<RetentionOptions>(RetentionOptions.Section);
        services.AddScoped<SubscriptionPages>();
        services.AddScoped<SubscriberAdmission>();
        services.AddScoped<SubscriberDirectory>();
        services.AddScoped<SubscriberExport>();
        services.AddScoped<SubscriberImport>();
        services.AddScoped<StaffReadings>();
        services.AddScoped<ListImports>();
        services.AddScoped<ListImportPages>();
        services.AddSingleton<ListParts>();
        services.AddSingleton<ListLooking>();
        services.AddSingleton<ListAdding>();
        services.AddSingleton<ListTakingBack>();
        services.AddSingleton<ListImportRunner>();
        services.TryAddSingleton<DomainsWithoutMail>(provider => async (asked, stop) =>
            [.. (await provider.GetRequiredService<MailDomains>().TakeMailAsync(asked, LongestLook, stop)).Where(one => one.Value == TakesMail.No).Select(one => one.Key)]);
        services.AddSingleton<QueuedMails>();
        services.AddSingleton<PickupFolder>();
        return services;
    }
}
