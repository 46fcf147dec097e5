using CordisPulse.Core;
using CordisPulse.Core.Hosting;
using CordisPulse.Web.Hosting;

namespace CordisPulse.Web;

/// <summary>Builds the program: the same services for serving, for commands and for tests.</summary>
public static class PulseBuilder
{
    /// <param name="forCommand">A command's standard output is its result, so that no log line may stand in it.</param>
    /// <exception cref="InvalidSettingException">A setting that is needed to build is wrong.</exception>
    public static WebApplication Build(string[] args, bool forCommand = false)
    {
        if (ContentRoot.IsOfSources)
            DevelopmentDefaults.Set();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateScopes = true;
            provider.ValidateOnBuild = true;
        });

        builder.AddPulseLogging(forCommand);
        builder.Services.AddPulseCore(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddActing(forCommand);
        builder.AddPulseWeb();
        builder.AddProxy();
        builder.AddAsService();
        builder.AddPulseSecurity();
        builder.AddPulseMailings();

        var app = builder.Build();
        if (!forCommand)
            app.Services.BeginWarming();
        app.UsePulse();
        return app;
    }
}
