using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Hosting;

/// <summary>The settings under <c>Secrets</c>.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>Not set: <c>secret.key</c> in the data directory.</summary>
    public string? KeyFile { get; set; }

    /// <summary>A certificate with its private key (PKCS #12), which the keys of cookies and forms in the database are encrypted for; not set, they lie there as they are.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Holds the password of <see cref="CertificateFile"/> on one line; not set, it has none.</summary>
    public string? CertificatePasswordFile { get; set; }
}

internal sealed class SecretsOptionsValidator : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
        => (SecretKey.Problem(options.KeyFile!) ?? KeyCertificate.Problem(options)) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
