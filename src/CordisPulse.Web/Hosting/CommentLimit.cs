using System.Net;
using System.Threading.RateLimiting;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// How often one client may comment on a draft by a private link: as fast as somebody writes, and no faster. The page itself asks, so that
/// it can give back what was typed.
/// </summary>
public sealed class CommentLimit : IDisposable
{
    private const int PerWindow = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.Create<IPAddress?, string>(client =>
        RateLimitPartition.GetFixedWindowLimiter(
            JoiningLimit.Client(client),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerWindow, Window = Window }));

    /// <summary>Counts one comment.</summary>
    /// <returns>How long to wait with it; null when it may be taken now.</returns>
    public TimeSpan? Wait(IPAddress? client)
    {
        using var lease = _limiter.AttemptAcquire(client);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose() => _limiter.Dispose();
}
