using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Tests.Commands;

/// <summary>
/// A process that runs the program's commands one after the other: each through the program's entry point, with its own environment
/// variables, arguments and standard streams. A process for each would spend two seconds and more on compiling the same code anew,
/// hundreds of times.
/// </summary>
internal sealed class WarmProgram : IDisposable
{
    private static readonly ConcurrentBag<WarmProgram> Idle = [];

    private readonly Process _process = Start();

    static WarmProgram() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var program in Idle)
            program.Dispose();
    };

    /// <summary>What a command needs to run.</summary>
    private sealed record Call(IReadOnlyDictionary<string, string> Environment, string Input, string[] Arguments);

    public static async Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string> environment, string input, string[] arguments, TimeSpan longest)
    {
        var program = Idle.TryTake(out var idle) ? idle : new WarmProgram();
        try
        {
            await program._process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new Call(environment, input, arguments)));
            var answer = await program._process.StandardOutput.ReadLineAsync().WaitAsync(longest)
                ?? throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended the process.");
            var result = JsonSerializer.Deserialize<CommandResult>(answer)!;
            Idle.Add(program);
            return result;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>The process itself: a call a line comes in, a result a line goes out, until nobody writes to it any more.</summary>
    public static async Task Main()
    {
        var answers = Console.Out;
        while (await Console.In.ReadLineAsync() is { } line)
            await answers.WriteLineAsync(JsonSerializer.Serialize(Run(JsonSerializer.Deserialize<Call>(line)!)));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static Process Start()
    {
        var process = Process.Start(PulseCommand.Describe("CordisPulse.Tests.dll", new Dictionary<string, string> { ["ASPNETCORE_APPLICATIONNAME"] = typeof(Program).Assembly.GetName().Name! }))!;
        // What goes wrong in the process itself, not in a command.
        process.ErrorDataReceived += (_, said) => Console.Error.WriteLine(said.Data);
        process.BeginErrorReadLine();
        return process;
    }

    private static CommandResult Run(Call call)
    {
        var (input, output, error) = (Console.In, Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        using var typed = new StringReader(call.Input);
        Console.SetIn(typed);
        Console.SetOut(said);
        Console.SetError(complained);
        foreach (var (name, value) in call.Environment)
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            var exitCode = (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [call.Arguments])!;
            return new CommandResult(exitCode, said.ToString(), complained.ToString());
        }
        catch (TargetInvocationException e)
        {
            // As the runtime ends a process that threw.
            return new CommandResult(134, said.ToString(), $"{complained}{e.InnerException}");
        }
        finally
        {
            foreach (var name in call.Environment.Keys)
                Environment.SetEnvironmentVariable(name, null);
            Console.SetIn(input);
            Console.SetOut(output);
            Console.SetError(error);
            // A process that ends leaves no file open.
            SqliteConnection.ClearAllPools();
        }
    }
}
