using System.Net;
using System.Threading.RateLimiting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// How often one client may ask to join. The form itself asks, so that only what leads to a mail counts, not a step before it or a slip, and so
/// that it can give back what was typed.
/// </summary>
public sealed class SubscribeLimit(IOptions<JoiningOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress?> _limiter = PartitionedRateLimiter.Create<IPAddress?, string>(client =>
        RateLimitPartition.GetFixedWindowLimiter(
            JoiningLimit.Client(client),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.RequestsPerNetworkPerMinute, Window = Window }));

    /// <summary>Counts one request.</summary>
    /// <returns>How long to wait with it; null when it may be taken now.</returns>
    public TimeSpan? Wait(IPAddress? client)
    {
        using var lease = _limiter.AttemptAcquire(client);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    public void Dispose() => _limiter.Dispose();
}
