using System.Globalization;
using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>A database in a folder of its own, with a mailing that waits to be sent.</summary>
internal sealed class SendingLab : IAsyncDisposable
{
    private const int AtOnce = 5000;

    private readonly DirectoryInfo _folder;
    private readonly ServiceProvider _services;

    private SendingLab(DirectoryInfo folder, ServiceProvider services) => (_folder, _services) = (folder, services);

    public EditionMessageFactory Messages => _services.GetRequiredService<EditionMessageFactory>();

    public static async Task<SendingLab> MakeAsync(int port, int recipients, SendingWay way)
    {
        var folder = way.On is null ? Directory.CreateTempSubdirectory("cordispulse-benchmark-") : Directory.CreateDirectory(Path.Combine(way.On, $"cordispulse-benchmark-{Guid.NewGuid():N}"));
        var settings = new Dictionary<string, string?>
        {
            ["Data:Directory"] = folder.FullName,
            ["Site:PublicUrl"] = "https://pulse.example.org",
            ["Mail:Transport"] = "Smtp",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Smtp:Client"] = way.Client,
            ["Mail:From"] = "pulse@example.org",
            ["Mail:MaxConnections"] = way.Connections.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (i, key) in way.Keys.Index())
        {
            var file = Path.Combine(folder.FullName, $"dkim-{i}.pem");
            await File.WriteAllTextAsync(file, key.MakePem());
            var setting = $"Mail:Dkim:Keys:{i}:";
            (settings[setting + "Domain"], settings[setting + "Selector"], settings[setting + "PrivateKeyFile"]) = ("example.org", $"pulse{i}", file);
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddPulseCore(configuration, folder.FullName)
            .ConfigureDbContext<PulseDbContext>(builder => builder.AddInterceptors(new SlowCommits(way.CommitDelay)))
            .BuildServiceProvider();
        await services.GetRequiredService<Database>().MigrateAsync();
        var lab = new SendingLab(folder, services);
        await lab.FillAsync(port, recipients);
        return lab;
    }

    /// <summary>Sends the whole mailing as a node does.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> SendAsync()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        var sending = Task.Run(() => _services.GetRequiredService<MailingLoop>().RunAsync(stop.Token));
        while (await AskAsync(db => db.Deliveries.AnyAsync(d => d.State != DeliveryState.Sent)))
            await Task.Delay(20);
        var took = watch.Elapsed;
        await stop.CancelAsync();
        await sending;
        return took;
    }

    public async Task<ClaimedDelivery> FirstAsync() => await AskAsync(db => db.Deliveries.Select(d => new ClaimedDelivery
    {
        Id = d.Id,
        LeaseNumber = d.LeaseNumber,
        MailingId = d.MailingId,
        VariantId = d.VariantId,
        SubscriberId = d.SubscriberId,
        Address = d.Address,
        Name = d.Name,
        UnsubscribeToken = d.Subscriber!.UnsubscribeToken,
        Attempts = d.Attempts,
    }).FirstAsync());

    public async Task<MailingVariant> VariantAsync() => await AskAsync(db => db.MailingVariants.SingleAsync());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task FillAsync(int port, int recipients)
    {
        var month = new EditionMonth(2030, 3);
        await using var db = await _services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        var edition = new Edition { Month = month, PublishedRevision = 1, CreatedUtc = DateTime.UtcNow, ChangedUtc = DateTime.UtcNow };
        var published = new PublishedEdition { Edition = edition, Month = month, Revision = 1, PublishedUtc = DateTime.UtcNow, Document = "{}", Sha256 = new string('0', 64) };
        var mailing = new Mailing
        {
            Edition = edition,
            PublishedEdition = published,
            Number = 1,
            State = MailingState.Sending,
            PublicUrl = "https://pulse.example.org/",
            Transport = $"Smtp 127.0.0.1:{port}",
            CreatedUtc = DateTime.UtcNow,
            StartedUtc = DateTime.UtcNow,
        };
        var variant = new MailingVariant { Mailing = mailing, Subject = "CordisPulse: March 2030", Html = Body("<p>", 60_000), Text = Body("", 22_000), Sha256 = new string('0', 64) };
        db.Add(variant);
        await db.SaveChangesAsync();
        foreach (var numbers in Enumerable.Range(1, recipients).Chunk(AtOnce))
        {
            db.ChangeTracker.Clear();
            db.AddRange(numbers.Select(i => new Delivery
            {
                MailingId = mailing.Id,
                VariantId = variant.Id,
                Address = $"reader.{i}@example.org",
                Name = $"Reader {i}",
                Subscriber = new Subscriber
                {
                    Email = $"reader.{i}@example.org",
                    NormalizedEmail = $"reader.{i}@example.org",
                    Name = $"Reader {i}",
                    Status = SubscriberStatus.Active,
                    UnsubscribeToken = string.Create(CultureInfo.InvariantCulture, $"tokentokentokentoken{i:000000}"),
                    CreatedUtc = DateTime.UtcNow,
                },
            }));
            await db.SaveChangesAsync();
        }
    }

    /// <summary>As long as an edition's, with the recipient's two links at its end.</summary>
    private static string Body(string tag, int length)
    {
        var body = new StringBuilder();
        for (var i = 0; body.Length < length; i++)
            body.Append(CultureInfo.InvariantCulture, $"{tag}Report {i} finds that waits fell from 32 to 28 days – see https://example.org/reports/{i}?a=1&b=2.\n");
        return body.Append(CultureInfo.InvariantCulture, $"https://pulse.example.org/preferences/{RenderedMail.TokenMark} https://pulse.example.org/unsubscribe/{RenderedMail.TokenMark}\n").ToString();
    }

    private async Task<T> AskAsync<T>(Func<PulseDbContext, Task<T>> ask)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }
}
