using System.Globalization;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// Logs to the console and to a file a day in the data folder; of a command, the console has warnings alone, on standard error.
/// Addresses of pages can hold tokens, so a request is logged by its route, never by its path, and no output prints what of it
/// the framework attaches. All events of a request have its trace, which pages of errors show as a code to quote.
/// </summary>
internal static class LoggingSetup
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} {TraceId}{NewLine}{Exception}";
    private const string FileLine = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {TraceId} {SourceContext} {Message:lj}{NewLine}{Exception}";

    private const string FormatKey = "Log:Format";

    private static readonly string[] FailedStarts = ["Hosting failed to start", "Unable to start Kestrel."];

    public static void AddPulseLogging(this WebApplicationBuilder builder, bool forCommand)
    {
        var logs = Path.Combine(new DataDirectory(builder.Configuration, builder.Environment.ContentRootPath).Path, "logs");
        var format = FormatOf(builder.Configuration[FormatKey]);
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
            .Enrich.With<WithoutAddresses>()
            .WriteToConsole(format, forCommand)
            .WriteTo.File(
                format == LogFormat.Json ? new RenderedCompactJsonFormatter() : new MessageTemplateTextFormatter(FileLine, CultureInfo.InvariantCulture),
                Path.Combine(logs, "cordispulse-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31, shared: true));
    }

    /// <summary>Its own text has colours where a terminal shows them, which a formatter would take away.</summary>
    private static LoggerConfiguration WriteToConsole(this LoggerConfiguration logger, LogFormat format, bool forCommand)
    {
        var (least, error) = forCommand ? (LogEventLevel.Warning, (LogEventLevel?)LogEventLevel.Verbose) : (LogEventLevel.Verbose, null);
        return format == LogFormat.Json
            ? logger.WriteTo.Console(new RenderedCompactJsonFormatter(), least, standardErrorFromLevel: error)
            : logger.WriteTo.Console(least, Line, CultureInfo.InvariantCulture, standardErrorFromLevel: error);
    }

    /// <exception cref="InvalidSettingException">It names no format.</exception>
    private static LogFormat FormatOf(string? setting)
        => string.IsNullOrEmpty(setting) ? LogFormat.Text
            : Enum.GetNames<LogFormat>().FirstOrDefault(name => string.Equals(name, setting, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<LogFormat>(name)
            : throw new InvalidSettingException($"{FormatKey} is \"{setting}\"; allowed: {string.Join(", ", Enum.GetNames<LogFormat>())}.");

    private enum LogFormat
    {
        Text,

        /// <summary>A line an event (compact log event format, clef-json.org), with the trace in <c>@tr</c>.</summary>
        Json,
    }

    /// <summary>The framework attaches to every event the address that was asked for, which only a format that writes all properties would show.</summary>
    private sealed class WithoutAddresses : ILogEventEnricher
    {
        private static readonly string[] Attached = ["RequestPath", "Path", "QueryString", "Host"];

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            foreach (var name in Attached)
                logEvent.RemovePropertyIfPresent(name);
        }
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
