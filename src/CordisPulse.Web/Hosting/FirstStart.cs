using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// Readies the database before anything is served, and says on the console where to go once it is. The log has start and stop, so that
/// an end without a stop is seen there.
/// </summary>
internal sealed class FirstStart(
    IServiceScopeFactory scopes,
    Database database,
    DataDirectory data,
    PublicAddress address,
    ServingAddress serving,
    IOptions<DatabaseOptions> databaseOptions,
    IOptions<SampleOptions> sample,
    IOptions<MailOptions> mail,
    IHostEnvironment environment,
    ILogger<FirstStart> logger) : IHostedLifecycleService
{
    private static readonly string Version = typeof(FirstStart).Assembly.GetName().Version!.ToString(3);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        if (await database.HasReadersWaitAsync(cancellationToken))
            logger.LogWarning("Readers of this database wait for whoever writes to it. Its administrator mends that by: {Statement}", Database.SnapshotOnText);
        scopes.BeginReading(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Publisher>().InitialiseAsync(cancellationToken);
        if (sample.Value.Load ?? environment.IsDevelopment())
            await scope.ServiceProvider.GetRequiredService<SampleEditions>().LoadAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<RoleRows>().EnsureAsync(cancellationToken);
        var db = scope.ServiceProvider.GetRequiredService<PulseDbContext>();
        await scope.ServiceProvider.GetRequiredService<FormerKeyFiles>().TakeOverAsync(db, cancellationToken);
        await FormerSpellings.MendAsync(db, cancellationToken);
        await SubscriberSearch.FillAsync(db, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By now the server listens, so that its address is known.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        serving.Note(address.Base);
        logger.LogInformation("Started {Version}, database {Database}, mail {Transport}", Version, databaseOptions.Value.Provider, mail.Value.Transport);
        await Console.Out.WriteLineAsync($"""

            CordisPulse is running.
              Read           {address.Links.Home}
              {await SetUpLineAsync(cancellationToken)}Mail           {MailLine()}
              Data           {data.Path}
            """);
    }

    private string MailLine() => mail.Value.Transport == MailTransportKind.Pickup
        ? $"is written to {mail.Value.PickupDirectory}; nothing leaves this machine"
        : $"goes through {mail.Value.Smtp.Host}";

    private async Task<string> SetUpLineAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().RenewAsync(cancellationToken) is { } token
            ? $"Set up         {address.Links.SetUpAccount(token)}  (once, for the first administrator){Environment.NewLine}  "
            : "";
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Stopped");
        return Task.CompletedTask;
    }
}
