using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CordisPulse.Benchmarks;

/// <summary>
/// From the start of the process to the first page: an edition, asked for from before the program listens, on a database that is there
/// and up to date. The limit is a second. Beside it what the same program does in other forms.
/// </summary>
internal static class StartLatency
{
    private const int Starts = 7;
    private const string Page = "/editions/2024-01";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-").FullName;
        try
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
            Console.WriteLine("| | listens, s | first page, s | from | to | processor, s |");
            Console.WriteLine("|---|---|---|---|---|---|");
            await ReportAsync("as built (`dotnet build`)", "dotnet", [Path.Combine(AppContext.BaseDirectory, "CordisPulse.Web.dll")], data);
            foreach (var (name, contained) in new[] { ("published for a machine with .NET", "false"), ("published with .NET (`--self-contained`)", "true") })
            {
                var published = Path.Combine(folder, contained);
                await PublishAsync(published, contained);
                await ReportAsync(name, Path.Combine(published, "CordisPulse.Web"), [], data);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PublishAsync(string folder, string contained)
    {
        using var publish = Process.Start("dotnet",
        [
            "publish", Path.Combine(Sources(), "src", "CordisPulse.Web"), "-c", "Release", "-r", "linux-x64", "--self-contained", contained, "-o", folder, "-v", "quiet",
        ]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException("The program could not be published.");
    }

    private static async Task ReportAsync(string name, string program, string[] arguments, string data)
    {
        // The first makes the database, and brings the program into the machine's memory.
        await OnceAsync(program, arguments, data);
        var starts = new List<(double Listening, double Page, double Processor)>();
        for (var start = 0; start < Starts; start++)
            starts.Add(await OnceAsync(program, arguments, data));
        var pages = starts.Select(start => start.Page).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Median(starts.Select(start => start.Listening)):F2} | {Median(pages):F2} | {pages[0]:F2} | {pages[^1]:F2} | {Median(starts.Select(start => start.Processor)):F2} |"));
    }

    private static async Task<(double Listening, double Page, double Processor)> OnceAsync(string program, string[] arguments, string data)
    {
        var address = new Uri($"http://127.0.0.1:{RunningProgram.FreePort()}");
        using var client = new HttpClient { BaseAddress = address };
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["Data__Directory"] = data;
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Sample__Load"] = "true";
        start.Environment["Outbound__LookAtLinks"] = "false";
        // As on any machine, whatever this benchmark itself was started with.
        start.Environment.Remove("DOTNET_TieredPGO");
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        process.BeginOutputReadLine();
        try
        {
            var listening = 0.0;
            while (true)
            {
                try
                {
                    using var connection = new TcpClient();
                    await connection.ConnectAsync(address.Host, address.Port);
                    listening = Stopwatch.GetElapsedTime(begun).TotalSeconds;
                    break;
                }
                catch (SocketException) when (!process.HasExited)
                {
                    await Task.Delay(5);
                }
            }

            using var page = await client.GetAsync(Page);
            page.EnsureSuccessStatusCode();
            await page.Content.ReadAsByteArrayAsync();
            return (listening, Stopwatch.GetElapsedTime(begun).TotalSeconds, RunningProgram.Cpu(process).TotalSeconds);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static string Sources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CordisPulse.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The sources are not there to be published.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
