using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>
/// What somebody searches people for, as the address of the result holds it: addresses end up in the histories of browsers and the logs of
/// proxies, and people's names and addresses do not belong there. Sealed, each page, tab and way back still has its own words, without a cookie
/// or a row that they would share.
/// </summary>
public sealed class SearchWords(IDataProtectionProvider protection)
{
    /// <summary>What the page says when they can't be opened any more.</summary>
    public const string Ended = "The words of this search are kept for some hours only. Search again.";

    private readonly TimedSeal _seal = new(protection, "CordisPulse.SubscriberSearch", TimedSeal.SignIn);

    public string Seal(string words) => _seal.Seal(words);

    /// <summary>Null for what was sealed too long ago, or never.</summary>
    public string? Open(string words) => _seal.Open(words);
}
