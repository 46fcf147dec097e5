using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Feeds;

namespace CordisPulse.Web.Hosting;

/// <summary>What need not be done before the site answers, and what the first who asks should not wait for.</summary>
internal sealed class AfterStart(CoveredBefore covered, StoredLinks links, IHostApplicationLifetime lifetime, ILogger<AfterStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await covered.LoadAsync(stoppingToken);
            await links.BringUpToDateAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // The database may be away: the first question loads what was covered, and the next start does the rest.
            log.LogWarning("What was to be done after the start is put off ({Kind})", e.GetType().Name);
        }
    }
}
