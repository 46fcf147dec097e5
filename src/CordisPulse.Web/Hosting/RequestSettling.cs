using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Hosting;

/// <summary>Settles what was asked for by naming an address, a moment after the page has answered.</summary>
internal sealed class RequestSettling(IServiceScopeFactory scopes) : IDueWork
{
    public string Name => "Settling requests to join or leave";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<int> waiting;
        await using (var scope = scopes.CreateAsyncScope())
            waiting = await scope.ServiceProvider.GetRequiredService<AddressRequests>().WaitingAsync(cancellationToken);
        foreach (var id in waiting)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AddressRequests>().SettleAsync(id, cancellationToken);
        }
    }

    public Task EndAsync() => Task.CompletedTask;
}
