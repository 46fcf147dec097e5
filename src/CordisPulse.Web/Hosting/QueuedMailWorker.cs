namespace CordisPulse.Web.Hosting;

/// <summary>Looks for single mails that are due, once the server listens and so knows its own address.</summary>
internal sealed class QueuedMailWorker(QueuedMailSender sender, IHostApplicationLifetime lifetime, ILogger<QueuedMailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(Pause);
        var isFailing = false;
        while (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sender.SendDueAsync(stoppingToken);
                isFailing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The database may be away for a while: said once, tried again.
                if (!isFailing)
                    log.LogError("Single mails can't be sent at the moment ({Kind}); trying again every {Pause}", e.GetType().Name, Pause);
                isFailing = true;
            }
        }
    }
}
