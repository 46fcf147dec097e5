using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Hosting;

/// <summary>Settles what was asked for by naming an address, a moment after the page has answered.</summary>
internal sealed class RequestSettling(IServiceScopeFactory scopes, ILogger<RequestSettling> log) : IDueWork
{
    /// <summary>Those that failed here: tried again, but behind all others.</summary>
    private readonly HashSet<int> _failed = [];

    public string Name => "Settling requests to join or leave";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<int> waiting;
        await using (var scope = scopes.CreateAsyncScope())
            waiting = await scope.ServiceProvider.GetRequiredService<AddressRequests>().WaitingAsync(_failed, cancellationToken);
        foreach (var id in waiting)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await scope.ServiceProvider.GetRequiredService<AddressRequests>().SettleAsync(id, cancellationToken);
                _failed.Remove(id);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (_failed.Add(id))
                    log.LogError("Request {Id} could not be settled ({Kind}) and is tried again behind the others", id, e.GetType().Name);
            }
        }
    }

    public Task EndAsync() => Task.CompletedTask;
}
