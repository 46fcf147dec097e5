using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Web.Hosting;

/// <summary>Makes a serving process a node that sends. When the server stops, messages under way are finished first.</summary>
internal sealed class MailingWorker(MailingLoop loop, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        await loop.RunAsync(stoppingToken);
    }
}
