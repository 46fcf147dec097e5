using System.Collections.Concurrent;
using CordisPulse.Core.Data;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Web.Hosting;

/// <summary>What is done with the rows of one kind that are due, each of which is to lead to one visit.</summary>
internal sealed record DueVisits<T>
{
    /// <summary>Names the row in the log.</summary>
    public required Func<T, long> Key { get; init; }

    public required Func<T, string> Address { get; init; }

    /// <summary>Null when another node was first.</summary>
    public required Func<T, CancellationToken, Task<T?>> Claim { get; init; }

    /// <summary>Makes the visit that was claimed, and writes down what became of it.</summary>
    public required Func<T, CancellationToken, Task> Visit { get; init; }

    /// <summary>Writes down that the claimed visit failed for a reason that nobody has foreseen, and when it is tried again.</summary>
    public required Func<T, Task> PutOff { get; init; }
}

/// <summary>Visits to other sites that this node makes now: a few at once, and one at a time of each site over all nodes.</summary>
internal sealed class UnderWay<T>(HostVisits hosts, int atOnce, DueVisits<T> visits, ILogger log)
    where T : class
{
    private readonly ConcurrentDictionary<string, Task> _visits = new(StringComparer.Ordinal);

    public bool IsFull => _visits.Count >= atOnce;

    /// <summary>Begins the visits that there is room for, of sites that are free, and does not wait for them. A row that fails holds up no other.</summary>
    public async Task BeginAsync(IReadOnlyList<T> due, CancellationToken cancellationToken)
    {
        var busy = new HashSet<string>(await hosts.BusyAsync(cancellationToken), StringComparer.Ordinal);
        foreach (var row in due)
        {
            if (IsFull)
                return;
            try
            {
                var host = HostVisits.HostOf(new Uri(visits.Address(row)));
                if (busy.Add(host))
                    await BeginAsync(host, row, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException && !e.IsDatabaseFailure())
            {
                if (await visits.Claim(row, cancellationToken) is { } claimed)
                    await PutOffAsync(claimed, e);
            }
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public Task EndAsync() => Task.WhenAll(_visits.Values);

    private async Task BeginAsync(string host, T row, CancellationToken cancellationToken)
    {
        if (_visits.ContainsKey(host) || await hosts.ClaimAsync(host, cancellationToken) is not { } lease)
            return;
        T? claimed;
        try
        {
            claimed = await visits.Claim(row, cancellationToken);
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
        _visits[host] = RunAsync(lease, begin.Task, claimed, cancellationToken);
        begin.SetResult();
    }

    private async Task RunAsync(HostLease lease, Task begin, T claimed, CancellationToken cancellationToken)
    {
        await begin;
        try
        {
            await visits.Visit(claimed, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program stops; the row's lease ends, and it is looked at after the next start.
        }
        catch (Exception e)
        {
            await TryPutOffAsync(claimed, e);
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

    private async Task TryPutOffAsync(T claimed, Exception failure)
    {
        try
        {
            await PutOffAsync(claimed, failure);
        }
        catch (Exception e)
        {
            log.LogError("Row {Key} failed ({Failure}) and could not be put off ({Kind}); it is tried again when its lease ends", visits.Key(claimed), failure.GetType().Name, e.GetType().Name);
        }
    }

    private async Task PutOffAsync(T claimed, Exception failure)
    {
        // Where it failed, without the message, which may quote the page.
        log.LogError("Row {Key} failed ({Failure}) and is put off:{NewLine}{Trace}", visits.Key(claimed), failure.GetType().Name, Environment.NewLine, failure.StackTrace);
        await visits.PutOff(claimed);
    }
}
