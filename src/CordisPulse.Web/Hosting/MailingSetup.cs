using CordisPulse.Core.Mailings;
using CordisPulse.Web.Areas.Editor.Mailings;

namespace CordisPulse.Web.Hosting;

/// <summary>What sending needs of the web program.</summary>
internal static class MailingSetup
{
    public static void AddPulseMailings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RazorMailRenderer>();
        builder.Services.AddSingleton<RenderView>(services => services.GetRequiredService<RazorMailRenderer>().RenderAsync);
        builder.Services.AddScoped<MailingPageReader>();
        builder.Services.AddHostedService<MailingWorker>();
    }
}
