using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Web.Hosting;

/// <summary>Makes a serving process a node that sends. When the server stops, messages under way are finished first.</summary>
internal sealed class MailingWorker(MailingLoop loop) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}
