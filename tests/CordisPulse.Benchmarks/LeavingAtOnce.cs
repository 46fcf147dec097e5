using System.Diagnostics;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Benchmarks;

/// <summary>
/// Hundreds who leave by one click at the same moment, over HTTP, while the program sends a mailing to a list that they are on. The limit is
/// 100 ms for the slowest in a hundred. Beside it the same requests to a page that is only read, which is what the web server, the connections
/// and this client take.
/// </summary>
internal static class LeavingAtOnce
{
    private const int People = 20_000;

    /// <summary>More than mail providers open to one server; a client has so many ports only.</summary>
    private const int MostConnections = 1_000;

    public static async Task RunAsync(int leaving)
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-benchmark-");
        var address = new Uri($"http://127.0.0.1:{RunningProgram.FreePort()}");
        try
        {
            await using var lab = await LedgerLab.MakeAsync(People, folder.FullName);
            var tokens = await lab.AskAsync(db => RenewTokensAsync(db, leaving));
            await lab.StartAsync();
            using var program = RunningProgram.Start(folder.FullName, address);
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Math.Min(leaving, MostConnections), PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = address };
            await RunningProgram.WaitAsync(client);
            var sent = () => lab.AskAsync(db => db.Deliveries.CountAsync(d => d.State == DeliveryState.Sent));
            while (await sent() < 100)
                await Task.Delay(100);
            // Opens the connections, and has the code of both ways compiled.
            await TimeAsync(tokens, token => client.GetAsync($"/unsubscribe/{token}"));
            await TimeAsync(tokens[..1], token => client.PostAsync($"/unsubscribe/{token}", OneClick()));
            for (var round = 0; round < 3; round++)
                Write("read", await TimeAsync(tokens, _ => client.GetAsync("/health/live")));
            var before = await sent();
            var watch = Stopwatch.StartNew();
            var times = await TimeAsync(tokens[1..], token => client.PostAsync($"/unsubscribe/{token}", OneClick()));
            Write("leave", times);
            Console.WriteLine($"sent meanwhile: {await sent() - before} in {watch.Elapsed.TotalSeconds:0.0} s; left: {await lab.AskAsync(db => db.Subscribers.CountAsync(s => s.Status == SubscriberStatus.Unsubscribed))} of {leaving}");
            program.Kill();
            await program.WaitForExitAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FormUrlEncodedContent OneClick() => new([new("List-Unsubscribe", "One-Click")]);

    private static async Task<List<double>> TimeAsync(IEnumerable<string> tokens, Func<string, Task<HttpResponseMessage>> ask)
    {
        var times = await Task.WhenAll(tokens.Select(async token =>
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await ask(token);
            answer.EnsureSuccessStatusCode();
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }));
        return [.. times.Order()];
    }

    private static void Write(string name, List<double> times)
        => Console.WriteLine($"{name,-6} {times.Count,5} at once: p50 {times[times.Count / 2],6:0.0} ms, p99 {times[(int)(times.Count * 0.99)],6:0.0} ms, longest {times[^1],6:0.0} ms");

    private static async Task<List<string>> RenewTokensAsync(PulseDbContext db, int leaving)
    {
        var rows = await db.Subscribers.OrderByDescending(s => s.Id).Take(leaving).ToListAsync();
        foreach (var row in rows)
            row.UnsubscribeToken = SecretToken.Create();
        await db.SaveChangesAsync();
        return rows.ConvertAll(row => row.UnsubscribeToken);
    }
}
