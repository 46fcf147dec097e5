using System.Diagnostics;
using System.Globalization;
using System.Text;
using CordisPulse.Tests.Commands;

namespace CordisPulse.Tests.Hosting;

/// <summary>A server in a process of its own, on a free port of the loopback address; it is ended as an operating system ends one.</summary>
public sealed class RunningPulse : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task<string> _error;
    private readonly Task _read;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningPulse(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _read = ReadAsync();
    }

    /// <param name="at">Where one ran before, to take its place; any free port when it is left out.</param>
    public static RunningPulse Start(IReadOnlyDictionary<string, string> settings, Uri? at = null)
        => new(Process.Start(PulseCommand.Describe(settings, "--urls", at?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0"))!);

    /// <summary>Where it listens, once it does.</summary>
    public Task<Uri> AddressAsync() => _address.Task.WaitAsync(Longest);

    /// <summary>Stops it in its tracks, as a machine does that sleeps; it goes on with <see cref="GoOn"/> and knows of nothing.</summary>
    public void Freeze() => Signal("STOP");

    public void GoOn() => Signal("CONT");

    public async Task<CommandResult> EndAsync()
    {
        Signal("TERM");
        await _process.WaitForExitAsync().WaitAsync(Longest);
        await _read;
        return new CommandResult(_process.ExitCode, _output.ToString(), await _error);
    }

    /// <summary>kill -9: it ends where it is.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Longest);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.AppendLine(line);
            if (line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Read", var address])
                _address.TrySetResult(new Uri(address));
        }

        _address.TrySetException(new InvalidOperationException($"The server has ended:\n{_output}"));
    }
}
