using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CordisPulse.Tests;

/// <summary>
/// The real program on a real port of the loopback address, with a database of its own. Settings come first (<see cref="With"/>), then the
/// first use of <see cref="Address"/> starts it; a test class shares one through <c>IClassFixture</c>.
/// </summary>
public class PulseApp : WebApplicationFactory<Program>
{
    public const string Password = "correct horse battery staple";

    private readonly Dictionary<string, string> _settings = [];
    private readonly TestDatabase _database;
    private readonly Lazy<Uri> _address;

    public PulseApp()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("cordispulse-").FullName;
        _database = TestDatabase.Create(Directory);
        foreach (var (key, value) in _database.Settings)
            _settings[key] = value;
        _settings["Data:Directory"] = Directory;
        // Links of the editions that tests make lead nowhere, and no test may depend on who answers outside.
        _settings["Outbound:LookAtLinks"] = "false";
        // Visitors of tests fill in a form at once.
        _settings["Joining:MinimumTime"] = "00:00:00";
        // Without a port: the factory would write it into the addresses of a built server, which the program may have started already.
        UseKestrel();
        _address = new Lazy<Uri>(() =>
        {
            StartServer();
            return ClientOptions.BaseAddress;
        });
    }

    /// <summary>The data folder; gone with the app.</summary>
    public string Directory { get; }

    /// <summary>Where it listens; the first use starts it.</summary>
    public Uri Address => _address.Value;

    public string Outbox => Path.Combine(Directory, "outbox");

    /// <summary>All that has been logged to the file so far.</summary>
    public string Log => string.Concat(System.IO.Directory.Exists(Path.Combine(Directory, "logs"))
        ? System.IO.Directory.GetFiles(Path.Combine(Directory, "logs")).Select(ReadShared)
        : []);

    /// <summary>Only before the first use of <see cref="Address"/>.</summary>
    public PulseApp With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>The settings as arguments for a second process on the same database and folder.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>Somebody with an empty cookie jar.</summary>
    public Visitor Visit() => new(Address);

    /// <summary>A member of staff with this role, signed in through the page.</summary>
    public Task<Visitor> SignInAsync(string role = Roles.Administrator) => SignInAsync(role, $"{role.ToLowerInvariant()}-{Guid.NewGuid():N}@example.org");

    /// <inheritdoc cref="SignInAsync(string)"/>
    public async Task<Visitor> SignInAsync(string role, string email)
    {
        await AddAccountAsync(email, role);
        var visitor = Visit();
        var page = await visitor.GetAsync("/editor/sign-in");
        var answer = await visitor.SubmitAsync(page, new() { ["Email"] = email, ["Password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return visitor;
    }

    public async Task AddAccountAsync(string email, string role)
    {
        _ = Address;
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<int>>>();
        if (!await roles.RoleExistsAsync(role))
            await roles.CreateAsync(new IdentityRole<int>(role));
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true };
        Assert.True((await users.CreateAsync(account, Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(account, role)).Succeeded);
    }

    /// <summary>Runs one unit of work on the app's own services.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        _ = Address;
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task<T> QueryAsync<T>(Func<PulseDbContext, Task<T>> query)
        => InScopeAsync(services => query(services.GetRequiredService<PulseDbContext>()));

    /// <summary>For a <see cref="SqliteFactAttribute"/>: not by the program's own way, where the statement would have to be one for SQL Server too.</summary>
    public async Task OnSqliteAsync(string statement)
    {
        await using var database = new SqliteConnection(_settings["ConnectionStrings:CordisPulse"]);
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until what was asked for by naming an address has been looked at.</summary>
    public async Task SettledAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await QueryAsync(db => db.AddressRequests.AnyAsync(request => request.SettledUtc == null)))
            await Task.Delay(50, limit.Token);
    }

    /// <summary>Waits until no single mail is left to be sent, and each that was is written down.</summary>
    public async Task MailedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await QueryAsync(db => db.QueuedMails.AnyAsync(mail => mail.NextAttemptUtc != null)))
            await Task.Delay(50, limit.Token);
    }

    /// <summary>Waits for a message to this address in the pickup folder.</summary>
    /// <param name="subject">What its subject holds; null for any.</param>
    public async Task<MimeMessage> MailToAsync(string address, string? subject = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            foreach (var file in System.IO.Directory.Exists(Outbox) ? System.IO.Directory.GetFiles(Outbox, "*.eml") : [])
                if (await MimeMessage.LoadAsync(file, limit.Token) is var mail && mail.To.Mailboxes.Single().Address == address && (subject is null || mail.Subject!.Contains(subject, StringComparison.Ordinal)))
                    return mail;
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Publishes an edition, whatever the checks say of it.</summary>
    public Task<int> PublishAsync(EditionMonth month) => InScopeAsync(services => services.GetRequiredService<EditionPublisher>().PublishAsync(
        new PublishEdition { Month = month, ById = null, Allow = [PublishEdition.AllowAll] }));

    /// <summary>An edition's working text as <c>edition export --format json</c> writes it, without a process for each.</summary>
    public Task<string> EditionJsonAsync(EditionMonth month)
        => InScopeAsync(async services => (await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(month))!.ToJson());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing").UseUrls("http://127.0.0.1:0");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        // What makes passwords hard to guess is worth its time, but not for each of the hundreds who sign in here.
        builder.ConfigureServices(services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000));
        if (TestDatabase.IsSqlite)
            builder.ConfigureServices(SqlServerTwin.Watch);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _database.Drop();
        TemporaryFolder.Delete(Directory);
        GC.SuppressFinalize(this);
        Assert.Empty(SqlServerTwin.Failures);
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
