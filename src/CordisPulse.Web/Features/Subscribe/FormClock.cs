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

    /// <summary>True for a form that came back too soon to have been filled in by a person, or with a stamp that is none any more.</summary>
    public bool IsTooSoon(string? stamp) => !string.IsNullOrEmpty(stamp) && (OpenFor(stamp) is not { } open || open < options.Value.MinimumTime);

    /// <summary>For a form that is shown again: the time goes on, unless there is none to go on with.</summary>
    public string Renew(string? stamp) => OpenFor(stamp) is null ? Stamp() : stamp!;

    /// <summary>Null for a stamp that is not ours, or of a page that was open for too long.</summary>
    private TimeSpan? OpenFor(string? stamp)
    {
        var dot = stamp?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot <= 0
            || !long.TryParse(stamp.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stamp![(dot + 1)..]), Encoding.UTF8.GetBytes(Check(stamp[..dot]))))
            return null;
        var open = TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - shown);
        return open <= Longest ? open : null;
    }

    private string Check(string seconds)
        => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"form:{seconds}")))[..CheckLength];
}
