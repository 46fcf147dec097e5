using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Outbound;

internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
        => options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > Longest
            ? ValidateOptionsResult.Fail($"Outbound:Timeout is {options.Timeout}; it must be between 00:00:01 and {Longest}.")
            : ValidateOptionsResult.Success;
}
