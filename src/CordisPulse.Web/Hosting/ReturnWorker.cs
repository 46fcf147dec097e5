using CordisPulse.Core.Mail.Returns.Mailbox;

namespace CordisPulse.Web.Hosting;

/// <summary>Makes a serving process one of those that read the mailbox for returned mail.</summary>
internal sealed class ReturnWorker(ReturnLoop loop, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the schema has been brought up to date.
        await lifetime.StartedAsync(stoppingToken);
        await loop.RunAsync(stoppingToken);
    }
}
