using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>
/// How often one client may have a link sent to an address that it only has to name; for joining see <see cref="SubscribeLimit"/>. Reading, and
/// leaving by the link in a mail, are never limited.
/// </summary>
internal static class JoiningLimit
{
    /// <summary>Of the link to leave by: whoever has joined often enough, or shares a network with those who have, may still leave.</summary>
    public const string LeavingPolicy = "Leaving";

    /// <summary>Of the link to what is held about somebody, likewise.</summary>
    public const string OwnDataPolicy = "OwnData";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>What a household or an office has of an IPv6 address, in bytes.</summary>
    private const int NetworkLength = 8;

    public static void AddJoiningLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (context, _) =>
        {
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        foreach (var policy in new[] { LeavingPolicy, OwnDataPolicy })
            limiter.AddPolicy(policy, context => RateLimitPartition.GetFixedWindowLimiter(
                Client(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = context.RequestServices.GetRequiredService<IOptions<JoiningOptions>>().Value.RequestsPerNetworkPerMinute,
                    Window = Window,
                }));
    });

    internal static string Client(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes(), 0, NetworkLength),
        _ => address.MapToIPv4().ToString(),
    };
}
