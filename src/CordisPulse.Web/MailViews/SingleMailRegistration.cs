using CordisPulse.Web.Hosting;

namespace CordisPulse.Web.MailViews;

internal static class SingleMailRegistration
{
    /// <summary>Makes and sends the mails that are owed to single people.</summary>
    public static IServiceCollection AddSingleMails(this IServiceCollection services)
    {
        services.AddSingleton<MailViewRenderer>();
        services.AddSingleton<StaffMailReader>();
        services.AddSingleton<SingleMailFactory>();
        services.AddSingleton<QueuedMailSender>();
        services.AddHostedService<DueWorker<QueuedMailSender>>();
        return services;
    }
}
