using CordisPulse.Core.Subscriptions.Lists;

namespace CordisPulse.Web.Hosting;

/// <summary>Looks through, imports and takes back lists, one at a time on this node, and removes those that nobody imported.</summary>
internal sealed class ListImporting(ListImportRunner runner, IServiceScopeFactory scopes, TimeProvider time) : IDueWork
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    private Task _underWay = Task.CompletedTask;
    private DateTimeOffset _swept = DateTimeOffset.MinValue;

    public string Name => "Importing lists";

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        if (!_underWay.IsCompleted)
            return;
        if (time.GetUtcNow() - _swept >= SweepEvery)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ListImports>().SweepAsync(cancellationToken);
            _swept = time.GetUtcNow();
        }

        if (await runner.ClaimNextAsync(cancellationToken) is { } lease)
            _underWay = Task.Run(() => runner.RunAsync(lease, null, cancellationToken), CancellationToken.None);
    }

    public Task EndAsync() => _underWay;
}
