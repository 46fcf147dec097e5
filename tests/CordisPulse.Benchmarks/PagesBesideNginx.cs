using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace CordisPulse.Benchmarks;

/// <summary>
/// An edition of forty items as readers load it, beside nginx that serves the same bytes from a file, compressed beforehand, to the same
/// load (Debian's <c>nginx</c> and <c>wrk</c>), in turns; and beside a bare program on the same framework. The limit is 0.8 of nginx. Then 304 answers, what a page costs that is made anew (limit 3 ms of
/// processor), and each kind of page among few editions and among many.
/// </summary>
internal static class PagesBesideNginx
{
    private const int Few = 12;
    private const int Rounds = 9;
    private const int Seconds = 2;
    private const int WarmSeconds = 12;
    private const int Misses = 500;
    private const int Warm = 300;

    public static async Task RunAsync(int editions)
    {
        await WithProgramAsync(Few, async (client, program) =>
        {
            await BesideAsync(client);
            var idle = RunningProgram.Cpu(program);
            await AskAsync(client, Page(0), Misses);
            var kept = RunningProgram.Cpu(program) - idle;
            var before = RunningProgram.Cpu(program);
            await AskAsync(client, Page(0), Misses, anew: true);
            var made = RunningProgram.Cpu(program) - before;
            Console.WriteLine(Invariant($"made anew {made.TotalMilliseconds / Misses:0.00} ms of processor, kept {kept.TotalMilliseconds / Misses:0.00} ms"));
        });
        foreach (var count in new[] { Few, editions })
            await WithProgramAsync(count, async (client, program) =>
            {
                foreach (var path in Paths(count))
                {
                    var times = await AskAsync(client, path, Misses / 2, anew: true);
                    Console.WriteLine(Invariant($"{count,5:0} editions, {Kind(path),-22} p50 {times[times.Count / 2],6:0.00} ms, p99 {times[(int)(times.Count * 0.99)],6:0.00} ms"));
                }

                Console.WriteLine(Invariant($"{count,5:0} editions, memory of the process {RunningProgram.Megabytes(program):0} MB"));
            });
    }

