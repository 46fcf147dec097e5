using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Outbound;

internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private const int MostPerMinute = 600;

    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        var problems = new List<string>();
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > Longest)
            problems.Add($"Outbound:Timeout is {options.Timeout}; it must be between 00:00:01 and {Longest}.");
        if (options.HostPause < TimeSpan.Zero || options.HostPause > LongestPause)
            problems.Add($"Outbound:HostPause is {options.HostPause}; it must be between 00:00:00 and {LongestPause}.");
        if (options.WatchedPerMinute is < 0 or > MostPerMinute)
            problems.Add($"Outbound:WatchedPerMinute is {options.WatchedPerMinute}; it must be between 0 and {MostPerMinute}.");
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
