using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CordisPulse.Benchmarks;

/// <summary>
/// A mailing, ledger and all, beside Postfix's smtp-source: the same server (smtp-sink), the same number of connections, messages of the
/// same size, one after the other in each trial. The table has the medians of the trials, and the ratios within each.
/// </summary>
internal static class SendingBesidePostfix
{
    private const int Connections = 4;
    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(2);

    private static readonly SendingWay[] Ways =
    [
        new("ours"),
        new("ours, database in /dev/shm") { On = "/dev/shm" },
        new("ours, commits 2 ms slower", 2) { CommitDelay = Away },
        new("ours, the same, 8 connections", 2) { CommitDelay = Away, Connections = 8 },
        new("ours, mail library in charge", 4) { Client = "MailKit" },
        new("ours, DKIM (RSA 2048)", 4) { Keys = [SigningKey.Rsa2048] },
        new("ours, DKIM (Ed25519)", 4) { Keys = [SigningKey.Ed25519] },
        new("ours, DKIM (both)", 4) { Keys = [SigningKey.Rsa2048, SigningKey.Ed25519] },
    ];

    public static async Task RunAsync(int messages, int trials)
    {
        var port = UnusedPort();
        // Postfix's programs do not serve as root.
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        using var sink = Start("smtp-sink", [.. user, $"127.0.0.1:{port}", "1000"]);
        try
        {
            await WaitForAsync(port);
            var size = await SizeAsync(port);
            Console.WriteLine($"{messages:N0} messages of {size:N0} bytes over {Connections} connections, {trials} trials on {Environment.ProcessorCount} processors");
            await RunAsync(port, Ways[0], messages / 4);
            var rates = new Dictionary<string, List<double>> { ["smtp-source"] = [] };
            for (var trial = 0; trial < trials; trial++)
            {
                rates["smtp-source"].Add(await SourceAsync(port, messages, size));
                foreach (var way in Ways)
                {
                    if (!rates.TryGetValue(way.Name, out var known))
                        rates[way.Name] = known = [];
                    known.Add(await RunAsync(port, way, messages / way.Share));
                }
            }

            Report(rates);
        }
        finally
        {
            sink.Kill();
        }
    }

    private static void Report(Dictionary<string, List<double>> rates)
    {
        Console.WriteLine($"{"",-30} {"a second",9} {"ratio",6}  from   to");
        foreach (var (name, known) in rates)
        {
            var ratios = known.Zip(rates["smtp-source"], (ours, theirs) => ours / theirs).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-30} {Median(known),9:0} {Median(ratios),6:0.00}  {ratios[0]:0.00} {ratios[^1]:0.00}"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static async Task<double> RunAsync(int port, SendingWay way, int messages)
    {
        await using var lab = await SendingLab.MakeAsync(port, messages, way);
        return messages / (await lab.SendAsync()).TotalSeconds;
    }

    private static async Task<double> SourceAsync(int port, int messages, int size)
    {
        var watch = Stopwatch.StartNew();
        using var source = Start(
            "smtp-source", "-d", "-s", Text(Connections), "-m", Text(messages), "-l", Text(size), "-f", "pulse@example.org", "-t", "reader@example.org", $"127.0.0.1:{port}");
        await source.WaitForExitAsync();
        return source.ExitCode == 0 ? messages / watch.Elapsed.TotalSeconds : throw new InvalidOperationException("smtp-source has failed.");
    }

    private static async Task<int> SizeAsync(int port)
    {
        await using var lab = await SendingLab.MakeAsync(port, 1, Ways[0]);
        using var mail = await lab.Messages.CreateAsync(await lab.FirstAsync());
        using var content = new MemoryStream();
        await mail.WriteToAsync(content);
        return (int)content.Length;
    }

    private static Process Start(string program, params string[] arguments)
    {
        // Where Debian puts it, which is on the path of the administrator alone.
        var start = new ProcessStartInfo(Path.Combine("/usr/sbin", program), arguments) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task WaitForAsync(int port)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (left > 0)
            {
                await Task.Delay(20);
            }
        }
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