    private static async Task WithProgramAsync(int editions, Func<HttpClient, Process, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-benchmark-");
        try
        {
            await using (var lab = await LedgerLab.MakeAsync(0, folder.FullName))
                await MadeArchive.FillAsync(lab, editions);
            var address = new Uri($"http://127.0.0.1:{RunningProgram.FreePort()}");
            using var program = RunningProgram.Start(folder.FullName, address);
            using var client = new HttpClient { BaseAddress = address };
            try
            {
                await RunningProgram.WaitAsync(client);
                // The first of them compile what the others run.
                foreach (var path in Paths(editions))
                    await AskAsync(client, path, Warm, anew: true);
                await measure(client, program);
            }
            finally
            {
                program.Kill();
                await program.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Page(int number) => $"/editions/{MadeArchive.Month(number)}";

    private static IReadOnlyList<string> Paths(int editions)
        => ["/", "/editions", Page(editions / 2), $"{Page(editions / 2)}/{MadeArchive.Slug(1)}", "/sectors/criminal-justice", "/sections/reports", "/sources", "/sources/institute-7", "/feed.atom"];

    private static string Kind(string path)
        => path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["editions", _, .. var rest] ? rest.Length == 0 ? "an edition" : "an item" : path;

    /// <param name="anew">With a parameter that no page reads, so that the page is not kept.</param>
    private static async Task<List<double>> AskAsync(HttpClient client, string path, int times, bool anew = false)
    {
        var all = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(anew ? $"{path}?anew={i}" : path);
            await answer.Content.LoadIntoBufferAsync();
            all.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
        }

        all.Sort();
        return all;
    }

    private static async Task BesideAsync(HttpClient client)
    {
        var path = Page(0);
        using var first = await client.GetAsync(path);
        var page = await first.Content.ReadAsByteArrayAsync();
        for (var i = 0; i < Warm; i++)
            await client.GetAsync(path);
        // As small as can be by now.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (plain, gzip, brotli) = (page.Length, await LengthAsync(client, path, "gzip"), await LengthAsync(client, path, "br"));
        Console.WriteLine(Invariant($"the page: {plain:N0} bytes, gzip {gzip:N0}, Brotli {brotli:N0}; with its style sheet in Brotli {brotli + await LengthAsync(client, await StylesAsync(first), "br"):N0} (limit 25,000)"));
        using var nginx = await Nginx.StartAsync(page);
        var bareAddress = new Uri($"http://127.0.0.1:{RunningProgram.FreePort()}");
        using var bare = Process.Start(Environment.ProcessPath!, [BareProgram.Command, nginx.Compressed, bareAddress.ToString()]);
        try
        {
            var ours = new Uri(client.BaseAddress!, path);
            await WaitAsync(bareAddress);
            // Both compile as they run, and better what runs often.
            foreach (var each in new[] { bareAddress, ours })
            {
                await LoadAsync(each, "Accept-Encoding: gzip", WarmSeconds);
                await LoadAsync(each, $"If-None-Match: {await TagAsync(each)}", Seconds);
            }

            await CompareAsync("page", nginx.Page, bareAddress, ours, _ => "Accept-Encoding: gzip");
            var tags = new Dictionary<Uri, string>();
            foreach (var each in new[] { nginx.Page, bareAddress, ours })
                tags[each] = await TagAsync(each);
            await CompareAsync("304", nginx.Page, bareAddress, ours, each => $"If-None-Match: {tags[each]}");
        }
        finally
        {
            bare.Kill();
            await bare.WaitForExitAsync();
        }
    }

    private static async Task CompareAsync(string what, Uri nginx, Uri bare, Uri ours, Func<Uri, string> header)
    {
        var (besideNginx, besideBare, bareBesideNginx) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second, third) = (await LoadAsync(nginx, header(nginx), Seconds), await LoadAsync(bare, header(bare), Seconds), await LoadAsync(ours, header(ours), Seconds));
            besideNginx.Add(third / first);
            besideBare.Add(third / second);
            bareBesideNginx.Add(second / first);
            Console.WriteLine(Invariant($"{what}: nginx {first,8:N0} a second, bare {second,8:N0}, ours {third,8:N0}"));
        }

        Console.WriteLine(Invariant($"{what}: ours beside nginx {Spread(besideNginx)}, ours beside bare {Spread(besideBare)}, bare beside nginx {Spread(bareBesideNginx)}"));

        static string Spread(List<double> ratios)
        {
            ratios.Sort();
            return Invariant($"{ratios[ratios.Count / 2]:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
        }
    }

    private static async Task WaitAsync(Uri address)
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(address);
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<string> StylesAsync(HttpResponseMessage page)
    {
        var html = await page.Content.ReadAsStringAsync();
        var from = html.IndexOf("href=\"/css/", StringComparison.Ordinal) + "href=\"".Length;
        return html[from..html.IndexOf('"', from)];
    }

    private static async Task<int> LengthAsync(HttpClient client, string path, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        using var answer = await client.SendAsync(request);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private static async Task<string> TagAsync(Uri page)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(page);
        return answer.Headers.ETag!.ToString();
    }

    /// <returns>Answers a second.</returns>
    private static async Task<double> LoadAsync(Uri page, string header, int seconds)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", "-c32", $"-d{seconds}s", "-H", header, page.AbsoluteUri]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start.");
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        const string Rate = "Requests/sec:";
        return said.Contains("Non-2xx", StringComparison.Ordinal) && !header.StartsWith("If-", StringComparison.Ordinal)
            ? throw new InvalidOperationException(said)
            : double.Parse(said.Split('\n').Single(line => line.StartsWith(Rate, StringComparison.Ordinal))[Rate.Length..], CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>nginx at its best: the file compressed beforehand and kept open, no log, connections that last.</summary>
    private sealed class Nginx : IDisposable
    {
        private readonly DirectoryInfo _folder;
        private readonly Process _process;

        private Nginx(DirectoryInfo folder, Process process, Uri page) => (_folder, _process, Page) = (folder, process, page);

        public Uri Page { get; }

        public string Compressed => Path.Combine(_folder.FullName, "page.html.gz");

        public static async Task<Nginx> StartAsync(byte[] page)
        {
            var folder = Directory.CreateTempSubdirectory("cordispulse-nginx-");
            // Its workers are of another user, who must get in.
            if (!OperatingSystem.IsWindows())
                folder.UnixFileMode |= UnixFileMode.OtherExecute | UnixFileMode.OtherRead;
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "page.html"), page);
            await using (var file = File.Create(Path.Combine(folder.FullName, "page.html.gz")))
            await using (var gzip = new GZipStream(file, CompressionLevel.SmallestSize))
                await gzip.WriteAsync(page);
            var port = RunningProgram.FreePort();
            var settings = Path.Combine(folder.FullName, "nginx.conf");
            await File.WriteAllTextAsync(settings, $$"""
                daemon off; worker_processes 2; pid {{folder.FullName}}/pid; error_log stderr crit;
                events { worker_connections 1024; }
                http {
                  types { text/html html; } access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100; gzip_static on;
                  server { listen 127.0.0.1:{{port}}; root {{folder.FullName}}; }
                }
                """);
            var process = Process.Start("nginx", ["-p", folder.FullName, "-c", settings]);
            var nginx = new Nginx(folder, process, new Uri($"http://127.0.0.1:{port}/page.html"));
            using var client = new HttpClient();
            for (var tries = 0; tries < 50; tries++)
            {
                try
                {
                    using var answer = await client.GetAsync(nginx.Page);
                    if (answer.StatusCode == HttpStatusCode.OK)
                        return nginx;
                }
                catch (HttpRequestException)
                {
                    // Not listening yet.
                }

                await Task.Delay(100);
            }

            nginx.Dispose();
            throw new InvalidOperationException("nginx did not start.");
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
