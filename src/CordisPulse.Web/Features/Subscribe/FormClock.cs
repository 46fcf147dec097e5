using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>
/// Knows when a form was shown, by a stamp in it that nobody else can make. Programs that fill in forms send them at once; people do not.
/// A form on another site has no stamp, and is let through: the limits for each network and each address hold for it as well.
/// </summary>
public sealed class FormClock(SecretKey key, IOptions<JoiningOptions> options, TimeProvider time)
{
    private const int CheckLength = 16;

    /// <summary>A page may stay open over a weekend.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public string Stamp()
    {
        var seconds = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"{seconds}.{Check(seconds)}";
    }

    /// <summary>True for a form that came back too soon to have been filled in by a person, or with a stamp that is none.</summary>
    public bool IsTooSoon(string? stamp)
    {
        if (string.IsNullOrEmpty(stamp))
            return false;
        var dot = stamp.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0
            || !long.TryParse(stamp.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stamp[(dot + 1)..]), Encoding.UTF8.GetBytes(Check(stamp[..dot]))))
            return true;
        var open = TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - shown);
        return open < options.Value.MinimumTime || open > Longest;
    }

    private string Check(string seconds)
        => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"form:{seconds}")))[..CheckLength];
}
