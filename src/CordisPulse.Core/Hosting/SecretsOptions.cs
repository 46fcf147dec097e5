using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Hosting;

/// <summary>The settings under <c>Secrets</c>.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>Not set: <c>secret.key</c> in the data directory.</summary>
    public string? KeyFile { get; set; }
}

internal sealed class SecretsOptionsValidator : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
        => SecretKey.Problem(options.KeyFile!) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
