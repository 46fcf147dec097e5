using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Hosting;

/// <summary>What sending needs of the web program.</summary>
internal static class MailingSetup
{
    public static void AddPulseMailings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RazorMailRenderer>();
        builder.Services.AddSingleton<RenderView>(services => services.GetRequiredService<RazorMailRenderer>().RenderAsync);
        builder.Services.AddHostedService<MailingWorker>();
    }
}
