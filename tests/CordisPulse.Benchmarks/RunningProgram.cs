using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CordisPulse.Benchmarks;

/// <summary>The whole program in a process of its own, as people run it.</summary>
internal static class RunningProgram
{
    public static Process Start(string folder, Uri address)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CordisPulse.Web.dll"));
        start.Environment["Data__Directory"] = folder;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Mail__From"] = "pulse@example.org";
        start.Environment["Mail__MaxPerSecond"] = "200";
        start.Environment["Outbound__LookAtLinks"] = "false";
        var program = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        program.BeginOutputReadLine();
        return program;
    }

    public static async Task WaitAsync(HttpClient client)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException) when (tries < 300)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What a process has used of the processors so far.</summary>
    public static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>The memory that it holds, in megabytes.</summary>
    public static double Megabytes(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }
}
