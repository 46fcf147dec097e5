using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail;

public static class MailRegistration
{
    /// <summary>
    /// Binds and validates <c>Mail</c> and registers the transport that it names. The host fills in
    /// <see cref="MailOptions.PickupDirectory"/> by a <c>PostConfigure</c>, since only it knows the data directory.
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
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton(provider => new DkimSigning(provider.GetRequiredService<IOptions<MailOptions>>().Value.Dkim));
        services.AddSingleton<IMailTransport>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
            return options.Transport == MailTransportKind.Smtp
                ? new SmtpTransport(options)
                : new PickupTransport(options, provider.GetService<TimeProvider>() ?? TimeProvider.System);
        });
        return services;
    }
}
