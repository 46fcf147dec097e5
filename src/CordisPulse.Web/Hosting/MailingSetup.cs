using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Web.Areas.Editor.Correction;
using CordisPulse.Web.Areas.Editor.Mailings;
using CordisPulse.Web.Areas.Editor.Uncertain;
using CordisPulse.Web.MailViews;

namespace CordisPulse.Web.Hosting;

/// <summary>What sending needs of the web program.</summary>
internal static class MailingSetup
{
    public static void AddPulseMailings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RenderView>(services => services.GetRequiredService<MailViewRenderer>().RenderAsync);
        builder.Services.AddScoped<MailingPageReader>();
        builder.Services.AddScoped<UncertainReader>();
        builder.Services.AddScoped<CorrectionPageReader>();
        builder.Services.AddScoped<MailingGuardReader>();
        builder.Services.AddSingleton<ProgressWatch>();
        builder.Services.AddHostedService<MailingWorker>();
        builder.Services.AddHostedService<ReturnWorker>();
        builder.Services.AddSingleton<ScheduledMailings>();
        builder.Services.AddHostedService<DueWorker<ScheduledMailings>>();
    }
}
