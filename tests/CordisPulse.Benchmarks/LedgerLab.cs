using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>
/// A list of any length and a published edition, in a database of its own. Mail goes to a server that takes everything at once and
/// keeps nothing, so that only our own side is seen.
/// </summary>
internal sealed class LedgerLab : IAsyncDisposable
{
    public static readonly EditionMonth Month = new(2030, 3);

    private readonly DirectoryInfo _folder;
    private readonly bool _ownsFolder;

    private LedgerLab(string? folder)
    {
        (_folder, _ownsFolder) = folder is null ? (Directory.CreateTempSubdirectory("cordispulse-benchmark-"), true) : (new DirectoryInfo(folder), false);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:Directory", _folder.FullName),
            new("Mail:From", "pulse@example.org"),
        ]).Build();
        Services = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings)
            .AddLogging()
            .AddPulseCore(settings, _folder.FullName)
            .AddSingleton<RenderView>((_, _) => Task.FromResult($"<p>March, {RenderedMail.TokenMark}</p>"))
            .AddSingleton<IMailTransport, EverTakingTransport>()
            .AddSingleton(new PublicAddress(() => new Uri("https://pulse.example.org")))
            .BuildServiceProvider();
    }

    public ServiceProvider Services { get; }

    /// <param name="subscribers">Active ones.</param>
    /// <param name="pastEditions">Each with a mailing that was completed.</param>
    /// <param name="pastReaders">Deliveries of each of those.</param>
    public static Task<LedgerLab> MakeAsync(int subscribers, int pastEditions = 0, int pastReaders = 0) => MakeAsync(subscribers, null, pastEditions, pastReaders);

    /// <param name="folder">The data folder, which is somebody else's to delete; null for one of its own.</param>
    public static async Task<LedgerLab> MakeAsync(int subscribers, string? folder, int pastEditions = 0, int pastReaders = 0)
    {
        var lab = new LedgerLab(folder);
        await lab.Services.GetRequiredService<Database>().MigrateAsync();
        await using var db = await lab.Services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        // In the database alone: made here, a million would be what is measured.
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {subscribers})
            INSERT INTO "Subscribers" ("Email", "NormalizedEmail", "Name", "Status", "Sectors", "UnsubscribeToken", "CreatedUtc", "Version")
            SELECT 'reader.' || i || '@example.org', 'reader.' || i || '@example.org', 'Reader ' || i, 'Active', '', 'tokentokentokent' || printf('%010d', i), '2030-01-01 00:00:00', 1 FROM n
            """);
        for (var past = 1; past <= pastEditions; past++)
            await AddPastAsync(db, new EditionMonth(1830 + (past / 12), (past % 12) + 1), pastReaders);
        await AddEditionAsync(db, Month);
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
        return lab;
    }

    public async Task<T> AskAsync<T>(Func<PulseDbContext, Task<T>> ask)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }

    public async Task<StartedMailing> StartAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MailingStarter>().StartAsync(new StartMailing { Month = Month, ById = null });
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
            _folder.Delete(recursive: true);
    }

    private static async Task<PublishedEdition> AddEditionAsync(PulseDbContext db, EditionMonth month)
    {
        var document = new EditionDocument { Month = month, Title = month.Title, Status = EditionStatus.Published, Subject = month.Title, Preheader = "", Introduction = "", News = [], Sectors = [] };
        var published = new PublishedEdition
        {
            Edition = new Edition { Month = month, PublishedRevision = 1, CreatedUtc = DateTime.UtcNow, ChangedUtc = DateTime.UtcNow },
            Month = month,
            Revision = 1,
            PublishedUtc = DateTime.UtcNow,
            Document = document.ToJson(),
            Sha256 = new string('0', 64),
        };
        db.Add(published);
        await db.SaveChangesAsync();
        return published;
    }

    private static async Task AddPastAsync(PulseDbContext db, EditionMonth month, int readers)
    {
        db.ChangeTracker.Clear();
        var published = await AddEditionAsync(db, month);
        var variant = new MailingVariant
        {
            Mailing = new Mailing
            {
                EditionId = published.EditionId,
                PublishedEditionId = published.Id,
                Number = 1,
                State = MailingState.Completed,
                PublicUrl = "https://pulse.example.org/",
                Transport = "Pickup",
                CreatedUtc = DateTime.UtcNow,
            },
            Subject = "Past",
            Html = "",
            Text = "",
            Sha256 = new string('0', 64),
        };
        db.Add(variant);
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Deliveries" ("MailingId", "SubscriberId", "VariantId", "Address", "State", "Attempts", "LeaseNumber", "AttemptedUtc", "SettledUtc", "Code", "Answer")
            SELECT {variant.MailingId}, "Id", {variant.Id}, "Email", 'Sent', 1, 1, '2029-01-01 00:00:00', '2029-01-01 00:00:00', 250, '2.0.0 taken' FROM "Subscribers" ORDER BY "Id" LIMIT {readers}
            """);
    }
}
