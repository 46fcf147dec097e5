using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Checks;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Site;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mailings;

public static class MailingRegistration
{
    /// <summary>Registers sending. The web program adds the <see cref="RenderView"/> that mails are made with.</summary>
    public static IServiceCollection AddMailings(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MailOptions>, OutgoingMailCheck>();
        services.AddSingleton<MailMarkdown>();
        services.AddSingleton<EditionMessageFactory>();
        services.AddSingleton<ListHeaders>();
        services.AddSingleton<MailCheck>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<MailingCertificates>();
        services.AddSingleton<MailingUpkeep>();
        services.AddSingleton<SendingNode>();
        services.AddSingleton<MailingLoop>();
        services.AddScoped<EditionMail>();
        services.AddScoped<MailingVariants>();
        services.AddSingleton<MailingBeginning>();
        services.AddScoped<MailingStarter>();
        services.AddScoped<LateMailings>();
        services.AddScoped<CorrectionMailings>();
        services.AddScoped<MailingControl>();
        services.AddScoped<MailingSchedules>();
        services.AddScoped<ColleagueList>();
        services.AddScoped<MailingReports>();
        services.AddScoped<TestSend>();
        return services;
    }
}

/// <summary>Refuses to start with settings under which readers would get mail that can't be answered or left.</summary>
internal sealed class OutgoingMailCheck(IOptions<SiteOptions> site, IOptions<PublisherOptions> publisher) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var problems = MailOptionsValidator.ProblemsWithLeavingThisMachine(options, site.Value.PublicUrl, publisher.Value.PostalAddress);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
