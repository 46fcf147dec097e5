using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Looks for links of drafts that are to be looked at.</summary>
internal sealed class LinkLookWorker(
    DraftLinks drafts, LinkLooker looker, IOptions<OutboundOptions> options, IHostApplicationLifetime lifetime, ILogger<LinkLookWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.LookAtLinks)
            return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(Pause);
        var isFailing = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await drafts.FollowAsync(stoppingToken);
                    await looker.BeginDueAsync(stoppingToken);
                    isFailing = false;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The database may be away for a while: said once, tried again.
                    if (!isFailing)
                        log.LogError("Links can't be looked at at the moment ({Kind}); trying again every {Pause}", e.GetType().Name, Pause);
                    isFailing = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        await looker.EndAsync();
    }
}
