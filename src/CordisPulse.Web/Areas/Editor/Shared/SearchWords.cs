using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>
/// What somebody searches people for, as the address of the result holds it: addresses end up in the histories of browsers and the logs of
/// proxies, and people's names and addresses do not belong there. Sealed, each page, tab and way back still has its own words, without a cookie
/// or a row that they would share.
/// </summary>
public sealed class SearchWords(IDataProtectionProvider protection)
{
    /// <summary>What the page says when it has been longer.</summary>
    public const string Ended = "The words of this search are kept for some hours only. Search again.";

    /// <summary>As long as a sign-in.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("CordisPulse.SubscriberSearch").ToTimeLimitedDataProtector();

    public string Seal(string words) => _protector.Protect(words, Lifetime);

    /// <summary>Null for what was sealed too long ago, or never.</summary>
    public string? Open(string words)
    {
        try
        {
            return _protector.Unprotect(words);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
