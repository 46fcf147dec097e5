using System.Net;
using System.Threading.RateLimiting;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// How often a minute one client may do something. The page itself asks, so that only what is really done counts, and so that it can give back
/// what was typed.
/// </summary>
public abstract class ClientLimit(Func<int> perMinute) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.Create<IPAddress?, string>(client =>
        RateLimitPartition.GetFixedWindowLimiter(
            JoiningLimit.Client(client),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute(), Window = Window }));

    /// <summary>Counts one.</summary>
    /// <returns>How long to wait with it; null when it may be done now.</returns>
    public TimeSpan? Wait(IPAddress? client)
    {
        using var lease = _limiter.AttemptAcquire(client);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose()
    {
        _limiter.Dispose();
        GC.SuppressFinalize(this);
    }
}
