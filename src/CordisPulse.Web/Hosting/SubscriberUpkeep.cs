using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Hosting;

/// <summary>Every minute: pauses end, silence is settled, staff are told of mail filters; once a day what was held for long enough goes.</summary>
internal sealed class SubscriberUpkeep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SubscriberUpkeep> log) : IDueWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Those that did not work when they were last tried.</summary>
    private readonly HashSet<string> _failing = [];

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public string Name => "The upkeep of subscriptions";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A clock that was set back makes nobody wait.
        if (now < _next && _next - now <= Pause)
            return;
        _next = now + Pause;
        await TryAsync<SubscriptionUpkeep>("ending pauses", upkeep => upkeep.EndPausesAsync(cancellationToken), cancellationToken);
        await TryAsync<SubscriptionUpkeep>("looking for mail filters", upkeep => upkeep.NoticeDomainsAsync(cancellationToken), cancellationToken);
        await TryAsync<SubscriptionUpkeep>("settling silence", upkeep => upkeep.SettleSilenceAsync(cancellationToken), cancellationToken);
        await TryAsync<Retention>("retention", retention => CleanAsync(retention, cancellationToken), cancellationToken);
    }

    public Task EndAsync() => Task.CompletedTask;

    /// <summary>One that fails holds up none of the others. It leaves nothing behind: each has a unit of work of its own.</summary>
    private async Task TryAsync<T>(string job, Func<T, Task> actAsync, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await actAsync(scope.ServiceProvider.GetRequiredService<T>());
            _failing.Remove(job);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (_failing.Add(job))
                log.LogError("{Work}: {Job} does not work at the moment ({Kind}); trying again every {Pause}", Name, job, e.GetType().Name, Pause);
        }
    }

    private async Task CleanAsync(Retention retention, CancellationToken cancellationToken)
    {
        if (await retention.CleanAsync(cancellationToken) is { } report)
            log.LogInformation(
                "Retention: {Unconfirmed} unconfirmed, {Left} who left, {Networks} network addresses, {Deliveries} delivery addresses, {Requests} links and requests, {Reads} readings",
                report.Unconfirmed, report.Left, report.Networks, report.Deliveries, report.Requests, report.Reads);
    }
}
