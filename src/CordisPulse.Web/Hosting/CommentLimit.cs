using System.Threading.RateLimiting;

namespace CordisPulse.Web.Hosting;

/// <summary>How often one client may comment on a draft by a private link: as fast as somebody writes, and no faster.</summary>
internal static class CommentLimit
{
    public const string Policy = "Commenting";

    private const int PerWindow = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddCommentLimit(this IServiceCollection services) => services.AddRateLimiter(limiter => limiter.AddPolicy(Policy, context =>
        RateLimitPartition.GetFixedWindowLimiter(
            JoiningLimit.Client(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerWindow, Window = Window })));
}
