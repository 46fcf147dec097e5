using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail.Checks;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mail.Returns.Mailbox;
using CordisPulse.Core.Mail.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail;

public static class MailRegistration
{
    /// <summary>
    /// Binds and validates <c>Mail</c> and registers the transport that it names. Needs the configuration, <see cref="DataDirectory"/>
    /// and <see cref="TimeProvider"/> among the services.
    /// </summary>
    public static IServiceCollection AddMailTransport(this IServiceCollection services)
    {
        services.AddSettings<MailOptions>(MailOptions.Section).PostConfigure<DataDirectory>((options, data) =>
            options.PickupDirectory = string.IsNullOrWhiteSpace(options.PickupDirectory) ? data.File("outbox") : Path.GetFullPath(options.PickupDirectory));
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton(provider => new DkimSigning(provider.GetRequiredService<IOptions<MailOptions>>().Value.Dkim));
        services.AddSingleton(provider => new AccessTokens(provider.GetRequiredService<IOptions<MailOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DnsLookups>();
        services.AddSingleton<MailDomains>();
        services.AddSingleton<IMailTransport>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
            return options.Transport == MailTransportKind.Smtp
                ? new SmtpTransport(options, provider.GetRequiredService<AccessTokens>())
                : new PickupTransport(options, provider.GetRequiredService<TimeProvider>());
        });
        return services;
    }

    /// <summary>Registers the reading of mail that comes back. Needs the database and mailings among the services.</summary>
    public static IServiceCollection AddReturnedMail(this IServiceCollection services)
    {
        services.AddSingleton<ReturnMarks>();
        services.AddSingleton<ReturnReader>();
        services.AddSingleton<ReturnBook>();
        services.AddSingleton<MailboxLease>();
        services.AddSingleton<ReturnLoop>();
        services.AddScoped<ReturnDesk>();
        return services;
    }
}
