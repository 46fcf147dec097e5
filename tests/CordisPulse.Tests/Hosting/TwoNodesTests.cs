using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Mailings;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Tests.Hosting;

/// <summary>
/// Two nodes on one database behind nginx, as deploy/nginx-two-nodes.conf has it: one is killed in mid-mailing and the database stands still for a while. Nobody is
/// missed or written to twice, and readers see nothing of it.
/// </summary>
public sealed class TwoNodesTests
{
    private const int Readers = 300;

    [NginxFact]
    public async Task One_is_killed_in_mid_mailing_and_the_database_stands_still_and_nothing_is_lost_and_readers_are_unhurt()
    {
        // Slowly, so that there is a midst; and under no public address, since the proxy of this test ends no TLS.
        await using var lab = new MailingLab().With("Mail:MaxPerSecond", "40").With("Site:PublicUrl", "");
        await using var watcher = lab.StartWatcher();
        await MailingLab.SeedAsync(watcher, Readers);
        using var staff = await watcher.SignInAsync();
        using var one = await lab.StartProcessAsync();
        using var two = await lab.StartProcessAsync();
        using var nginx = await Nginx.StartAsync(await one.AddressAsync(), await two.AddressAsync());
        using var reader = new HttpClient { BaseAddress = nginx.Address };
        using var stop = new CancellationTokenSource();
        var reading = ReadAsync(reader, stop.Token);

        await lab.StartByCommandAsync();
        await MailingLab.WaitAsync(watcher, status => status.Deliveries.Sent > Readers / 10);
        await one.KillAsync();
        await StandStillAsync(lab, LongRun.IsAsked ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(3));
        // Whoever signed in before, at another node, is signed in at the one that is left.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editor");
        request.Headers.Add("Cookie", string.Join("; ", staff.Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using var desk = await reader.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);

        var end = await MailingLab.WaitAsync(watcher, status => status.State == MailingState.Completed, TimeSpan.FromMinutes(2));
        await stop.CancelAsync();
        var (pages, failures) = await reading;

        Assert.Equal(Readers, end.Deliveries.Sent);
        Assert.Equal(Readers, lab.Server.Messages.Select(message => message.Recipient).Distinct().Count());
        // What was in the air when the node was killed is sent again under the same Message-ID: one for each open connection at most.
        Assert.InRange(lab.Server.MessageCount, Readers, Readers + 4);
        Assert.Empty(failures);
        Assert.True(pages > 50, $"Only {pages} pages were read.");
    }

    /// <summary>As a reader who opens page after page.</summary>
    private static async Task<(int Pages, List<string> Failures)> ReadAsync(HttpClient reader, CancellationToken stop)
    {
        var (pages, failures) = (0, new List<string>());
        string[] paths = ["/", $"/editions/{MailingLab.Month}", "/editions", $"/editions/{MailingLab.Month}.json", "/feed.atom"];
        while (!stop.IsCancellationRequested)
        {
            var path = paths[pages++ % paths.Length];
            try
            {
                using var answer = await reader.GetAsync(path, CancellationToken.None);
                if (answer.StatusCode != HttpStatusCode.OK)
                    failures.Add($"{path}: {answer.StatusCode}");
            }
            catch (HttpRequestException e)
            {
                failures.Add($"{path}: {e.Message}");
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return (pages, failures);
    }

    /// <summary>Nobody can write to it meanwhile.</summary>
    private static async Task StandStillAsync(MailingLab lab, TimeSpan time)
    {
        await using var other = new SqliteConnection(lab.Settings["ConnectionStrings:CordisPulse"]);
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        await Task.Delay(time);
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A test that needs nginx and SQLite.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NginxFactAttribute : FactAttribute
    {
        public NginxFactAttribute()
        {
            if (!TestDatabase.IsSqlite)
                Skip = "The database is stopped as SQLite is.";
            else if (!File.Exists(Nginx.Program))
                Skip = "There is no nginx.";
        }
    }

    /// <summary>The file of deploy/, with the addresses that this test has.</summary>
    private sealed class Nginx : IDisposable
    {
        public const string Program = "/usr/sbin/nginx";

        private static readonly string[] Temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

        private readonly string _folder = Directory.CreateTempSubdirectory("cordispulse-nginx-").FullName;
        private readonly Process _process;

        private Nginx(Uri one, Uri two)
        {
            var port = FreePort();
            Address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
            var site = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deploy", "nginx-two-nodes.conf"))
                .Replace("10.0.0.11:5000", one.Authority, StringComparison.Ordinal)
                .Replace("10.0.0.12:5000", two.Authority, StringComparison.Ordinal)
                .Replace("listen 80", $"listen 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal);
            File.WriteAllText(
                Path.Combine(_folder, "nginx.conf"),
                $"daemon off; pid {_folder}/pid; error_log {_folder}/error.log; events {{ worker_connections 256; }} http {{ access_log off; "
                + string.Concat(Temporary.Select(kind => $"{kind}_temp_path {_folder}/{kind}; ")) + $"{site} }}");
            _process = Process.Start(new ProcessStartInfo(Program, ["-p", _folder, "-c", Path.Combine(_folder, "nginx.conf")]) { RedirectStandardError = true })!;
        }

        public Uri Address { get; }

        public static async Task<Nginx> StartAsync(Uri one, Uri two)
        {
            var nginx = new Nginx(one, two);
            using var probe = new HttpClient { BaseAddress = nginx.Address };
            for (var looks = 0; ; looks++)
            {
                try
                {
                    using var answer = await probe.GetAsync("/health/live");
                    return nginx;
                }
                catch (HttpRequestException) when (looks < 100 && !nginx._process.HasExited)
                {
                    await Task.Delay(50);
                }
            }
        }

        public void Dispose()
        {
            using (var stopping = Process.Start(Program, ["-p", _folder, "-c", Path.Combine(_folder, "nginx.conf"), "-s", "quit"]))
                stopping.WaitForExit();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
            TemporaryFolder.Delete(_folder);
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
