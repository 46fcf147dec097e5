namespace CordisPulse.Web.Hosting;

/// <summary>What is done when it is due: reading other sites, sending single mails.</summary>
internal interface IDueWork
{
    /// <summary>What it is, as a sentence's beginning.</summary>
    string Name { get; }

    /// <summary>Does what is due. What waits for other sites is begun, as much as there is room for, and not waited for.</summary>
    Task BeginDueAsync(CancellationToken cancellationToken);

    /// <summary>Waits for what is under way.</summary>
    Task EndAsync();
}

/// <summary>Looks for what is due, once the server listens and so knows its own address.</summary>
internal sealed class DueWorker<T>(T work, IHostApplicationLifetime lifetime, ILogger<DueWorker<T>> log) : BackgroundService
    where T : IDueWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
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
                        log.LogError("{Work} does not work at the moment ({Kind}); trying again every {Pause}", work.Name, e.GetType().Name, Pause);
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
