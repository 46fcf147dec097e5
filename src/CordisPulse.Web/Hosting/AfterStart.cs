using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Web.Hosting;

/// <summary>Loads what was covered once the site answers, so that the first who asks does not wait for it.</summary>
internal sealed class AfterStart(CoveredBefore covered, IHostApplicationLifetime lifetime, ILogger<AfterStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        try
        {
            await covered.LoadAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // The database may be away: then the first question loads it.
            log.LogWarning("What was covered could not be loaded yet ({Kind})", e.GetType().Name);
        }
    }
}
