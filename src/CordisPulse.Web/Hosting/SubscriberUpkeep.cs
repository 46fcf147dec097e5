using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Hosting;

/// <summary>Every minute: pauses end, silence is settled, staff are told of mail filters; once a day what was held for long enough goes.</summary>
internal sealed class SubscriberUpkeep(IServiceScopeFactory scopes, TimeProvider time, ILogger<SubscriberUpkeep> log) : IDueWork
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public string Name => "The upkeep of subscriptions";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A clock that was set back makes nobody wait.
        if (now < _next && _next - now <= Pause)
            return;
        _next = now + Pause;
        await using var scope = scopes.CreateAsyncScope();
        var upkeep = scope.ServiceProvider.GetRequiredService<SubscriptionUpkeep>();
        await upkeep.EndPausesAsync(cancellationToken);
        await upkeep.NoticeDomainsAsync(cancellationToken);
        await upkeep.SettleSilenceAsync(cancellationToken);
        if (await scope.ServiceProvider.GetRequiredService<Retention>().CleanAsync(cancellationToken) is { } report)
            log.LogInformation(
                "Retention: {Unconfirmed} unconfirmed, {Left} who left, {Networks} network addresses, {Deliveries} delivery addresses, {Requests} links and requests, {Reads} readings",
                report.Unconfirmed, report.Left, report.Networks, report.Deliveries, report.Requests, report.Reads);
    }

    public Task EndAsync() => Task.CompletedTask;
}
