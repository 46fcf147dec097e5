using CordisPulse.Core.Hosting;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Runs as a service of systemd or of Windows, where one of them has started the program, and stops within the time that is set.</summary>
internal static class ServiceSetup
{
    public static void AddAsService(this WebApplicationBuilder builder)
    {
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "CordisPulse");
        builder.Services.AddSettings<ShutdownOptions>(ShutdownOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ShutdownOptions>, ShutdownOptionsValidator>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) => host.ShutdownTimeout = shutdown.Value.Timeout);
    }
}
