namespace CordisPulse.Web.Hosting;

/// <summary>Looks for links of the intake whose pages are to be read.</summary>
internal sealed class LinkReadingWorker(LinkReader reader, IHostApplicationLifetime lifetime, ILogger<LinkReadingWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
                    await reader.BeginDueAsync(stoppingToken);
                    isFailing = false;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The database may be away for a while: said once, tried again.
                    if (!isFailing)
                        log.LogError("Links can't be read at the moment ({Kind}); trying again every {Pause}", e.GetType().Name, Pause);
                    isFailing = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        await reader.EndAsync();
    }
}
