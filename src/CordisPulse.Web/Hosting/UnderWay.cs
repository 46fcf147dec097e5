using System.Collections.Concurrent;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Web.Hosting;

/// <summary>Visits to other sites that this node makes now: a few at once, and one at a time of each site over all nodes.</summary>
internal sealed class UnderWay(HostVisits hosts, int atOnce, ILogger log)
{
    private readonly ConcurrentDictionary<string, Task> _visits = new(StringComparer.Ordinal);

    public bool IsFull => _visits.Count >= atOnce;

    /// <summary>Begins a visit if the site is free, and does not wait for it.</summary>
    /// <param name="claim">Claims the row that the visit is for; null when another node was first.</param>
    /// <param name="visit">Makes it, and writes down what became of it.</param>
    public async Task BeginAsync<T>(string host, Func<Task<T?>> claim, Func<T, Task> visit, CancellationToken cancellationToken)
        where T : class
    {
        if (_visits.ContainsKey(host) || await hosts.ClaimAsync(host, cancellationToken) is not { } lease)
            return;
        T? claimed;
        try
        {
            claimed = await claim();
        }
        catch
        {
            await hosts.EndAsync(lease);
            throw;
        }

        if (claimed is null)
        {
            await hosts.EndAsync(lease);
            return;
        }

        // The place is taken before the visit begins, so that one which ends at once can't leave it taken.
        var begin = new TaskCompletionSource();
        _visits[host] = RunAsync(lease, begin.Task, () => visit(claimed));
        begin.SetResult();
    }

    /// <summary>Waits for what is under way.</summary>
    public Task EndAsync() => Task.WhenAll(_visits.Values);

    private async Task RunAsync(HostLease lease, Task begin, Func<Task> visit)
    {
        await begin;
        try
        {
            await visit();
        }
        catch (OperationCanceledException)
        {
            // The program stops; the row's lease ends, and it is looked at after the next start.
        }
        catch (Exception e)
        {
            log.LogError(e, "A page or feed could not be read; it is tried again when its lease ends");
        }

        try
        {
            await hosts.EndAsync(lease);
        }
        catch (Exception e)
        {
            // The database is away; the site is free when its lease ends.
            log.LogError("A visit could not be ended ({Kind})", e.GetType().Name);
        }

        _visits.TryRemove(lease.Host, out _);
    }
}
