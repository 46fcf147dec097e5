using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CordisPulse.Web.Hosting;

/// <summary>Seals what a page or its address carries of somebody: nobody else can make or read it.</summary>
/// <param name="protection">Makes the keys.</param>
/// <param name="purpose">What is sealed for one purpose can't be opened for another.</param>
/// <param name="lifetime">How long it can be opened.</param>
internal sealed class TimedSeal(IDataProtectionProvider protection, string purpose, TimeSpan lifetime)
{
    /// <summary>As long as a sign-in lasts.</summary>
    public static readonly TimeSpan SignIn = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector(purpose).ToTimeLimitedDataProtector();

    public string Seal(string text) => _protector.Protect(text, lifetime);

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
