using CordisPulse.Core.Accounts;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Import;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core;

/// <summary>Registers everything that needs no web server.</summary>
public static class CoreRegistration
{
    /// <param name="contentRoot">The folder beside which the data folder stands when no setting names one.</param>
    public static IServiceCollection AddPulseCore(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new DataDirectory(configuration, contentRoot));
        services.AddSettings<SiteOptions>(SiteOptions.Section);
        services.AddSingleton<IValidateOptions<SiteOptions>, SiteOptionsValidator>();
        services.AddSettings<SampleOptions>(SampleOptions.Section);
        services.AddSettings<SecretsOptions>(SecretsOptions.Section).PostConfigure<DataDirectory>((options, data) =>
            options.KeyFile = string.IsNullOrWhiteSpace(options.KeyFile) ? data.File("secret.key") : Path.GetFullPath(options.KeyFile));
        services.AddSingleton<IValidateOptions<SecretsOptions>, SecretsOptionsValidator>();
        services.AddSingleton<SecretKey>();
        services.AddSettings<PublisherOptions>(PublisherOptions.Section);
        services.AddSingleton<IValidateOptions<PublisherOptions>, PublisherOptionsValidator>();
        services.AddPulseDatabase();
        services.AddSettings<BackupOptions>(BackupOptions.Section).PostConfigure<DataDirectory>((options, data) =>
            options.Directory = string.IsNullOrWhiteSpace(options.Directory) ? data.File("backups") : Path.GetFullPath(options.Directory));
        services.AddSingleton<IValidateOptions<BackupOptions>, BackupOptionsValidator>();
        services.AddPulseAccounts();
        services.AddSingleton<MarkdownRenderer>();
        services.AddScoped<Publisher>();
        services.AddSiteSettings();
        services.AddEditions();
        services.AddReview();
        services.AddIntake();
        services.AddPulseArchive();
        services.AddScoped<EditionImporter>();
        services.AddSingleton<TrackedLinks>();
        services.AddScoped<ImportedRows>();
        services.AddScoped<SampleEditions>();
        services.AddMailTransport();
        services.AddSingleton<StaffMails>();
        services.AddMailings();
        services.AddSubscriptions();
        services.AddReturnedMail();
        return services;
    }
}
