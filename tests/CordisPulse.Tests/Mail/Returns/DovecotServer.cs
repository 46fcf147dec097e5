using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace CordisPulse.Tests.Mail.Returns;

/// <summary>A test that needs Debian's Dovecot, and the right to start it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DovecotFactAttribute : FactAttribute
{
    public DovecotFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !DovecotServer.IsInstalled)
            Skip = "Dovecot is not installed, or this user may not start it.";
    }
}

/// <summary>
/// A Dovecot of its own with one mailbox, in a folder that goes with it. Mail is put into the mailbox as a delivery agent does it, as a file.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class DovecotServer : IAsyncDisposable
{
    public const string User = "bounces@sender.example";
    public const string Password = "a password of the mailbox";

    private const string Program = "/usr/sbin/dovecot";
    private const string Owner = "mail";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly string[] Parts = ["cur", "new"];

    private readonly string _folder;
    private Process? _process;
    private int _number;

    private DovecotServer(string folder, int port, int securePort) => (_folder, Port, SecurePort) = (folder, port, securePort);

    public static bool IsInstalled { get; } = File.Exists(Program) && File.Exists("/usr/lib/dovecot/imap") && Environment.UserName == "root";

    public int Port { get; }

    /// <summary>Where it speaks TLS from the start, if it has a certificate.</summary>
    public int SecurePort { get; }

    public string Log => File.Exists(Path.Combine(_folder, "dovecot.log")) ? File.ReadAllText(Path.Combine(_folder, "dovecot.log")) : "";

    /// <summary>Bytes that the server has sent in all sessions that have ended.</summary>
    public long Sent => Out().Matches(Log).Sum(found => long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture));

    private string Mailbox => Path.Combine(_folder, "mail");

    /// <param name="introspection">Where tokens are asked about; null: passwords only.</param>
    /// <param name="certificate">For TLS, from the start or not; null: none.</param>
    /// <param name="settings">Lines beyond those that it needs to run here.</param>
    public static async Task<DovecotServer> StartAsync(Uri? introspection = null, X509Certificate2? certificate = null, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("pulse-dovecot-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        foreach (var part in (string[])["run", "state", "mail", "mail/cur", "mail/new", "mail/tmp"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        var (port, securePort) = (FreePort(), certificate is null ? 0 : FreePort());
        if (certificate is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "certificate.pem"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"{User}:{{PLAIN}}{Password}\n");
        await File.WriteAllLinesAsync(Path.Combine(folder, "tokens.conf"),
            ["introspection_mode = post", $"introspection_url = {introspection}", "username_attribute = username", "active_attribute = active", "active_value = yes"]);
        await File.WriteAllLinesAsync(Path.Combine(folder, "dovecot.conf"),
        [
            "protocols = imap",
            $"base_dir = {folder}/run",
            $"state_dir = {folder}/state",
            $"log_path = {folder}/dovecot.log",
            "listen = 127.0.0.1",
            certificate is null ? "ssl = no" : $"ssl = yes\nssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem",
            "disable_plaintext_auth = no",
            "auth_mechanisms = plain login" + (introspection is null ? "" : " xoauth2"),
            "auth_failure_delay = 0",
            // Whoever failed once would wait for a quarter of a minute.
            "service anvil {\n unix_listener anvil-auth-penalty {\n  mode = 0\n }\n}",
            $"mail_location = maildir:{folder}/mail",
            "mail_fsync = never",
            "first_valid_uid = 1",
            "first_valid_gid = 1",
            $"passdb {{\n driver = passwd-file\n args = scheme=PLAIN username_format=%u {folder}/users\n mechanisms = plain login\n}}",
            introspection is null ? "" : $"passdb {{\n driver = oauth2\n mechanisms = xoauth2\n args = {folder}/tokens.conf\n}}",
            $"userdb {{\n driver = static\n args = uid={Owner} gid={Owner} home={folder}/mail\n}}",
            $"service imap-login {{\n inet_listener imap {{\n  port = {port.ToString(CultureInfo.InvariantCulture)}\n }}\n inet_listener imaps {{\n  port = {securePort.ToString(CultureInfo.InvariantCulture)}\n  ssl = yes\n }}\n}}",
            .. settings,
        ]);
        using (var owner = Process.Start("chown", ["-R", $"{Owner}:{Owner}", Path.Combine(folder, "mail")]))
            await owner.WaitForExitAsync();
        var server = new DovecotServer(folder, port, securePort);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-F", "-c", Path.Combine(_folder, "dovecot.conf")]))!;
        for (var end = DateTime.UtcNow + Longest; ; await Task.Delay(50))
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < end && !_process.HasExited)
            {
                // It listens a moment after it was started.
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException(Log, e);
            }
    }

    /// <summary>kill -9, with all its connections; what lies in the mailbox stays.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Longest);
        _process.Dispose();
        _process = null;
    }

    public void Deliver(ReadOnlySpan<byte> message)
    {
        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.M{Interlocked.Increment(ref _number)}.pulse";
        var unfinished = Path.Combine(Mailbox, "tmp", name);
        File.WriteAllBytes(unfinished, message);
        File.SetUnixFileMode(unfinished, (UnixFileMode)0b110_100_100);
        File.Move(unfinished, Path.Combine(Mailbox, "new", name));
    }

    /// <summary>How many messages lie in a folder; a name with slashes, and nothing for the inbox.</summary>
    public int Count(string folder = "") => Parts
        .Select(part => Path.Combine(Mailbox, folder.Length == 0 ? "" : "." + folder.Replace('/', '.'), part))
        .Where(Directory.Exists)
        .Sum(part => Directory.GetFiles(part).Length);

    public Task WaitUntilEmptyAsync() => WaitUntilAsync(() => Count() == 0);

    public async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var end = DateTime.UtcNow + Longest; !condition(); await Task.Delay(50))
            Assert.True(DateTime.UtcNow < end, $"{Count()} messages lie in the mailbox.\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        TemporaryFolder.Delete(_folder);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@" out=(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Out();
}
