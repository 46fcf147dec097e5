namespace CordisPulse.Web.Hosting;

/// <summary>What is read from other sites when it is due.</summary>
internal interface IDueWork
{
    /// <summary>Begins as many as there is room for, and does not wait for them.</summary>
    Task BeginDueAsync(CancellationToken cancellationToken);

    /// <summary>Waits for what is under way.</summary>
    Task EndAsync();
}

/// <summary>Looks for what is to be read from other sites: the pages of links in the intake, the feeds of sources, the links of drafts.</summary>
internal sealed class ReadingWorker<T>(T work, IHostApplicationLifetime lifetime, ILogger<ReadingWorker<T>> log) : BackgroundService
    where T : IDueWork
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
                    await work.BeginDueAsync(stoppingToken);
                    isFailing = false;
                }
                // A request that was given up is no stop of the program.
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    // The database may be away for a while: said once, tried again.
                    if (!isFailing)
                        log.LogError("Other sites can't be read at the moment ({Kind}); trying again every {Pause}", e.GetType().Name, Pause);
                    isFailing = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        await work.EndAsync();
    }
}
