using System.Net;
using System.Net.Sockets;
using CordisPulse.Tests.Commands;

namespace CordisPulse.Tests.Hosting;

/// <summary>How the program starts, and how it says that it does not: in a line on standard error, for the server and for commands alike.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("cordispulse-").FullName;

    public void Dispose() => TemporaryFolder.Delete(_data);

    [Theory]
    [InlineData("Data:Directory: the folder '/dev/null/x' cannot be made or written to", "Data:Directory=/dev/null/x")]
    [InlineData("Database:Provider is 'Oracle'; it must be Sqlite or SqlServer.", "Database:Provider=Oracle")]
    [InlineData("Database:MigrateOnStart is \"maybe\"; allowed: true, false.", "Database:MigrateOnStart=maybe")]
    [InlineData("Database:MaxBatchSize is \"x\"; allowed: a whole number.", "Database:MaxBatchSize=x")]
    [InlineData("Database:MaxBatchSize is 0; it must be 1 or more.", "Database:MaxBatchSize=0")]
    [InlineData("ConnectionStrings:CordisPulse is missing; Database:Provider SqlServer needs one.", "Database:Provider=SqlServer")]
    [InlineData("ConnectionStrings:CordisPulse is not a connection string for Sqlite.", "ConnectionStrings:CordisPulse=Colour=red")]
    [InlineData("ConnectionStrings:CordisPulse: the database cannot be opened or brought up to date", "ConnectionStrings:CordisPulse=Data Source=/dev/null/x.db")]
    [InlineData("Outbound:HostPause is 1.00:00:00; it must be between 00:00:00 and 00:10:00.", "Outbound:HostPause=1.00:00:00")]
    [InlineData("Outbound:WatchedPerMinute is 1000; it must be between 0 and 600.", "Outbound:WatchedPerMinute=1000")]
    [InlineData("Secrets:KeyFile: the file '/dev/null/x' cannot be read or made", "Secrets:KeyFile=/dev/null/x")]
    [InlineData("Secrets:CertificateFile: the file '/dev/null' cannot be read with its password", "Secrets:CertificateFile=/dev/null")]
    [InlineData("Secrets:KeyFile: the file '/dev/null' holds no key; it must be 32 random bytes or more in Base64.", "Secrets:KeyFile=/dev/null")]
    [InlineData("Site:PublicUrl is 'notaurl'; it must be an address like https://pulse.example.org/", "Site:PublicUrl=notaurl")]
    [InlineData("Site:Name must be the digest's name, on one line.", "Site:Name=")]
    [InlineData("Publisher:Name must be the publisher's name", "Publisher:Name=")]
    [InlineData("Publisher:Email is \"nobody\"; it must be an e-mail address", "Publisher:Email=nobody")]
    [InlineData("Publisher:Website is \"foo\"; it must be a web address that begins with https:// or http://.", "Publisher:Website=foo")]
    [InlineData("Publisher:SocialLinks:0:Url is \"javascript:x\"; it must be a web address", "Publisher:SocialLinks:0:Url=javascript:x", "Publisher:SocialLinks:0:Name=x")]
    [InlineData("Sample:Load is \"maybe\"; allowed: true, false.", "Sample:Load=maybe")]
    [InlineData("Mail:Transport is \"Pigeon\"; allowed: Pickup, Smtp.", "Mail:Transport=Pigeon")]
    [InlineData("Mail:PickupDirectory: the folder '/dev/null/x' cannot be made or written to", "Mail:PickupDirectory=/dev/null/x")]
    [InlineData("Mail:Dkim:Keys:0:Domain is not set", "Mail:Dkim:Keys:0:Selector=s", "Mail:Dkim:Keys:0:PrivateKeyFile=/dev/null/x")]
    [InlineData("Serilog: The value loud is not a valid Serilog level; levels are Verbose, Debug", "Serilog:MinimumLevel=loud")]
    [InlineData("Backup:Every is 00:01:00; it must be 00:10:00 or more", "Backup:Every=00:01:00")]
    [InlineData("Backup:Keep is 0; it must be 1 or more", "Backup:Every=01:00:00", "Backup:Keep=0")]
    [InlineData("Backup:Directory: the folder '/dev/null/x' cannot be made or written to", "Backup:Every=01:00:00", "Backup:Directory=/dev/null/x")]
    [InlineData("Shutdown:Timeout is \"soon\"; allowed: a length of time as hours:minutes:seconds", "Shutdown:Timeout=soon")]
    [InlineData("Shutdown:Timeout is 00:00:00; it must be more than nothing", "Shutdown:Timeout=00:00:00")]
    [InlineData("Proxy:Addresses has 'the balancer'; each must be an address or a network", "Proxy:Addresses:0=the balancer")]
    [InlineData("Log:Format is \"Xml\"; allowed: Text, Json.", "Log:Format=Xml")]
    [InlineData("urls is 'nonsense'; it must be addresses like http://localhost:5080", "urls=nonsense")]
    public async Task A_wrong_setting_stops_the_start_with_lines_that_name_keys(string line, params string[] wrong)
    {
        var settings = new Dictionary<string, string> { ["Data:Directory"] = _data };
        foreach (var setting in wrong)
            settings[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];

        AssertStopped(line, await PulseCommand.RunAsync(settings), await PulseCommand.RunAsync(settings, "migrate"));
    }

    [Fact]
    public async Task A_process_that_does_not_start_ends_with_the_code_and_the_line_of_the_failure()
    {
        var settings = new Dictionary<string, string> { ["Data:Directory"] = _data, ["Mail:Transport"] = "Pigeon" };

        AssertStopped("Mail:Transport is \"Pigeon\"", await PulseCommand.RunProcessAsync(settings), await PulseCommand.RunProcessAsync(settings, "migrate"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var result = await PulseCommand.RunProcessAsync(new Dictionary<string, string>
        {
            ["Data:Directory"] = _data,
            ["urls"] = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}",
        });

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.EndsWith("address already in use. Choose another address with --urls or ASPNETCORE_URLS.", Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_called_off_ends_quietly()
    {
        using var program = RunningPulse.Start(new Dictionary<string, string> { ["Data:Directory"] = _data, ["Sample:Load"] = "true" });
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!File.Exists(Path.Combine(_data, "cordispulse.db")))
            await Task.Delay(5, limit.Token);

        var result = await program.EndAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain("Exception", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_its_sources_the_program_is_in_development_and_has_the_samples()
    {
        var settings = new Dictionary<string, string> { ["Data:Directory"] = _data, ["ASPNETCORE_ENVIRONMENT"] = "", ["DOTNET_ENVIRONMENT"] = "" };
        using var program = RunningPulse.Start(settings);

        using var visitor = new Visitor(await program.AddressAsync());
        Assert.Contains("/editions/2024-01", (await visitor.GetAsync("/editions")).Html, StringComparison.Ordinal);
        Assert.Equal(0, (await program.EndAsync()).ExitCode);
    }

    private static void AssertStopped(string line, params CommandResult[] results) => Assert.All(results, result =>
    {
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(line, result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Trim().Split('\n'), result.Error.Trim().Split('\n').Distinct());
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    });
}
