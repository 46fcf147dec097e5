using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Hosting;

public static class SettingsBinding
{
    /// <summary>Binds a section, and stops the start with a line for each value that is not of the kind its setting needs.</summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
        => services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) =>
            {
                var settings = configuration.GetSection(section);
                if (SettingsCheck.Unreadable(settings, typeof(TOptions)) is { Count: > 0 } problems)
                    throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), problems);
                settings.Bind(options);
            })
            .ValidateOnStart();
}
