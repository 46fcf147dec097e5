using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace CordisPulse.Core.Mail.Checks;

/// <summary>One word of an SPF record: a mechanism with what becomes of those whom it names, or a modifier.</summary>
internal sealed record SpfTerm(string Name, string? Value, bool IsModifier, SpfResult Result)
{
    public static SpfTerm Read(string text)
    {
        var result = text[0] switch
        {
            '-' => SpfResult.Fail,
            '~' => SpfResult.SoftFail,
            '?' => SpfResult.Neutral,
            _ => SpfResult.Pass,
        };
        var rest = text.TrimStart('+', '-', '~', '?');
        var end = rest.AsSpan().IndexOfAny(':', '=', '/');
        if (end < 0)
            return new SpfTerm(rest.ToLowerInvariant(), null, false, result);
        // What follows a slash without a name is a length, and part of the value.
        var value = rest[end] == '/' ? rest[end..] : rest[(end + 1)..];
        return new SpfTerm(rest[..end].ToLowerInvariant(), value.Length == 0 ? null : value, rest[end] == '=', result);
    }

    /// <summary>The name that <c>a</c> and <c>mx</c> are about, and how much of an IPv4 and an IPv6 address counts.</summary>
    public (string Name, int Four, int Six) Target(string domain)
    {
        var parts = (Value ?? "").Split('/');
        return (parts[0].Length == 0 ? domain : parts[0],
            parts.Length > 1 && Bits(parts[1], 32) is { } four ? four : 32,
            parts.Length > 3 && Bits(parts[3], 128) is { } six ? six : 128);
    }

    public static bool TryReadNetwork(string? value, [NotNullWhen(true)] out IPAddress? network, out int bits)
    {
        bits = 0;
        var parts = (value ?? "").Split('/');
        if (!IPAddress.TryParse(parts[0], out network) || parts.Length > 2)
            return false;
        var whole = network.GetAddressBytes().Length * 8;
        var read = parts.Length == 1 ? whole : Bits(parts[1], whole);
        bits = read ?? 0;
        return read is not null;
    }

    private static int? Bits(string text, int most)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= most ? bits : null;
}
