using System.Globalization;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Hosting;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

/// <summary>
/// One database and one mail server on which nodes of the real program are started, ended and started again. Each node is a whole
/// <see cref="PulseApp"/>.
/// </summary>
internal sealed class MailingLab : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // Never started: it owns the database and the data folder, which outlive the nodes.
    private readonly PulseApp _owner = new();
    private readonly List<PulseApp> _nodes = [];
    private readonly Dictionary<string, string> _settings = [];

    public MailingLab(LoopbackSmtpSettings? server = null)
    {
        Server = LoopbackSmtpServer.Start(server);
        With("Mail:Transport", "Smtp");
        With("Mail:Smtp:Host", LoopbackSmtpServer.Host);
        With("Mail:Smtp:Port", Server.Port.ToString(CultureInfo.InvariantCulture));
        With("Mail:From", "pulse@sender.example");
        With("Mail:Retry:FirstDelay", "00:00:01");
        // What is started from the page would wait for minutes; a test of the wait says so.
        With("Mail:WaitBeforeSending", "00:00:00");
        With("Site:PublicUrl", "https://pulse.example.org");
        With("Publisher:PostalAddress", "1 Example Street, London");
    }

    public static EditionMonth Month { get; } = new(2030, 3);

    public LoopbackSmtpServer Server { get; }

    public string Directory => _owner.Directory;

    /// <summary>All that a process needs to work on this database.</summary>
    public IReadOnlyDictionary<string, string> Settings => _owner.Settings.Concat(_settings).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value);

    public MailingLab With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    public PulseApp StartNode() => Start(new PulseApp(), Settings);

    /// <summary>A node in a process of its own, once it serves.</summary>
    public async Task<RunningPulse> StartProcessAsync()
    {
        var process = RunningPulse.Start(Settings);
        await process.AddressAsync();
        return process;
    }

    /// <summary>A node that only looks on: the mailings that go by the server are none of its.</summary>
    public PulseApp StartWatcher() => Start(new PulseApp(), [.. Settings, KeyValuePair.Create("Mail:Transport", "Pickup")]);

    /// <summary>Starts the mailing from the command line, so that it goes by the server.</summary>
    public async Task StartByCommandAsync()
    {
        var start = await PulseCommand.RunAsync(Settings, "mailing", "send", Month.ToString());
        Assert.Equal((0, ""), (start.ExitCode, start.Error));
    }

    /// <summary>Ends a node as a server is ended: messages under way are finished.</summary>
    public async Task StopAsync(PulseApp node)
    {
        _nodes.Remove(node);
        await node.DisposeAsync();
    }

    public static Task SeedAsync(PulseApp node, int subscribers, EditionDocument? document = null, DateOnly? publishedOn = null) => node.QueryAsync(async db =>
    {
        await PublishedMonth.AddAsync(db, document ?? PublishedMonth.Document(Month), publishedOn);
        for (var i = 1; i <= subscribers; i++)
            db.Add(Person(i));
        return await db.SaveChangesAsync();
    });

    public static Subscriber Person(int number, SubscriberStatus status = SubscriberStatus.Active) => new()
    {
        Email = $"Reader.{number}@reader.example",
        NormalizedEmail = $"reader.{number}@reader.example",
        Name = $"Reader {number}",
        Status = status,
        // Of the letters that tokens are made of.
        UnsubscribeToken = "tokentokentokentoken" + string.Concat(number.ToString("000000", CultureInfo.InvariantCulture).Select(digit => (char)(digit - '0' + 'a'))),
        CreatedUtc = DateTime.UtcNow,
    };

    public static Task<StartedMailing> StartAsync(PulseApp node, string? confirm = null) => StartAsync(node, Month, confirm);

    public static Task<StartedMailing> StartAsync(PulseApp node, EditionMonth month, string? confirm = null)
        => node.InScopeAsync(services => services.GetRequiredService<MailingStarter>()
            .StartAsync(new StartMailing { Month = month, ById = null, ConfirmMonth = confirm }));

    public static Task<MailingStatus> StatusAsync(PulseApp node) => StatusAsync(node, Month);

    private static Task<MailingStatus> StatusAsync(PulseApp node, EditionMonth month)
        => node.InScopeAsync(services => services.GetRequiredService<MailingReports>().StatusAsync(month));

    public static Task ControlAsync(PulseApp node, Func<MailingControl, Task> act) => node.InScopeAsync(async services =>
    {
        await act(services.GetRequiredService<MailingControl>());
        return 0;
    });

    /// <summary>Looks at the ledger until it is as expected.</summary>
    public static Task<MailingStatus> WaitAsync(PulseApp node, Func<MailingStatus, bool> condition, TimeSpan? longest = null)
        => WaitAsync(node, Month, condition, longest);

    /// <inheritdoc cref="WaitAsync(PulseApp, Func{MailingStatus, bool}, TimeSpan?)"/>
    public static async Task<MailingStatus> WaitAsync(PulseApp node, EditionMonth month, Func<MailingStatus, bool> condition, TimeSpan? longest = null)
    {
        var end = DateTime.UtcNow + (longest ?? Soon);
        while (true)
        {
            var status = await StatusAsync(node, month);
            if (condition(status))
                return status;
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"Still {status.ToJson()}\n{Log(node)}");
            await Task.Delay(20);
        }
    }

    public static Task<MailingStatus> WaitForEndAsync(PulseApp node) => WaitAsync(node, status => status.State == MailingState.Completed);

    public static Task<Delivery> DeliveryAsync(PulseApp node, int number)
        => node.QueryAsync(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.Address == $"Reader.{number}@reader.example"));

    /// <summary>What all nodes on the data folder have logged.</summary>
    public static string Log(PulseApp node) => string.Concat(
        System.IO.Directory.GetFiles(Path.Combine(node.Settings["Data:Directory"], "logs")).Select(file =>
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }));

    private PulseApp Start(PulseApp node, IEnumerable<KeyValuePair<string, string>> settings)
    {
        foreach (var (key, value) in settings)
            node.With(key, value);
        _ = node.Address;
        _nodes.Add(node);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await Server.DisposeAsync();
        await _owner.DisposeAsync();
    }
}
