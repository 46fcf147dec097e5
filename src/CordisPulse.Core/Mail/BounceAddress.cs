using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CordisPulse.Core.Mail;

/// <summary>
/// The envelope senders that lead a bounce back to its delivery (VERP): <c>bounces@example.org</c> becomes
/// <c>bounces+d123-k7mw2qzd@example.org</c>. The end is a keyed check, so that nobody can have a stranger's delivery marked as bounced.
/// </summary>
public sealed class BounceAddress
{
    /// <summary>The longest local part of <c>Mail:BounceAddress</c> that leaves room for the largest number within RFC 5321's 64.</summary>
    public const int MaxLocalPart = 64 - 2 - 19 - 1 - CheckLength;

    private const int CheckLength = 8;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly string _local;
    private readonly string _domain;
    private readonly byte[] _key;

    /// <exception cref="ArgumentException"><paramref name="mailbox"/> is no address.</exception>
    public BounceAddress(string mailbox, ReadOnlySpan<byte> key)
    {
        var at = mailbox.LastIndexOf('@');
        if (at <= 0 || at == mailbox.Length - 1)
            throw new ArgumentException("A bounce address has a local part and a domain.", nameof(mailbox));
        _local = mailbox[..at];
        _domain = mailbox[(at + 1)..];
        _key = key.ToArray();
    }

    public string For(long delivery) =>
        string.Create(CultureInfo.InvariantCulture, $"{_local}+d{delivery}-{Check(delivery)}@{_domain}");

    /// <summary>The delivery that <paramref name="address"/> belongs to, if we made it. Letter case is forgiven: mail systems change it.</summary>
    public bool TryRead(string address, out long delivery)
    {
        delivery = 0;
        var prefix = _local + "+d";
        var suffix = "@" + _domain;
        if (address.Length <= prefix.Length + suffix.Length
            || !address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            || !address.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            return false;
        var middle = address.AsSpan(prefix.Length, address.Length - prefix.Length - suffix.Length);
        var dash = middle.IndexOf('-');
        if (dash <= 0
            || !long.TryParse(middle[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(middle[(dash + 1)..].ToString().ToLowerInvariant()), Encoding.UTF8.GetBytes(Check(number))))
            return false;
        delivery = number;
        return true;
    }

    private string Check(long delivery)
    {
        var mac = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"bounce:{delivery}")));
        var bits = BitConverter.ToUInt64(mac);
        return string.Create(CheckLength, bits, static (check, rest) =>
        {
            for (var i = 0; i < check.Length; i++, rest >>= 5)
                check[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
