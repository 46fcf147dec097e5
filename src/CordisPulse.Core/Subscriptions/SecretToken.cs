using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// 128 bits from the system's generator as 26 characters of lower-case base32 (RFC 4648 section 6, without padding). Letters and
/// digits alone, since mail programs end a link before a final <c>-</c> or <c>_</c>.
/// </summary>
public static class SecretToken
{
    public const int Length = 26;

    private const int Bytes = 16;
    private const int BitsPerCharacter = 5;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bytes);
        return Encode(bytes);
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> token = stackalloc char[Length];
        var bits = 0;
        var held = 0;
        var next = 0;
        for (var i = 0; i < Length; i++)
        {
            if (held < BitsPerCharacter)
            {
                // Past the last byte the rest is filled with zeros, as the RFC has it.
                bits = (bits << 8) | (next < Bytes ? bytes[next++] : 0);
                held += 8;
            }

            held -= BitsPerCharacter;
            token[i] = Alphabet[(bits >> held) & 31];
            bits &= (1 << held) - 1;
        }

        return new string(token);
    }

    /// <summary>SHA-256 of the token as 64 lower-case hexadecimal digits. The token is random, so no salt is needed.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>
    /// What stands in the place of a token of somebody who was erased: as long as a token and made of it, so that the link in an old mail
    /// is still answered, while no row holds it any more.
    /// </summary>
    public static string Erased(string token) => Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"erased:{token}")).AsSpan(0, Bytes));

    /// <summary>A token that whoever has both others can make again, and nobody else.</summary>
    public static string Of(string token, string other) => Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}:{other}")).AsSpan(0, Bytes));

    /// <summary>A token as it is stored, in whatever letter case a mail program has handed it on; null for what can be none.</summary>
    public static string? Normalize(string? token) => token?.ToLowerInvariant() is { } lower && IsWellFormed(lower) ? lower : null;

    /// <summary>True for what could be a token: anything else from an address need not be looked up.</summary>
    public static bool IsWellFormed(string? token)
        => token?.Length == Length && !token.AsSpan().ContainsAnyExcept(Characters);
}
