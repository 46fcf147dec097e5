using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using MimeKit;

namespace CordisPulse.Tests.Mail;

/// <summary>A test that needs Debian's Postfix, and the right to start it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostfixFactAttribute : FactAttribute
{
    public PostfixFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !PostfixServer.IsInstalled)
            Skip = "Postfix is not installed, or this user may not start it.";
    }
}

/// <summary>
/// A Postfix of its own, with queue, settings and mailbox in a folder that goes with it. It listens on the loopback address, takes mail
/// for <c>reader.example</c> alone and puts it into one mailbox.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";
    private const string Daemons = "/usr/lib/postfix/sbin";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly string _folder;

    private PostfixServer(string folder, int port) => (_folder, Port) = (folder, port);

    public static bool IsInstalled { get; } = File.Exists(Program) && Directory.Exists(Daemons) && Environment.UserName == "root";

    public int Port { get; }

    private string Mailbox => Path.Combine(_folder, "mail", "all", "new");

    /// <param name="settings">Lines of <c>main.cf</c> beyond those that it needs to run here.</param>
    public static async Task<PostfixServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("pulse-postfix-").FullName;
        // Its services run as other users and must find their way.
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        foreach (var part in (string[])["conf", "queue", "data", "mail"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        var port = FreePort();
        var user = await UserNumberAsync();
        await File.WriteAllLinesAsync(Path.Combine(folder, "conf", "main.cf"),
        [
            "compatibility_level = 3.6",
            $"queue_directory = {folder}/queue",
            $"data_directory = {folder}/data",
            $"daemon_directory = {Daemons}",
            "command_directory = /usr/sbin",
            $"maillog_file = {folder}/postfix.log",
            $"maillog_file_prefixes = {folder}",
            "inet_interfaces = 127.0.0.1",
            "inet_protocols = ipv4",
            "mynetworks = 127.0.0.0/8",
            "myhostname = postfix.example.org",
            "mydestination =",
            "alias_maps =",
            "alias_database =",
            "smtpd_peername_lookup = no",
            "smtpd_relay_restrictions = permit_auth_destination, reject",
            "virtual_mailbox_domains = reader.example",
            $"virtual_mailbox_base = {folder}/mail",
            "virtual_mailbox_maps = static:all/",
            $"virtual_uid_maps = static:{user}",
            $"virtual_gid_maps = static:{user}",
            "virtual_minimum_uid = 1",
            .. settings,
        ]);
        await File.WriteAllLinesAsync(Path.Combine(folder, "conf", "master.cf"),
        [
            $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)} inet n - n - - smtpd",
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "proxymap unix - - n - - proxymap",
            "virtual unix - n n - - virtual",
            "anvil unix - - n - 1 anvil",
            "postlog unix-dgram n - n - 1 postlogd",
        ]);
        using (var owner = Process.Start("chown", ["postfix", Path.Combine(folder, "data"), Path.Combine(folder, "mail")]))
            await owner.WaitForExitAsync();
        var server = new PostfixServer(folder, port);
        await server.RunAsync("start");
        await server.WaitForPortAsync();
        return server;
    }

    /// <summary>Ends it and starts it anew; mail that it has taken stays.</summary>
    public async Task RestartAsync()
    {
        await RunAsync("stop");
        await RunAsync("start");
        await WaitForPortAsync();
    }

    /// <summary>All that has been delivered, once it is so many.</summary>
    public async Task<IReadOnlyList<MimeMessage>> DeliveredAsync(int count)
    {
        for (var end = DateTime.UtcNow + Longest; ; await Task.Delay(50))
        {
            var files = Directory.Exists(Mailbox) ? Directory.GetFiles(Mailbox) : [];
            if (files.Length >= count || DateTime.UtcNow > end)
                return [.. files.Select(file => MimeMessage.Load(file))];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        TemporaryFolder.Delete(_folder);
    }

    private async Task RunAsync(string what)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, ["-c", Path.Combine(_folder, "conf"), what]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        // Not its output: what it starts keeps the pipe open.
        await process.WaitForExitAsync().WaitAsync(Longest);
        Assert.True(process.ExitCode == 0, $"postfix {what}: {process.ExitCode}\n{await LogAsync()}");
    }

    private async Task<string> LogAsync()
    {
        var log = Path.Combine(_folder, "postfix.log");
        return File.Exists(log) ? await File.ReadAllTextAsync(log) : "";
    }

    private async Task WaitForPortAsync()
    {
        for (var end = DateTime.UtcNow + Longest; ; await Task.Delay(50))
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < end)
            {
                // Its master answers a moment after the command has ended.
            }
    }

    /// <summary>Its delivery agent writes into no mailbox as the administrator.</summary>
    private static async Task<string> UserNumberAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("id", ["-u", "postfix"]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
