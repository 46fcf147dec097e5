using System.Diagnostics;
using CordisPulse.Tests.Data;

namespace CordisPulse.Tests.Commands;

/// <summary>What a command of the program left behind.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>Runs the program's commands as an operator does, outside of a server that may run on the same settings.</summary>
public static class PulseCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs one command on the database and folders of <paramref name="app"/>.</summary>
    public static Task<CommandResult> RunAsync(PulseApp app, params string[] arguments) => RunAsync(app.Settings, arguments);

    public static Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
        => RunWithInputAsync(settings, "", arguments);

    /// <param name="input">What stands on its standard input.</param>
    public static Task<CommandResult> RunWithInputAsync(IReadOnlyDictionary<string, string> settings, string input, params string[] arguments)
        => WarmProgram.RunAsync(AsEnvironment(settings), input, arguments, Longest);

    /// <summary>Runs the program in a process of its own, for what only a process shows: how it starts, how it ends, the bytes that it writes.</summary>
    public static async Task<CommandResult> RunProcessAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        using var process = Process.Start(Describe(settings, arguments))!;
        process.StandardInput.Close();
        // Both pipes at once: a process blocks on the one that nobody reads.
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{string.Join(' ', arguments)}' ran longer than {Longest}.\n{await output}\n{await error}");
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>The process that a call of the program is, with its three streams redirected.</summary>
    internal static ProcessStartInfo Describe(IReadOnlyDictionary<string, string> settings, params string[] arguments)
        => Describe("CordisPulse.Web.dll", AsEnvironment(settings), arguments);

    /// <param name="assembly">The file beside this one whose entry point is called.</param>
    internal static ProcessStartInfo Describe(string assembly, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The program as it is, with the tests' assemblies within its reach, so that its statements are watched too.
        foreach (var argument in new[] { "exec", "--depsfile", Beside("CordisPulse.Tests.deps.json"), "--runtimeconfig", Beside("CordisPulse.Web.runtimeconfig.json"), Beside(assembly) })
            start.ArgumentList.Add(argument);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (TestDatabase.IsSqlite)
            start.Environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(WatchedCommand).Assembly.GetName().Name;
        start.Environment["DOTNET_ENVIRONMENT"] = "Testing";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return start;
    }

    private static Dictionary<string, string> AsEnvironment(IReadOnlyDictionary<string, string> settings)
        => settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
