using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CordisPulse.Core.Hosting;

/// <summary>The certificate of <see cref="SecretsOptions.CertificateFile"/>.</summary>
public static class KeyCertificate
{
    private const string Key = $"{SecretsOptions.Section}:{nameof(SecretsOptions.CertificateFile)}";

    /// <returns>Null when none is set.</returns>
    /// <exception cref="InvalidSettingException">It can't be read.</exception>
    public static X509Certificate2? Read(SecretsOptions options)
    {
        if (Problem(options) is { } problem)
            throw new InvalidSettingException(problem);
        return options.CertificateFile is { Length: > 0 } file ? Load(file, options.CertificatePasswordFile) : null;
    }

    /// <summary>One line that says what is wrong with it; null when it is good, or not set.</summary>
    internal static string? Problem(SecretsOptions options)
    {
        if (options.CertificateFile is not { Length: > 0 } file)
            return null;
        try
        {
            using var certificate = Load(file, options.CertificatePasswordFile);
            return certificate.GetRSAPrivateKey() is null ? $"{Key}: the file '{file}' holds no RSA key with its certificate." : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"{Key}: the file '{file}' cannot be read with its password ({e.Message.TrimEnd('.')}).";
        }
    }

    private static X509Certificate2 Load(string file, string? passwordFile)
        => X509CertificateLoader.LoadPkcs12FromFile(file, passwordFile is { Length: > 0 } ? File.ReadAllText(passwordFile).Trim() : null);
}
