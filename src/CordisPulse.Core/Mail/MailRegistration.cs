using CordisPulse.Core.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail;

public static class MailRegistration
{
    /// <summary>
    /// Binds and validates <c>Mail</c> and registers the transport that it names. Needs <see cref="DataDirectory"/> and
    /// <see cref="TimeProvider"/> among the services.
    /// </summary>
    public static IServiceCollection AddMailTransport(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(MailOptions.Section);
        services.AddOptions<MailOptions>()
            .Configure(options =>
            {
                if (SettingsCheck.Unreadable(section, typeof(MailOptions)) is { Count: > 0 } problems)
                    throw new OptionsValidationException(Options.DefaultName, typeof(MailOptions), problems);
                section.Bind(options);
            })
            .PostConfigure<DataDirectory>((options, data) => options.PickupDirectory = Path.GetFullPath(
                string.IsNullOrWhiteSpace(options.PickupDirectory) ? data.File("outbox") : options.PickupDirectory))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton(provider => new DkimSigning(provider.GetRequiredService<IOptions<MailOptions>>().Value.Dkim));
        services.AddSingleton<IMailTransport>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
            return options.Transport == MailTransportKind.Smtp
                ? new SmtpTransport(options)
                : new PickupTransport(options, provider.GetRequiredService<TimeProvider>());
        });
        return services;
    }
}
