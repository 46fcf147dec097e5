using System.Globalization;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Serilog;
using Serilog.Events;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// Logs to the console and to a file a day in the data folder; of a command, the console has warnings alone, on standard error.
/// Addresses of pages can hold tokens, so a request is logged by its route, never by its path, and no output prints the properties
/// that the framework attaches.
/// </summary>
internal static class LoggingSetup
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const string FileLine = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    private static readonly string[] FailedStarts = ["Hosting failed to start", "Unable to start Kestrel."];

    public static void AddPulseLogging(this WebApplicationBuilder builder, bool forCommand)
    {
        var logs = Path.Combine(new DataDirectory(builder.Configuration, builder.Environment.ContentRootPath).Path, "logs");
        // Not the static logger, which is that of the host built last in a process.
        builder.Services.AddSerilog(preserveStaticLogger: true, configureLogger: (services, logger) => logger
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // Keys lie in the data folder, which whoever runs the program protects.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // These name the address that failed, the SQL's parameters, or the value that is there already (SQL Server's message of a unique
            // index). Whoever asked handles the failure, or the error page's own entry has the route and the exception.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Update", LogEventLevel.Fatal)
            .Filter.ByExcluding(IsSaidOtherwise)
            .ReadFromSettings(builder.Configuration)
            .WriteTo.Console(forCommand ? LogEventLevel.Warning : LogEventLevel.Verbose, Line, CultureInfo.InvariantCulture,
                standardErrorFromLevel: forCommand ? LogEventLevel.Verbose : null)
            .WriteTo.File(Path.Combine(logs, "cordispulse-.log"), outputTemplate: FileLine, formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31, shared: true));
    }

    /// <summary>A start that is refused ends in a line on standard error, one that is called off in nothing.</summary>
    private static bool IsSaidOtherwise(LogEvent entry) => FailedStarts.Contains(entry.MessageTemplate.Text)
        && entry.Exception is { } exception
        && (exception is OperationCanceledException || StartRefusal.Explains(exception, out _));

    private static LoggerConfiguration ReadFromSettings(this LoggerConfiguration logger, IConfiguration configuration)
    {
        try
        {
            return logger.ReadFrom.Configuration(configuration);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidSettingException($"Serilog: {e.Message.TrimEnd('.')}; levels are {string.Join(", ", Enum.GetNames<LogEventLevel>())}.");
        }
    }

    public static void UsePulseRequestLogging(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = "{Method} {Route} answered {StatusCode} in {Elapsed:0.0} ms";
        options.GetLevel = (context, _, exception) => exception is not null || context.Response.StatusCode >= 500
            ? LogEventLevel.Error
            : LogEventLevel.Debug;
        options.GetMessageTemplateProperties = (context, _, elapsed, statusCode) =>
        [
            new LogEventProperty("Method", new ScalarValue(context.Request.Method)),
            new LogEventProperty("Route", new ScalarValue((Asked(context) as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)")),
            new LogEventProperty("StatusCode", new ScalarValue(statusCode)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
        ];
    });

    /// <summary>Not that of the error page, which is another by the time that it is written.</summary>
    private static Endpoint? Asked(HttpContext context)
        => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? context.GetEndpoint();
}
