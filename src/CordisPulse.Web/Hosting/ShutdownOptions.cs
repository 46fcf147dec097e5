using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>The settings under <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>What is under way when the program is told to stop may take so long: messages to the mail server, requests, an import's part.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

internal sealed class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, ShutdownOptions options)
        => options.Timeout > TimeSpan.Zero && options.Timeout <= Longest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ShutdownOptions.Section}:{nameof(ShutdownOptions.Timeout)} is {options.Timeout}; it must be more than nothing and at most {Longest}.");
}
