using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CordisPulse.Web.Features.Health;

/// <summary>For load balancers and whoever watches: a word and a status.</summary>
public sealed class HealthController(HealthCheckService checks) : PublicController
{
    [Reads("/health/live")]
    public IActionResult Live() => Content("Live");

    [Reads("/health/ready")]
    public async Task<IActionResult> Ready(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return report.Status == HealthStatus.Healthy
            ? Content("Ready")
            : StatusCode(StatusCodes.Status503ServiceUnavailable, "Not ready");
    }
}
