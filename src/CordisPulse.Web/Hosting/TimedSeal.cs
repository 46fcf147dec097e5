using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CordisPulse.Web.Hosting;

/// <summary>Seals what a page carries of somebody at the desk, for as long as a sign-in: nobody else can make or read it.</summary>
/// <param name="purpose">What is sealed for one purpose can't be opened for another.</param>
internal sealed class TimedSeal(IDataProtectionProvider protection, string purpose)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector(purpose).ToTimeLimitedDataProtector();

    public string Seal(string text) => _protector.Protect(text, Lifetime);

    /// <summary>Null for what was sealed too long ago, or never.</summary>
    public string? Open(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
