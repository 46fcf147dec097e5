using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>
/// Knows when a form was shown, and with which text of the privacy page, by a stamp in it that nobody else can make. Programs that fill in
/// forms send them at once; people do not. A form without one, on another page or another site, only opens the one that has it.
/// </summary>
public sealed class FormClock(SecretKey key, IOptions<JoiningOptions> options, TimeProvider time)
{
    private const int CheckLength = 16;

    /// <summary>A page may stay open over a weekend.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <param name="privacyText">As <see cref="PrivacyText.Sha256"/>.</param>
    public string Stamp(string privacyText)
    {
        var shown = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeMilliseconds()}.{privacyText}");
        return $"{shown}.{Check(shown)}";
    }

    /// <summary>
    /// Whether a form came back too soon to have been filled in by a person, and the text of the privacy page that stood when it was shown,
    /// as <see cref="PrivacyText.Sha256"/>. Null without a stamp, for one that is not ours, and for a page that was open for too long.
    /// </summary>
    public (bool IsTooSoon, string PrivacyText)? Read(string? stamp)
    {
        if (stamp?.Split('.') is not [var at, var text, var check]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(check), Encoding.UTF8.GetBytes(Check($"{at}.{text}"))))
            return null;
        var open = TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - shown);
        return open <= Longest ? (open < options.Value.MinimumTime, text) : null;
    }

    private string Check(string shown)
        => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"form:{shown}")))[..CheckLength];
}
